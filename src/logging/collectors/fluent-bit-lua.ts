import { instant } from './fluent-bit-lua-time';
import { keepsLines, Pipeline } from '../pipeline';
import type { SinkKind } from '../sinks/sink-types';

/** The key of a line that is not a JSON object, so that the parser neither parses nor truncates it. */
export const UNPARSED = '@unparsed';

/** The key of a record of several lines, until its fields are parsed. */
export const WHOLE = '@record';

/** The key of the text that is parsed instead of a record of several lines: its first line. */
export const FIRST_LINE = '@first';

/** The key of the metadata that Fluent Bit's output for OpenTelemetry reads. */
export const OTLP_METADATA = 'otlp';

/**
 * Returns the script that changes a line before it is parsed, in ways for which Fluent Bit has no setting. Invalid
 * UTF-8 becomes U+FFFD, a record of several lines loses its final line break, and a line with text after a JSON object
 * is not parsed. Time and severity are read from the JSON text, because Lua would change 64-bit integers, empty lists
 * and null.
 */
export function beforeParsing(pipeline: Pipeline): string {
  const json = pipeline.format._kind === 'json';
  return [
    SCRUB,
    ...(json ? [jsonFields(pipeline), ...definitions(pipeline)] : []),
    `function record(tag, time, group, metadata, record)
  local line = record.message or record.log
  if type(line) ~= 'string' then return 0, time, metadata, record end
  line = scrub(line)`,
    // the output for OpenTelemetry ends strings at a NUL
    ...(!sends(pipeline, 'otlp')
      ? []
      : [`  line = line:gsub('%z', '${REPLACEMENT}')`, ...(json ? [NO_ESCAPED_NUL] : [])]),
    ...(pipeline.multiline === undefined ? [] : [LINE_BREAKS]),
    ...(json ? jsonRecord(pipeline) : [...firstLine(pipeline), '  return 2, time, metadata, { message = line }']),
    'end',
    '',
  ].join('\n');
}

/** Returns the end of the function for a line of JSON, or for a record whose first line is JSON. */
function jsonRecord(pipeline: Pipeline): string[] {
  const unparsed = `if not whole then return 2, time, metadata, { ['${UNPARSED}'] = line } end`;
  const lines = keepsLines(pipeline);
  return [
    ...(lines ? ['  local first'] : []),
    '  local fields, whole = fields(line)',
    ...(lines ? ['  if not whole then first, fields, whole = first_line(line) end'] : []),
    `  ${unparsed}`,
    ...statements(pipeline),
    ...(lines
      ? [`  if first then return 1, time, metadata, { ['${FIRST_LINE}'] = first, ['${WHOLE}'] = line } end`]
      : []),
    '  return 1, time, metadata, { message = line }',
  ];
}

/** Returns the statement that keeps a record of several lines, and the text to parse. */
function firstLine(pipeline: Pipeline): string[] {
  if (!keepsLines(pipeline)) {
    return [];
  }
  const text = pipeline.format._kind === 'regex' ? 'message = line' : `['${FIRST_LINE}'] = line:match('^[^\\n]*')`;
  return [
    "  if line:find('\\n', 1, true) then",
    `    return 2, time, metadata, { ${text}, ['${WHOLE}'] = line }`,
    '  end',
  ];
}

/** The script for a record of several lines that an expression does not match: its first line is parsed instead. */
export const PARSE_FIRST_LINE = `function first(tag, time, group, metadata, fields)
  local whole = fields['${WHOLE}']
  if whole == nil or fields.message ~= whole then return 0, time, metadata, fields end
  return 2, time, metadata, { ['${FIRST_LINE}'] = whole:match('^[^\\n]*'), ['${WHOLE}'] = whole }
end
`;

/** Appends lines that no field contains to the message. */
const LINES_IN_MESSAGE = `local function with_lines(fields)
  local whole = fields['${WHOLE}']
  if whole == nil then return fields end
  if fields['${FIRST_LINE}'] then return { message = whole } end
  fields['${WHOLE}'] = nil
  local lines = whole:match('\\n(.*)')
  if lines == '' then return fields end
  for _, value in pairs(fields) do
    if ('\\n' .. tostring(value)):sub(-#lines - 1) == '\\n' .. lines then return fields end
  end
  if fields.message == nil then
    fields.message = lines
  elseif type(fields.message) == 'string' then
    fields.message = fields.message .. '\\n' .. lines
  else
    return { message = whole }
  end
  return fields
end`;

/**
 * Returns the script that reads time and severity from fields that are strings, and completes the message of a record
 * of several lines; `undefined` if there is nothing to do.
 */
export function afterParsing(pipeline: Pipeline): string | undefined {
  const { format, time } = pipeline;
  const lines = keepsLines(pipeline);
  if (
    !['logfmt', 'regex'].includes(format._kind) ||
    (time === undefined && severityField(pipeline) === undefined && !lines)
  ) {
    return undefined;
  }
  return [
    ...definitions(pipeline),
    ...(lines ? [LINES_IN_MESSAGE] : []),
    'function fields(tag, time, group, metadata, fields)',
    ...(lines ? ['  fields = with_lines(fields)'] : []),
    ...statements(pipeline),
    '  return 1, time, metadata, fields',
    'end',
    '',
  ].join('\n');
}

/** Returns the field with the severity if a sink uses it. */
export function severityField(pipeline: Pipeline): string | undefined {
  return sends(pipeline, 'otlp') ? pipeline.format._options.severityField : undefined;
}

function sends({ sinks }: Pipeline, ...kinds: SinkKind[]): boolean {
  return sinks.some(({ kind }) => kinds.includes(kind));
}

function wantedFields(pipeline: Pipeline): string[] {
  return [pipeline.time?.field, severityField(pipeline)].flatMap(field => field ?? []);
}

/** Returns the functions for time and severity. */
function definitions(pipeline: Pipeline): string[] {
  return [
    ...(pipeline.time === undefined ? [] : [instant(pipeline.time), ...(needsUniqueTime(pipeline) ? [UNIQUE] : [])]),
    ...(severityField(pipeline) === undefined ? [] : [SEVERITY]),
  ];
}

/** Returns whether a sink would drop one of two equal lines of the same instant. */
function needsUniqueTime(pipeline: Pipeline): boolean {
  return sends(pipeline, 'loki', 'elasticsearch', 'opensearch');
}

/** Returns the statements that set time and severity. */
function statements(pipeline: Pipeline): string[] {
  const { time } = pipeline;
  const severity = severityField(pipeline);
  return [
    ...(time === undefined ? [] : [`  time = instant(fields['${time.field}']) or time`]),
    ...(time !== undefined && needsUniqueTime(pipeline) ? ['  time = unique(time)'] : []),
    ...(severity === undefined ? [] : [`  metadata = severity(fields['${severity}'], metadata)`]),
  ];
}

/** Normalizes line breaks of Windows, and removes the final line break. */
const LINE_BREAKS = "  line = line:gsub('\\r?\\n$', ''):gsub('\\r\\n', '\\n'):gsub('\\r$', '')";

/** The bytes of U+FFFD in Lua. */
const REPLACEMENT = '\\239\\191\\189';

const NO_ESCAPED_NUL = `  if line:find('u0000', 1, true) then
    line = line:gsub('\\\\([\\\\u])(0?0?0?0?)', function(sign, zeros)
      return sign == 'u' and zeros == '0000' and '\\\\ufffd' or nil
    end)
  end`;

const SCRUB = `local function following(byte, from, to)
  return byte ~= nil and byte >= (from or 128) and byte <= (to or 191)
end
local function scrub(text)
  local at = text:find('[\\128-\\255]')
  if not at then return text end
  local out, from, first = {}, 1
  while at do
    local a, b, c, d = text:byte(at, at + 3)
    local good, bad = 0, 1
    if a >= 194 and a <= 223 then
      if following(b) then good = 2 end
    elseif a >= 224 and a <= 239 then
      if following(b, a == 224 and 160, a == 237 and 159) then
        if following(c) then good = 3 else bad = 2 end
      end
    elseif a >= 240 and a <= 244 then
      if following(b, a == 240 and 144, a == 244 and 143) then
        if not following(c) then bad = 2 elseif following(d) then good = 4 else bad = 3 end
      end
    end
    if good == 0 then
      out[#out + 1] = text:sub(from, at - 1) .. '${REPLACEMENT}'
      from = at + bad
    end
    at = text:find('[\\128-\\255]', at + (good > 0 and good or bad))
  end
  if from == 1 then return text end
  return table.concat(out) .. text:sub(from)
end`;

/**
 * Returns a function for some top-level fields of a JSON object, and whether the whole text is the object. With
 * `multiline` it also returns the start and the end of the message, and there is a function for a first line.
 */
function jsonFields(pipeline: Pipeline): string {
  const names = wantedFields(pipeline);
  const lines = keepsLines(pipeline);
  const found = `found, not text:find('%S', at + 1)${lines ? ', message, close_message' : ''}`;
  return `local wanted = { ${names.map(name => `['${name}'] = true`).join(', ')} }
local function fields(text)
  local found, depth, at = {}, 0, text:match('^%s*(){')${lines ? '\n  local message, close_message' : ''}
  while at do
    at = text:find('["{}%[%]]', at)
    if not at then return found, false end
    local sign = text:byte(at)
    if sign == 34 then
      local close = at + 1
      while true do
        close = text:find('["\\\\]', close)
        if not close then return found, false end
        if text:byte(close) == 34 then break end
        close = close + 2
      end${
        names.length === 0
          ? ''
          : `
      if depth == 1 and close - at < 258 then
        local name = text:sub(at + 1, close - 1)
        if wanted[name] then
          found[name] = text:match('^%s*:%s*"([^"\\\\]*)"', close + 1)
            or text:match('^%s*:%s*(-?%d[%d.]*)', close + 1) or found[name]
        end
      end`
      }${lines ? MESSAGE_FIELD : ''}
      at = close
    elseif sign == 123 or sign == 91 then
      depth = depth + 1
    else
      depth = depth - 1
      if depth == 0 then return ${found} end
    end
    at = at + 1
  end
  return found, false
end${lines ? `\n${FIRST_LINE_OF_JSON}` : ''}`;
}

/** Finds the start and the end of a message that is a string; the start of another value is false. */
const MESSAGE_FIELD = `
      if at == message then close_message = close end
      if depth == 1 and text:sub(at, close) == '"message"' and text:find('^%s*:', close + 1) then
        message = text:match('^%s*:%s*()"', close + 1) or false
      end`;

/** Adds the lines after a JSON object to its message. */
const FIRST_LINE_OF_JSON = `local function escaped(text)
  return (text:gsub('[%c"\\\\]', function(sign)
    if sign == '\\n' then return '\\\\n' end
    return sign:find('%c') and ('\\\\u%04x'):format(sign:byte()) or '\\\\' .. sign
  end))
end
local function first_line(text)
  local first, lines = text:match('^([^\\n]*)\\n(.+)$')
  if not first then return nil, {}, false end
  local found, whole, message, close = fields(first)
  if not whole or message == false then return nil, {}, false end
  if close then
    return first:sub(1, close - 1) .. '\\\\n' .. escaped(lines) .. first:sub(close), found, true
  end
  local head = first:match('^(.*)}')
  return head .. (head:find('[^%s{]') and ',' or '') .. '"message":"' .. escaped(lines) .. '"}', found, true
end`;

const SEVERITY = `local numbers = {
  trace = 1, t = 1, verbose = 1, debug = 5, d = 5,
  info = 9, information = 9, informational = 9, notice = 9, i = 9, n = 9,
  warn = 13, warning = 13, w = 13, error = 17, err = 17, severe = 17, e = 17,
  fatal = 21, critical = 21, crit = 21, c = 21, panic = 21, alert = 21, emerg = 21, emergency = 21, f = 21,
  ['10'] = 1, ['20'] = 5, ['30'] = 9, ['40'] = 13, ['50'] = 17, ['60'] = 21
}
local function severity(text, metadata)
  if type(text) ~= 'string' or text == '' then return metadata end
  metadata.${OTLP_METADATA} = { severity_text = text, severity_number = numbers[text:lower()] }
  return metadata
end`;

/** Distinguishes lines of the same microsecond by nanoseconds. */
const UNIQUE = `local count = 0
local function unique(time)
  if time.nsec % 1000 ~= 0 then return time end
  count = (count + 1) % 1000
  return { sec = time.sec, nsec = time.nsec + count }
end`;
