import { isAddress } from '../../src/checks/ip-address';

test.each([
  '10.0.0.1',
  '0.0.0.0',
  '::',
  '::1',
  'fd00::1',
  'FD00::A',
  '2001:db8::',
  '1:2:3:4:5:6:7:8',
  '64:ff9b::1.2.3.4',
])('%s is an address', text => {
  expect(isAddress(text)).toBe(true);
});

test.each([
  ['nothing', ''],
  ['a host name', 'localhost'],
  ['three numbers', '10.0.1'],
  ['leading zeros', '010.0.0.1'],
  ['a hexadecimal number', '0x7f.0.0.1'],
  ['one number', '2130706433'],
  ['a port', '10.0.0.1:80'],
  ['brackets', '[::1]'],
  ['a zone', 'fe80::1%eth0'],
  ['an encoded zone', 'fe80::1%25eth0'],
  ['a zone of IPv4', '10.0.0.1%eth0'],
  ['a prefix length', 'fd00::/8'],
  ['an IPv4 address as IPv6', '::ffff:10.0.0.1'],
  ['an IPv4 address as IPv6 in hexadecimal', '::FFFF:a00:1'],
  ['an IPv4 address as IPv6 in full', '0:0:0:0:0:ffff:a00:1'],
  ['two abbreviations', 'fd00::1::2'],
  ['a space', '10.0.0.1 '],
  ['a line break', '10.0.0.1\n'],
])('%s is no address', (_, text) => {
  expect(isAddress(text)).toBe(false);
});
