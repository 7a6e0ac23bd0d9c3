import { digestOf, Fetch } from '../../projenrc/registry';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const INDEX = 'application/vnd.oci.image.index.v1+json';

/** A registry that gives tokens, and answers with some headers. */
function registry(headers: Record<string, string>, status = 200) {
  const urls: string[] = [];
  const request: Fetch = (url, options) => {
    urls.push(url);
    const isToken = url.startsWith('https://auth.example.com');
    const isAllowed = isToken || options.headers?.authorization === 'Bearer t';
    const challenge = 'Bearer realm="https://auth.example.com/token",service="registry",scope="repository:a/b:pull"';
    const answered: Record<string, string> = isAllowed ? headers : { 'www-authenticate': challenge };
    return Promise.resolve({
      status: isAllowed ? status : 401,
      headers: { get: name => answered[name] ?? null },
      json: () => Promise.resolve({ token: 't' }),
    });
  };
  return { urls, request };
}

test('asks the registry for the index of all platforms, with an anonymous token', async () => {
  const { urls, request } = registry({ 'content-type': INDEX, 'docker-content-digest': DIGEST });
  await expect(digestOf('docker.io/a/b:1.2.3', request)).resolves.toBe(DIGEST);
  expect(urls).toEqual([
    'https://registry-1.docker.io/v2/a/b/manifests/1.2.3',
    'https://auth.example.com/token?service=registry&scope=repository%3Aa%2Fb%3Apull',
    'https://registry-1.docker.io/v2/a/b/manifests/1.2.3',
  ]);
});

test.each([
  [
    'one platform',
    { 'content-type': 'application/vnd.oci.image.manifest.v1+json', 'docker-content-digest': DIGEST },
    200,
  ],
  ['no digest', { 'content-type': INDEX }, 200],
  ['another status', { 'content-type': INDEX, 'docker-content-digest': DIGEST }, 404],
])('refuses an answer with %s', async (_, headers, status) => {
  const { request } = registry(headers as Record<string, string>, status);
  await expect(digestOf('quay.io/a/b:1', request)).rejects.toThrow('https://quay.io/v2/a/b/manifests/1 answers');
});
