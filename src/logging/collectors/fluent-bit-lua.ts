import type { Pipeline, RecordTime } from '../pipeline';
import type { SinkKind } from '../sinks/sink-types';

/** The key of a line that is not a JSON object, which the parser would truncate under the key of other lines. */
export const UNPARSED = '@unparsed';

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
    ...(json ? [jsonFields(wantedFields(pipeline)), ...definitions(pipeline)] : []),
    `function record(tag, time, group, metadata, record)
  local line = record.message or record.log
  if type(line) ~= 'string' then return 0, time, metadata, record end
  line = scrub(line)`,
    // the output for OpenTelemetry ends strings at a NUL
    ...(!sends(pipeline, 'otlp')
      ? []
      : [`  line = line:gsub('%z', '${REPLACEMENT}')`, ...(json ? [NO_ESCAPED_NUL] : [])]),
    ...(pipeline.multiline === undefined ? [] : [LINE_BREAKS]),
    ...(!json
      ? ['  return 2, time, metadata, { message = line }']
      : [
          '  local fields, whole = fields(line)',
          `  if not whole then return 2, time, metadata, { ['${UNPARSED}'] = line } end`,
          ...statements(pipeline),
          '  return 1, time, metadata, { message = line }',
        ]),
    'end',
    '',
  ].join('\n');
}

/**
 * Returns the script that reads time and severity from fields that are strings; `undefined` if there is nothing to do.
 */
export function afterParsing(pipeline: Pipeline): string | undefined {
  const { format, time } = pipeline;
  if (!['logfmt', 'regex'].includes(format._kind) || (time === undefined && severityField(pipeline) === undefined)) {
    return undefined;
  }
  return [
    ...definitions(pipeline),
    'function fields(tag, time, group, metadata, fields)',
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

/** Returns a function for some top-level fields of a JSON object, and whether the whole text is the object. */
function jsonFields(names: readonly string[]): string {
  return `local wanted = { ${names.map(name => `['${name}'] = true`).join(', ')} }
local function fields(text)
  local found, depth, at = {}, 0, text:match('^%s*(){')
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
      }
      at = close
    elseif sign == 123 or sign == 91 then
      depth = depth + 1
    else
      depth = depth - 1
      if depth == 0 then return found, not text:find('%S', at + 1) end
    end
    at = at + 1
  end
  return found, false
end`;
}

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

/** Returns a function that parses a time. */
function instant({ layout, zone }: RecordTime): string {
  switch (layout.kind) {
    case 'unixSeconds':
    case 'unixMilliseconds':
      return `local function instant(text)
  local whole, part = tostring(text):match('^(%d+)%.?(%d*)$')
  if not whole or #whole > ${layout.kind === 'unixSeconds' ? 10 : 13} then return nil end
  local sec, nsec = tonumber(whole), tonumber('0.' .. part .. '0') * 1e9
  ${layout.kind === 'unixSeconds' ? '' : 'sec, nsec = math.floor(sec / 1000), sec % 1000 * 1e6 + nsec / 1000'}
  return { sec = sec, nsec = math.min(math.floor(nsec + 0.5), 999999999) }
end`;
    case 'iso8601':
      return byParts(RFC3339, ['Y', 'm', 'd', 'H', 'M', 'S', 'fraction', 'offset'], 'UTC');
    case 'pattern': {
      const names: string[] = [];
      const sign = /([.,])%[Lf]|%(.)|[^\w\s]/g;
      const pattern = layout.pattern.replace(sign, (text, point?: string, directive?: string) => {
        if (point !== undefined) {
          names.push('fraction');
          return `%${point}(%d+)`;
        }
        if (directive === undefined) {
          return `%${text}`;
        }
        names.push(directive === 'z' ? 'offset' : directive);
        return DIRECTIVES[directive];
      });
      return byParts(`^${pattern}$`, names, names.includes('offset') ? 'UTC' : zone);
    }
  }
}

const TWO = '(%d%d)';
const OFFSET = '([Zz+-]%d*:?%d*)';
const DIRECTIVES: Record<string, string> = {
  Y: '(%d%d%d%d)',
  m: TWO,
  d: TWO,
  b: '(%a%a%a)',
  H: TWO,
  M: TWO,
  S: TWO,
  z: OFFSET,
};
const RFC3339 = `^(%d%d%d%d)-${TWO}-${TWO}[Tt]${TWO}:${TWO}:${TWO}(%.?%d*)${OFFSET}$`;

function byParts(pattern: string, parts: readonly string[], zone: string): string {
  const before = [...(parts.includes('b') ? [MONTHS] : []), ...(zone === 'UTC' ? [] : [zoned(zone)]), ''].join('\n');
  const month = parts.includes('m') ? 'tonumber(m)' : 'months[b:lower()]';
  const seconds = zone === 'UTC' ? 'sec' : 'seconds(Y, month, d, H, M, S)';
  return `${before}local function instant(text)
  local ${parts.join(', ')} = tostring(text):match('${pattern}')
  if not Y then return nil end
  local month = ${month}
  if not month or month < 1 or month > 12 or tonumber(d) < 1 or tonumber(d) > 31 then return nil end
  if tonumber(H) > 23 or tonumber(M) > 59 or tonumber(S) > 60 then return nil end
  local year = month > 2 and Y - 0 or Y - 1
  local days = 365 * year + math.floor(year / 4) - math.floor(year / 100) + math.floor(year / 400)
    + math.floor((153 * ((month + 9) % 12) + 2) / 5) + d - 719469
  local sec = ((days * 24 + H) * 60 + M) * 60 + S${
    parts.includes('offset')
      ? `
  local sign, hours, minutes = offset:match('^([+-])(%d%d):?(%d%d)$')
  if sign then
    sec = sec - (sign .. 1) * (hours * 3600 + minutes * 60)
  elseif offset:upper() ~= 'Z' then
    return nil
  end`
      : ''
  }
  ${zone === 'UTC' ? '' : `sec = ${seconds}\n  `}if sec < 0 or sec > 4294967295 then return nil end
  local nsec = ${parts.includes('fraction') ? "tonumber('0.' .. fraction:gsub('%D', '') .. '0') * 1e9" : '0'}
  return { sec = sec, nsec = math.min(math.floor(nsec + 0.5), 999999999) }
end`;
}

const MONTHS = `local months = {
  jan = 1, feb = 2, mar = 3, apr = 4, may = 5, jun = 6, jul = 7, aug = 8, sep = 9, oct = 10, nov = 11, dec = 12
}`;

/** Returns a function for times of a zone, which uses the C library and its time zone database. */
function zoned(zone: string): string {
  return `local ffi = require('ffi')
ffi.cdef[[
  typedef struct { int sec, min, hour, mday, mon, year, wday, yday, isdst; long off; const char *zone; } record_time;
  int setenv(const char *, const char *, int);
  void tzset(void);
  long mktime(record_time *);
]]
ffi.C.setenv('TZ', '${zone}', 1)
ffi.C.tzset()
local function seconds(Y, month, d, H, M, S)
  local parts = ffi.new('record_time', {
    tonumber(S), tonumber(M), tonumber(H), tonumber(d), month - 1, Y - 1900, 0, 0, -1, 0, nil
  })
  return tonumber(ffi.C.mktime(parts))
end`;
}
