import { readImage } from '../src/checks/image';

/** The registries whose API has another host than their images. */
const API_HOSTS: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' };

/** The media types of an index for several platforms, whose digest all nodes can use. */
const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** The part of `fetch` that the requests need. */
export type Fetch = (
  url: string,
  options: { method?: string; headers?: Record<string, string> },
) => Promise<{ status: number; headers: { get(name: string): string | null }; json(): Promise<any> }>;

/**
 * Returns the digest of the index of an image, as its registry serves it.
 *
 * @param image a reference with a registry and a tag
 * @throws if the registry does not serve an index
 * @see https://distribution.github.io/distribution/spec/api/
 */
export async function digestOf(image: string, request: Fetch): Promise<string> {
  const { repository, tag } = readImage(image);
  const slash = repository.indexOf('/');
  const [registry, path] = [repository.slice(0, slash), repository.slice(slash + 1)];
  const url = `https://${API_HOSTS[registry] ?? registry}/v2/${path}/manifests/${tag}`;
  const ask = (headers: Record<string, string>) =>
    request(url, { method: 'HEAD', headers: { ...headers, accept: INDEXES.join(', ') } });
  let answer = await ask({});
  if (answer.status === 401) {
    answer = await ask({ authorization: `Bearer ${await tokenOf(answer.headers.get('www-authenticate'), request)}` });
  }
  const [type, digest] = [answer.headers.get('content-type'), answer.headers.get('docker-content-digest')];
  if (answer.status !== 200 || !INDEXES.includes(type ?? '') || !/^sha256:[0-9a-f]{64}$/.test(digest ?? '')) {
    throw new Error(`${url} answers with status ${answer.status}, '${type}' and the digest '${digest}'.`);
  }
  return digest!;
}

/** Returns an anonymous token for the scope of a challenge. */
async function tokenOf(challenge: string | null, request: Fetch): Promise<string> {
  const { realm, ...parameters } = Object.fromEntries(
    [...(challenge ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const answer = await request(`${realm}?${new URLSearchParams(parameters).toString()}`, {});
  const { token, access_token: accessToken } = await answer.json();
  return token ?? accessToken;
}
