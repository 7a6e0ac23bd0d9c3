import { ChildProcess, spawn } from 'child_process';
import { randomBytes } from 'crypto';
import { delimiter } from 'path';
import { Yaml } from 'cdk8s';
import { KubernetesVersion } from '../../src';
import { parseQuantity } from '../../src/inspect/quantity';

/** The kubeconfig files of the servers to ask: those of `API_SERVERS`, or that of `KUBECONFIG`. */
export function kubeconfigs(): string[] {
  const files = (process.env.API_SERVERS ?? process.env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  if (files.length === 0) {
    throw new Error(
      'no API server to ask. list kubeconfig files in API_SERVERS, separated as those of PATH are, or name one in ' +
        'KUBECONFIG',
    );
  }
  return files;
}

/** A resource that an API server lists. */
interface Resource {
  readonly kind: string;
  /** The plural, as in the paths of the API. */
  readonly name: string;
  readonly namespaced: boolean;
}

/**
 * An API server that is asked what it would do with objects: what `kubectl apply --server-side --dry-run=server` asks,
 * an object a request, over a `kubectl proxy`. The objects go as the YAML that cdk8s writes.
 */
export class ApiServer {
  /** Connects, and makes a namespace in which whatever breaks Pod Security "restricted" is warned of. */
  public static async connect(kubeconfig: string): Promise<ApiServer> {
    const proxy = spawn(process.env.KUBECTL ?? 'kubectl', ['--kubeconfig', kubeconfig, 'proxy', '--port=0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const address = await new Promise<string>((resolve, reject) => {
      proxy
        .on('error', reject)
        .on('exit', code => reject(new Error(`kubectl proxy for ${kubeconfig} ended with ${code}`)));
      proxy.stdout.setEncoding('utf8').on('data', (line: string) => {
        const found = /127\.0\.0\.1:\d+/.exec(line);
        if (found) {
          resolve(`http://${found[0]}`);
        }
      });
    });
    const server = new ApiServer(proxy, address);
    const { minor } = await server.get('/version');
    server.minor = parseInt(minor, 10);
    await server.apply(
      '/api/v1/namespaces',
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: server.namespace,
          labels: {
            'pod-security.kubernetes.io/warn': 'restricted',
            'pod-security.kubernetes.io/warn-version': 'latest',
          },
        },
      },
      '',
    );
    return server;
  }

  /** How many objects it was asked about, and how many it knows no kind for. */
  public readonly asked = { objects: 0, unknown: 0 };

  private minor = 0;
  private readonly namespace = `storage-patterns-${randomBytes(3).toString('hex')}`;
  private readonly resources = new Map<string, Promise<Record<string, Resource> | undefined>>();
  private readonly answers = new Map<string, Promise<string[]>>();

  private constructor(
    private readonly proxy: ChildProcess,
    private readonly address: string,
  ) {}

  public get version(): string {
    return `1.${this.minor}`;
  }

  /** Whether what is made for an oldest cluster is made for this server too. */
  public serves(oldest: KubernetesVersion): boolean {
    return oldest.minor <= this.minor;
  }

  /** Why it would refuse any of the objects, what it warns of, and what it would keep that is not what was sent. */
  public async problems(objects: readonly any[]): Promise<string[]> {
    return (await Promise.all(objects.map(object => this.ask(object)))).flat();
  }

  public async disconnect(): Promise<void> {
    await fetch(`${this.address}/api/v1/namespaces/${this.namespace}`, { method: 'DELETE' });
    this.proxy.kill();
  }

  private ask(object: any): Promise<string[]> {
    const key = JSON.stringify(object);
    let answer = this.answers.get(key);
    if (!answer) {
      this.asked.objects++;
      answer = this.dryRun(object);
      this.answers.set(key, answer);
    }
    return answer;
  }

  private async dryRun(object: any): Promise<string[]> {
    const { apiVersion, kind, metadata } = object;
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.resourcesOf(group))?.[kind];
    if (!resource) {
      this.asked.unknown++;
      return [];
    }
    // every valid namespace stands for the one that is there
    const namespace =
      !metadata.namespace || /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(metadata.namespace)
        ? this.namespace
        : metadata.namespace;
    const sent = { ...object, metadata: { ...metadata, namespace: resource.namespaced ? namespace : undefined } };
    const directory = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
    const { status, warnings, body } = await this.apply(`${group}${directory}/${resource.name}`, sent, '&dryRun=All');
    const what = `${kind} '${metadata.name}'`;
    return [
      ...warnings.map(warning => `${what}: ${warning}`),
      ...(status >= 300
        ? [`${what}: ${body.message ?? JSON.stringify(body)}`]
        : differences(sent, body).map(difference => `${what} ${difference}`)),
    ];
  }

  private async apply(collection: string, object: any, query: string) {
    const path = `${collection}/${encodeURIComponent(object.metadata.name)}`;
    const response = await fetch(`${this.address}${path}?fieldManager=kubectl&fieldValidation=Strict${query}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: Yaml.stringify(object),
    });
    const warnings = [...(response.headers.get('warning') ?? '').matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(
      ([, warning]) => warning,
    );
    const body: any = await response.json();
    return { status: response.status, warnings, body };
  }

  private async get(path: string): Promise<any> {
    const response = await fetch(`${this.address}${path}`);
    return response.ok ? response.json() : {};
  }

  /** The resources of a group by kind, unless the server does not know the group. */
  private resourcesOf(group: string): Promise<Record<string, Resource> | undefined> {
    let known = this.resources.get(group);
    if (!known) {
      known = this.get(group).then(
        ({ resources }: { resources?: Resource[] }) =>
          resources &&
          Object.fromEntries(
            resources.filter(({ name }) => !name.includes('/')).map(resource => [resource.kind, resource]),
          ),
      );
      this.resources.set(group, known);
    }
    return known;
  }
}

/** Where what was kept is not what was sent; more may have been filled in. */
function differences(sent: any, kept: any, at = ''): string[] {
  if (typeof sent === 'object' && sent !== null && typeof kept === 'object' && kept !== null) {
    return Object.keys(sent)
      .filter(key => sent[key] !== undefined && !isNothing(sent[key]))
      .filter(key => key in kept || !isZero(sent[key]))
      .flatMap(key => differences(sent[key], kept[key], `${at}/${key}`));
  }
  const amount = /\/(limits|requests)\//.test(at) ? parseQuantity(sent) : undefined;
  return sent === kept || (amount !== undefined && amount === parseQuantity(kept))
    ? []
    : [`keeps ${JSON.stringify(kept)} at ${at}, where ${JSON.stringify(sent)} was sent`];
}

/** The value that the API gives to some fields that are not sent, and then leaves out. */
function isZero(value: any): boolean {
  return value === 0 || value === false;
}

/** What the API leaves out where it is empty. */
function isNothing(value: any): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}
