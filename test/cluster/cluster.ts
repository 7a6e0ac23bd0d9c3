import { execFileSync, spawn, spawnSync } from 'child_process';
import { randomBytes } from 'crypto';
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Yaml } from 'cdk8s';

// Jest cannot stop a synchronous call
const KUBECTL_MILLISECONDS = 420_000;

/**
 * A separate namespace in the cluster of KUBECONFIG that enforces the Pod Security Standard "restricted".
 *
 * On a cluster that cannot pull images, `TEST_CLUSTER_LOAD_IMAGES` is a command that runs with the file of each
 * manifest before it is applied.
 */
export class TestNamespace {
  public static create(purpose: string): TestNamespace {
    const namespace = new TestNamespace(`storage-patterns-${purpose}-${randomBytes(3).toString('hex')}`);
    namespace.applyObjects([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: namespace.name,
          // Kubernetes warns about controllers, and enforces the standard for their pods
          labels: Object.fromEntries(
            ['enforce', 'warn'].flatMap(mode => [
              [`pod-security.kubernetes.io/${mode}`, 'restricted'],
              [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
            ]),
          ),
        },
      },
    ]);
    return namespace;
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'storage-patterns-'));
  private files = 0;

  private constructor(public readonly name: string) {}

  /** Synthesizes a chart of this namespace, and applies its objects with server-side apply. */
  public apply(define: (chart: Chart) => void): any[] {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace: this.name, disableResourceNameHashes: true });
    define(chart);
    const objects = chart.toJson();
    this.applyObjects(objects);
    return objects;
  }

  /** Validates objects with a dry run of the server, and returns its output, including warnings. */
  public dryRun(objects: any[]): string {
    const args = ['-n', this.name, 'apply', '--server-side', '--dry-run=server', '-f', this.write(objects)];
    const { status, stdout, stderr } = spawnSync(process.env.KUBECTL ?? 'kubectl', args, { encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(stderr);
    }
    return stdout + stderr;
  }

  public applyObjects(objects: any[]): void {
    const file = this.write(objects);
    const [loader, ...args] = (process.env.TEST_CLUSTER_LOAD_IMAGES ?? '').split(' ').filter(Boolean);
    if (loader) {
      execFileSync(loader, [...args, file], { stdio: 'pipe' });
    }
    this.kubectl('apply', '--server-side', '--force-conflicts', '-f', file);
  }

  private write(objects: any[], stringify: (object: any) => string = object => Yaml.stringify(object)): string {
    const file = join(this.folder, `${this.files++}.yaml`);
    writeFileSync(file, objects.map(object => stringify(object)).join('---\n'));
    return file;
  }

  /** Runs kubectl in the namespace and returns its output. Throws its error if it fails. */
  public kubectl(...args: string[]): string {
    return execFileSync(process.env.KUBECTL ?? 'kubectl', ['-n', this.name, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 30,
      timeout: KUBECTL_MILLISECONDS,
    });
  }

  /** Like `kubectl`, without blocking the timers and servers of the test. */
  public kubectlAsync(...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.env.KUBECTL ?? 'kubectl', ['-n', this.name, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', data => {
        out += data;
      });
      child.stderr.setEncoding('utf8').on('data', data => {
        err += data;
      });
      child
        .on('error', reject)
        .on('close', code => (code === 0 ? resolve(out) : reject(new Error(`kubectl ${args.join(' ')}: ${err}`))));
    });
  }

  /** Posts an object to a path of the API, for example to a subresource. */
  public post(path: string, object: any): void {
    this.kubectl('create', '--raw', path, '-f', this.write([object], JSON.stringify));
  }

  public get(...args: string[]): any {
    return JSON.parse(this.kubectl('get', ...args, '-o', 'json'));
  }

  /**
   * Deletes pods and waits until they are gone. `kubectl delete --wait` can wait forever for a new pod of the same
   * name.
   */
  public async deletePods(names: string[], ...options: string[]): Promise<void> {
    const uids = names.map(name => this.get('pod', name).metadata.uid);
    this.kubectl('delete', 'pod', ...names, '--wait=false', ...options);
    await eventually(
      `${names.join(' and ')} are gone`,
      () => !this.get('pods').items.some(({ metadata }: any) => uids.includes(metadata.uid)),
      180,
    );
  }

  /** Waits until a rollout is complete. */
  public rolledOut(workload: string, timeoutSeconds = 180): void {
    progress(`rollout of ${workload}`);
    this.kubectl('rollout', 'status', workload, `--timeout=${timeoutSeconds}s`);
    progress('');
  }

  /**
   * Runs a command in an ephemeral container that shares the processes and the user of a container, which needs no
   * shell for it. The kernel ignores a SIGKILL of the first process from inside.
   */
  public runInEphemeralContainer(pod: string, container: string, command: string[]): void {
    this.kubectl(
      'debug',
      pod,
      `--target=${container}`,
      '--image=docker.io/library/busybox:1.36',
      '--profile=restricted',
      '--',
      ...command,
    );
  }

  public delete(): void {
    this.kubectl('delete', 'namespace', this.name, '--wait=false');
  }
}

/** Waits until a condition is true. Fails with its description after the timeout. */
export async function eventually(
  description: string,
  condition: () => boolean | Promise<boolean>,
  timeoutSeconds = 120,
): Promise<void> {
  const began = Date.now();
  while (!(await condition())) {
    const waited = Math.round((Date.now() - began) / 1000);
    if (waited > timeoutSeconds) {
      throw new Error(`Not within ${timeoutSeconds} s: ${description}`);
    }
    progress(`${description}: ${waited} of at most ${timeoutSeconds} s`);
    await sleep(500);
  }
  progress('');
}

/** Shows a line on a terminal while a test waits, and removes it with an empty line. */
function progress(line: string): void {
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\x1b[K${line && `    ... ${line}`}`);
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Prints a measurement of the test on a separate line. */
export function report(figure: string): void {
  progress('');
  process.stdout.write(`    ${figure}\n`);
}
