import type { LogFormatKind } from '../log-format';
import { keepsLines, Pipeline } from '../pipeline';

/** The type of the filter plugin. */
export const RECORD_FILTER = 'app_record';

/** The types of outputs that are derived from those of a plugin. */
export const DERIVED_OUTPUTS = { loki: 'app_loki', kafka: 'app_kafka' } as const;

/** Returns the Ruby plugins of a pipeline. Fluentd finds the file of a plugin by its type. */
export function rubyPlugins(pipeline: Pipeline): Record<string, string> {
  const kinds = pipeline.sinks.map(({ kind }) => kind);
  return {
    [`filter_${RECORD_FILTER}.rb`]: recordFilter(pipeline),
    ...(kinds.includes('loki') && { [`out_${DERIVED_OUTPUTS.loki}.rb`]: LOKI }),
    ...(kinds.includes('kafka') && { [`out_${DERIVED_OUTPUTS.kafka}.rb`]: KAFKA }),
  };
}

/** The statements that parse all lines of a record, by format; `lines` contains the lines after the first. */
const ALL_LINES: Readonly<Record<LogFormatKind, string>> = {
  text: '',
  logfmt: '',
  json: `
      fields = parsed(text)
      return fields if fields
`,
  regex: `
      fields = parsed(text)
      return fields if fields&.each_value&.any? { |value| "\\n#{value}".end_with?("\\n#{lines}") }
`,
};

/** Returns the method that parses a record, and keeps lines that no field contains in the message. */
function fieldsOfLines(kind: LogFormatKind): string {
  return `def fields_of(text)
      first, lines = text.split("\\n", 2)
      return parsed(text) if lines.nil? || lines.empty?
${ALL_LINES[kind]}
      fields ||= parsed(first)
      return nil unless fields && (fields['message'].nil? || fields['message'].is_a?(String))

      fields.merge('message' => [fields['message'], lines].compact.join("\\n"))
    end

    def parsed(text)`;
}

/**
 * Returns a filter for broken UTF-8, CRLF, numbers beyond 64 bits, arrays and the time in a record. The filters of
 * Fluentd support these only by evaluating Ruby for each record. It raises no error, because Fluentd drops a record
 * after one.
 */
function recordFilter(pipeline: Pipeline): string {
  return `require 'fluent/plugin/filter'
require 'time'
require 'tzinfo'

module Fluent::Plugin
  # Turns a line into a record: parses its fields and time, and adds app, namespace and pod.
  class AppRecordFilter < Filter
    Fluent::Plugin.register_filter('${RECORD_FILTER}', self)
    helpers :parser

    MAX_DEPTH = 90

    config_param :max_bytes, :size
    config_param :parsed_begins_with, :regexp, default: nil
    config_param :time_field, :string, default: nil
    config_param :time_layout, :string, default: 'iso8601'
    config_param :time_zone, :string, default: 'UTC'
    config_param :fields, :hash
    config_section :parse do
      config_set_default :@type, 'none'
    end

    def configure(conf)
      super
      @parser = parser_create unless conf.elements('parse').empty?
      @zone = TZInfo::Timezone.get(@time_zone) unless @time_zone == 'UTC'
    end

    def filter_with_time(_tag, time, record)
      text = text_of(record.delete('message').to_s)
      values = fields_of(text) || { 'message' => text }
      time = (@time_field && time_of(values[@time_field])) || time
      values['@timestamp'] = Time.at(time.sec, time.nsec, :nsec).utc.strftime('%Y-%m-%dT%H:%M:%S.%NZ')
      [time, record.merge!(values, @fields)]
    end

    private

    def text_of(bytes)
      text = bytes.bytesize > @max_bytes ? bytes.byteslice(0, @max_bytes) : bytes
      text = text.dup.force_encoding(Encoding::UTF_8)
      text = text.scrub unless text.valid_encoding?
      text.include?("\\r\\n") ? text.gsub("\\r\\n", "\\n") : text
    end

    ${keepsLines(pipeline) ? fieldsOfLines(pipeline.format._kind) : 'def fields_of(text)'}
      return nil if @parser.nil? || (@parsed_begins_with && !@parsed_begins_with.match?(text))

      found = nil
      @parser.parse(text) { |_, values| found = values }
      found && (text.count('{[') > MAX_DEPTH || text.match?(/\\d{19}|[eE]\\+?\\d{3}|\\\\u[dD]/)) ? sound(found) : found
    rescue StandardError
      nil
    end

    # Replaces integers beyond 64 bits, infinite numbers and lone surrogates, and refuses deep nesting.
    def sound(value, depth = 0)
      raise ArgumentError if depth > MAX_DEPTH

      case value
      when Hash then value.to_h { |key, one| [sound(key), sound(one, depth + 1)] }
      when Array then value.map { |one| sound(one, depth + 1) }
      when Integer then value.between?(-2**63, 2**64 - 1) ? value : sound(value.to_f)
      when Float then value.finite? ? value : value.to_s
      when String then value.valid_encoding? ? value : value.scrub
      else value
      end
    end

    def time_of(value)
      return nil if value.nil?

      time = case @time_layout
             when 'iso8601' then Time.iso8601(value)
             when 'unixSeconds' then Time.at(Rational(value.to_s))
             when 'unixMilliseconds' then Time.at(Rational(value.to_s) / 1000)
             else
               local = Time.strptime(value, @time_layout)
               @zone ? @zone.local_to_utc(local) { |periods| periods.first } : local
             end
      Fluent::EventTime.from_time(time) if time.to_i.between?(0, 2**32 - 1)
    rescue StandardError
      nil
    end
  end
end
`;
}

/** Retries after the statuses of a token that is being rotated, and sets timeouts for a server that hangs. */
const LOKI = `require 'fluent/plugin/out_loki'

module Fluent::Plugin
  class AppLokiOutput < LokiOutput
    Fluent::Plugin.register_output('${DERIVED_OUTPUTS.loki}', self)

    # Fluentd checks only the methods of the class itself to find out how it writes.
    def write(chunk)
      super
    end

    def http_request_opts(uri)
      super.merge(open_timeout: 5, ssl_timeout: 5, read_timeout: 10)
    end

    private

    def loki_http_request(*)
      response = super
      return response unless %w[401 403 404 407 408].include?(response.code)

      raise LogPostError, "#{response.code} #{response.message}"
    end
  end
end
`;

/** Clears the producer after an error: it would keep the messages of each attempt until the memory is full. */
const KAFKA = `require 'fluent/plugin/out_kafka2'

module Fluent::Plugin
  class AppKafkaOutput < Fluent::Kafka2Output
    Fluent::Plugin.register_output('${DERIVED_OUTPUTS.kafka}', self)

    def write(chunk)
      super
    rescue StandardError
      get_producer.clear_buffer
      raise
    end
  end
end
`;
