import { isTimeZone } from '../../src/checks/time-zone';

test.each(['Europe/Berlin', 'Etc/UTC', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta', 'Etc/GMT+3', 'GMT'])(
  'accepts %s',
  name => expect(isTimeZone(name)).toBe(true),
);

test.each(['europe/berlin', 'Europe/berlin', 'EUROPE/BERLIN', 'Berlin', 'Europe/Atlantis', '+02:00', '', 'utc'])(
  'refuses %j',
  name => expect(isTimeZone(name)).toBe(false),
);
