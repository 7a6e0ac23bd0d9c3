import { DatabaseAddress } from '../../../src';
import { synth, workload } from '../../synth';
import { external, policiesOf, variablesOf } from '../fixtures';

const egressOf = (address: DatabaseAddress) =>
  policiesOf(
    synth(chart => {
      workload(chart).add(external(chart, { address, port: 6432 }).client());
    }),
  )[0].spec.egress;
const ports = [{ port: 6432, protocol: 'TCP' }];

test('clients can connect to a host at any address, unless its CIDR blocks are known', () => {
  expect(egressOf(DatabaseAddress.host('db.example.com'))).toEqual([{ ports }]);
  expect(egressOf(DatabaseAddress.host('db.example.com', { cidrs: ['10.1.0.0/16'] }))).toEqual([
    { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports },
  ]);
});

test('clients can connect to each IP address', () => {
  expect(egressOf(DatabaseAddress.addresses('10.1.2.3', '10.1.2.4'))).toEqual([
    { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }, { ipBlock: { cidr: '10.1.2.4/32' } }], ports },
  ]);
  expect(egressOf(DatabaseAddress.addresses('2001:db8::1'))).toEqual([
    { to: [{ ipBlock: { cidr: '2001:db8::1/128' } }], ports },
  ]);
});

test.each(['2001:db8::1', 'fd00::', '::1', '10.0.0.1', 'db', 'DB.example.com', 'a-b.svc'])(
  '%s is a host, which clients get without brackets',
  host => {
    const objects = synth(chart => {
      workload(chart).add(external(chart, { address: DatabaseAddress.host(host) }).client());
    });
    expect(variablesOf(objects).ORDERS_HOST).toBe(host);
  },
);

const NOT_ROUTABLE =
  'which is unspecified, loopback, link-local or multicast. An EndpointSlice rejects it. Use an address that is ' +
  'routable from the cluster.';
const PASS_ADDRESSES =
  "Pass IP addresses to 'DatabaseAddress.addresses', or use 'DatabaseAddress.host' for a host name.";

test.each<[string, DatabaseAddress, string]>([
  [
    'a URL',
    DatabaseAddress.host('https://db'),
    "'address' is 'https://db', which is not a host name or IP address. Write it without scheme, port and path, for " +
      "example 'db.example.com'.",
  ],
  ...['fe80::1%eth0', '[fd00::1]', '::ffff:10.0.0.1', 'fd00::1:2:3::4', 'db:5432', '-db', 'db.', 'a_b'].map(
    (host): [string, DatabaseAddress, string] => [
      host,
      DatabaseAddress.host(host),
      `'address' is '${host}', which is not a host name or IP address.`,
    ],
  ),
  ...['2001:db8::1%eth0', '[2001:db8::1]', '::ffff:10.0.0.1', '::ffff:a00:1', '2001:db8::/64'].map(
    (address): [string, DatabaseAddress, string] => [
      `${address} as an address`,
      DatabaseAddress.addresses(address),
      `'address' contains '${address}', which is not an IP address.`,
    ],
  ),
  [
    'a block with a zone',
    DatabaseAddress.host('db', { cidrs: ['fe80::1%eth0/64'] }),
    "'cidrs' of 'address' contains 'fe80::1%eth0/64', which is not a CIDR block.",
  ],
  [
    'a block of IPv4 as IPv6',
    DatabaseAddress.host('db', { cidrs: ['::ffff:10.0.0.0/104'] }),
    "'cidrs' of 'address' contains '::ffff:10.0.0.0/104', which is not a CIDR block.",
  ],
  [
    'an IP address as an external name',
    DatabaseAddress.externalName('10.0.0.1'),
    "'address' is '10.0.0.1', but a Service of type ExternalName needs a host name. Use " +
      "'DatabaseAddress.addresses('10.0.0.1')'.",
  ],
  [
    'an external name in uppercase',
    DatabaseAddress.externalName('DB.example.com'),
    "Invalid name 'DB.example.com' for the host of 'address'.",
  ],
  ['no addresses', DatabaseAddress.addresses(), `'address' is empty. ${PASS_ADDRESSES}`],
  [
    'a host name as an IP address',
    DatabaseAddress.addresses('10.0.0.1', 'db'),
    `'address' contains 'db', which is not an IP address. ${PASS_ADDRESSES}`,
  ],
  [
    'addresses of two families',
    DatabaseAddress.addresses('10.0.0.1', '2001:db8::1'),
    "'address' mixes IPv4 and IPv6: 10.0.0.1, 2001:db8::1. An EndpointSlice has one address family. Use addresses of " +
      'one family.',
  ],
  ['a loopback address', DatabaseAddress.addresses('127.0.0.1'), `'address' contains '127.0.0.1', ${NOT_ROUTABLE}`],
  ['a link-local address', DatabaseAddress.addresses('fe80::1'), `'address' contains 'fe80::1', ${NOT_ROUTABLE}`],
  [
    'a prefix that is too long',
    DatabaseAddress.host('db', { cidrs: ['10.0.0.0/33'] }),
    "'cidrs' of 'address' contains '10.0.0.0/33', which is not a CIDR block. Write an address and a prefix length, " +
      "for example '10.1.0.0/16'.",
  ],
  [
    'an address without a prefix',
    DatabaseAddress.host('db', { cidrs: ['10.0.0.0'] }),
    "'cidrs' of 'address' contains '10.0.0.0', which is not a CIDR block.",
  ],
])('refuses %s', (_, address, message) => {
  expect(() =>
    synth(chart => {
      external(chart, { address });
    }),
  ).toThrow(`[test/orders] ${message}`);
});
