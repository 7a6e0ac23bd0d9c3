import { filesBelow, read } from './source-files';

/** The IPv6 counterpart of an address or a block, which must be in the same file. */
const TWINS: Record<string, RegExp> = {
  '0.0.0.0': /'::'|ANY_ADDRESS/,
  '0.0.0.0/0': /'::\/0'/,
  '10.0.0.0/8': /'fc00::\/7'/,
  '100.64.0.0/10': /'fc00::\/7'/,
  '127.0.0.0': /'::1'/,
  '127.0.0.0/8': /'::1\/128'/,
  '169.254.0.0': /'fe80::'/,
  '169.254.0.0/16': /'fe80::\/10'/,
  '169.254.169.254/32': /'fd00:ec2::254\/128'/,
  '169.254.170.23/32': /'fd00:ec2::23\/128'/,
  '172.16.0.0/12': /'fc00::\/7'/,
  '192.168.0.0/16': /'fc00::\/7'/,
  '224.0.0.0': /'ff02::'/,
};

/** Addresses without a counterpart, and why. */
const WITHOUT_TWIN: Record<string, string> = {
  '127.0.0.1': 'every pod has it, also in a cluster with IPv6 only',
  '168.63.129.16/32': 'Azure has no other',
  '169.254.169.252/32': 'GKE has no other',
};

/** The addresses in the code of a file. Comments and examples in messages are not code. */
function addressesIn(content: string): string[] {
  return content
    .split('\n')
    .filter(line => !/^\s*(?:\*|\/\/|\/\*)/.test(line) && !/for example|Use (?:the form|an address)|'"\d/.test(line))
    .flatMap(line => [...line.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?(?![\d.])/g)])
    .map(([address]) => address);
}

function findIPv4Only(files: Iterable<readonly [name: string, content: string]>): string[] {
  return [...files].flatMap(([name, content]) =>
    addressesIn(content)
      .filter(address => !(address in WITHOUT_TWIN) && !TWINS[address]?.test(content))
      .map(address => `${name}: ${address}`),
  );
}

const files = filesBelow('src', /\.ts$/).map(file => [file, read(file)] as const);

test('no address is of IPv4 only', () => {
  expect(files.flatMap(([, content]) => addressesIn(content)).length).toBeGreaterThan(15);
  expect(findIPv4Only(files)).toEqual([]);
});

test('every exception is used', () => {
  const used = new Set(files.flatMap(([, content]) => addressesIn(content)));
  expect([...Object.keys(TWINS), ...Object.keys(WITHOUT_TWIN)].filter(address => !used.has(address))).toEqual([]);
});

test.each([
  ["listen('0.0.0.0')", ['a.ts: 0.0.0.0']],
  ["const all = ['0.0.0.0/0'];", ['a.ts: 0.0.0.0/0']],
  ["const all = ['0.0.0.0/0', '::/0'];", []],
  ["const dns = '10.96.0.10';", ['a.ts: 10.96.0.10']],
  ["const version = '1.2.3';", []],
])('finds the addresses of IPv4 in %s', (content, found) => {
  expect(findIPv4Only([['a.ts', content]])).toEqual(found);
});
