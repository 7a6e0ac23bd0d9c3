import type { RecordTime } from '../pipeline';

/** Returns a function that parses a time. */
export function instant({ layout, zone }: RecordTime): string {
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
