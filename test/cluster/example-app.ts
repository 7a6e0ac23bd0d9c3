import { parseAllDocuments } from 'yaml';
import { TestNamespace } from './cluster';
import { BUSYBOX } from './log-writers';
import { synthExample } from '../synth-example';

/** What runs in a container of an example instead of its image. */
export interface StandIn {
  /** The image; that of the example if omitted. */
  readonly image?: string;
  /** Returns the script of busybox for a container, which replaces its command and arguments. */
  readonly script?: (container: any) => string;
}

/** How an example differs in the cluster. */
export interface ExampleAppOptions {
  /** The stand-ins by the beginning of the image that they replace. */
  readonly standIns: Record<string, StandIn>;
  /** Strings of the manifest to replace, such as the host names of other systems. */
  readonly replace?: Record<string, string>;
}

const CLUSTER_SCOPED = ['ClusterRole', 'ClusterRoleBinding'];

/** Serves the paths that probes request until SIGTERM, so that a stand-in starts and stops like its app. */
export const serve = (port: number, ...paths: string[]) =>
  [
    ...paths.map(path => `mkdir -p /tmp/www${path.replace(/[^/]*$/, '')} && echo ok > /tmp/www${file(path)}`),
    `trap 'exit 0' TERM`,
    `httpd -f -p ${port} -h /tmp/www & wait`,
  ].join('\n');

function file(path: string): string {
  return path.endsWith('/') ? `${path}index.html` : path;
}

/** Returns the objects of an example for a namespace, with stand-ins for images that the cluster does not have. */
export function exampleObjects(example: string, namespace: TestNamespace, options: ExampleAppOptions): any[] {
  const yaml = synthExample(`apps/${example}`);
  const [, original] = /^ {2}namespace: (\S+)$/m.exec(yaml)!;
  const replaced = Object.entries({ [`.${original}.svc`]: `.${namespace.name}.svc`, ...options.replace }).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    yaml.replace(new RegExp(`namespace: ${original}$`, 'gm'), `namespace: ${namespace.name}`),
  );
  const served = namespace.kubectl('api-versions').split('\n');
  return parseAllDocuments(replaced)
    .map(document => document.toJS())
    .filter(({ apiVersion }) => served.includes(apiVersion))
    .map(object => adapt(object, namespace, options));
}

/** Returns Secrets by name, with the value of each key. */
export function secretObjects(secrets: Record<string, Record<string, string>>): any[] {
  return Object.entries(secrets).map(([name, stringData]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData,
  }));
}

function adapt(object: any, { name }: TestNamespace, { standIns }: ExampleAppOptions): any {
  if (CLUSTER_SCOPED.includes(object.kind)) {
    object.metadata.name = `${name}-${object.metadata.name}`;
    object.roleRef &&= { ...object.roleRef, name: `${name}-${object.roleRef.name}` };
  }
  if (object.kind === 'PersistentVolumeClaim') {
    delete object.spec.storageClassName;
  }
  const pod = (object.spec?.jobTemplate?.spec ?? object.spec)?.template?.spec;
  for (const container of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
    const [, standIn] = Object.entries(standIns).find(([image]) => container.image.startsWith(image)) ?? [];
    if (standIn) {
      replaceProgram(container, standIn);
    }
  }
  return object;
}

function replaceProgram(container: any, { image = BUSYBOX, script }: StandIn): void {
  container.image = image;
  if (script !== undefined) {
    container.command = ['sh', '-c', script(container)];
    delete container.args;
    // the apps of all examples must fit on one small node
    Object.assign(container.resources.requests, { cpu: '10m', memory: '16Mi' });
  }
}
