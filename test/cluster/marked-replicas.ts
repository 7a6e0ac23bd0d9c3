import { eventually, TestNamespace } from './cluster';
import type { MappedWorkload, Row } from '../../src/map/model';

/** The replicas of a workload. A marker file at each path shows which containers share it. */
export class MarkedReplicas {
  private readonly rows: readonly Row[];
  private readonly selector: string;

  constructor(
    private readonly namespace: TestNamespace,
    private readonly workload: MappedWorkload,
    manifest: any,
  ) {
    // the image of a collector has no shell, and init containers have ended
    const withShell = workload.containers
      .filter(({ role, image }) => role === 'app' && !image.includes('otel'))
      .map(({ name }) => name);
    this.rows = workload.rows.filter(
      ({ container, environment, kind }) => withShell.includes(container) && !environment && kind !== 'image-layers',
    );
    this.selector = Object.entries(manifest.spec.selector.matchLabels)
      .map(label => label.join('='))
      .join(',');
  }

  public get resource(): string {
    return `${this.workload.kind.toLowerCase()}/${this.workload.name}`;
  }

  public pods(): any[] {
    return this.namespace
      .get('pods', '-l', this.selector)
      .items.filter(({ metadata }: any) => !metadata.deletionTimestamp)
      .sort((a: any, b: any) => (a.metadata.name < b.metadata.name ? -1 : 1));
  }

  public async ready(): Promise<void> {
    await eventually(
      `${this.resource} is ready`,
      () => {
        const pods = this.pods();
        return (
          pods.length === this.workload.replicas &&
          pods.every(({ status }) => status.containerStatuses?.every(({ ready }: any) => ready))
        );
      },
      300,
    );
  }

  /** Writes a marker at each path, and expects an error exactly if the map shows the path as read-only. */
  public mark(): void {
    for (const {
      metadata: { name: pod },
    } of this.pods()) {
      for (const row of this.rows) {
        const file = `${row.path === '/' ? '' : row.path}/marker-${pod}-${row.container}-${this.rows.indexOf(row)}`;
        const written = this.sh(
          pod,
          row.container,
          `if touch ${file} 2>/dev/null; then echo written; else echo refused; fi`,
        ).trim();
        expect([row.container, row.path, written]).toEqual([
          row.container,
          row.path,
          row.writable ? 'written' : 'refused',
        ]);
      }
    }
  }

  public sh(pod: string, container: string, script: string): string {
    return this.namespace.kubectl('exec', pod, '-c', container, '--', 'sh', '-c', script);
  }

  /** The markers that the replicas see, as `pod container path marker`. */
  public seen(): string[] {
    return this.pods()
      .flatMap(({ metadata: { name: pod } }) =>
        [...new Set(this.rows.map(({ container }) => container))].flatMap(container => {
          const paths = this.rows.filter(row => row.container === container).map(({ path }) => path);
          const found = this.sh(
            pod,
            container,
            `for d in ${paths.join(' ')}; do for f in $d/marker-*; do [ -e "$f" ] && echo "$d \${f##*/}"; done; ` +
              'done; true',
          );
          return found
            .split('\n')
            .filter(Boolean)
            .map(line => `${pod} ${container} ${line.replace(/^\/\/ /, '/ ')}`);
        }),
      )
      .sort();
  }

  /** The markers that the replicas should see according to the map, without those that an event deleted. */
  public expected(isAlive: (row: Row, writer: string) => boolean, writers: readonly string[]): string[] {
    const readers = this.pods().map(({ metadata }) => metadata.name as string);
    return readers
      .flatMap(reader =>
        this.rows.flatMap(row =>
          writers.flatMap(writer =>
            this.rows
              .filter(source => source.writable && isAlive(source, writer) && shows(row, reader, source, writer))
              .map(
                source =>
                  `${reader} ${row.container} ${row.path} ` +
                  `marker-${writer}-${source.container}-${this.rows.indexOf(source)}`,
              ),
          ),
        ),
      )
      .sort();
  }
}

/** Whether a row of the map shows, in one pod, the files that were written through another row in another pod. */
function shows(row: Row, reader: string, source: Row, writer: string): boolean {
  if (
    row.kind !== source.kind ||
    row.volume !== source.volume ||
    row.source !== source.source ||
    row.subPath !== source.subPath
  ) {
    return false;
  }
  switch (row.sharing) {
    case 'container':
      return reader === writer && row.container === source.container;
    case 'pod':
      return reader === writer && (row.container === source.container || row.sharedWith.includes(source.container));
    case 'replica':
      return reader === writer;
    default:
      return true;
  }
}
