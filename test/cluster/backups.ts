import { Chart, Cron, Duration, Size } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-28';
import { eventually, TestNamespace } from './cluster';
import { createSecret, LITTLE_CPU, postgres } from './postgres';
import {
  AppWorkload,
  BackupDestination,
  DatabaseBackup,
  DatabaseBackupProps,
  EnvValues,
  ExternalDatabase,
  HealthCheck,
  NetworkPeer,
  PodVolume,
  S3Credentials,
  SecretSource,
  StatefulDatabase,
  StatefulDatabaseProps,
} from '../../src';

/** The S3 server of the tests. `TEST_CLUSTER_S3` has its URL, bucket and keys, separated by spaces. */
export const [ENDPOINT = '', BUCKET = '', ACCESS_KEY_ID = '', SECRET_ACCESS_KEY = ''] = (
  process.env.TEST_CLUSTER_S3 ?? 'http://s3.s3.svc.cluster.local:7070 backups backups backups-secret'
).split(' ');

/** No run starts by itself. */
export const NEVER = Cron.schedule({ minute: '0', hour: '0', day: '1', month: '1' });

/** The result of a Job. */
export interface JobResult {
  readonly job: string;
  readonly succeeded: boolean;
  readonly log: string;
}

/** Changes the spec of a Job before it runs. */
export type Edit = (spec: any) => any;

/** Replaces a part of the scripts of a Job, to let a program lie or fail. */
export function script(from: string, to: string): Edit {
  return spec => {
    const text = JSON.stringify(spec);
    const quoted = (part: string) => JSON.stringify(part).slice(1, -1);
    if (!text.includes(quoted(from))) {
      throw new Error(`No script of the Job contains '${from}'.`);
    }
    return JSON.parse(text.split(quoted(from)).join(quoted(to)));
  };
}

/** A namespace with databases, their backups in a path of its own, and a shell with rclone. */
export class BackupNamespace {
  public readonly namespace: TestNamespace;
  private jobs = 0;

  constructor(purpose: string) {
    this.namespace = TestNamespace.create(`backup-${purpose}`);
    createSecret(this.namespace);
    this.namespace.applyObjects([
      this.secret('s3', { 'access-key-id': ACCESS_KEY_ID, 'secret-access-key': SECRET_ACCESS_KEY }),
      this.secret('encryption', { key: 'a "key" with $ and \\ and %' }),
    ]);
  }

  public secret(name: string, stringData: Record<string, string>): any {
    return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
  }

  public destination(secret = 's3', endpoint = ENDPOINT, bucket = BUCKET): BackupDestination {
    return BackupDestination.s3({
      bucket,
      region: 'us-east-1',
      endpoint,
      unencryptedReason: 'the server of the tests',
      credentials: S3Credentials.accessKey({ secret: SecretSource.fromName(secret) }),
      prefix: this.namespace.name,
    });
  }

  public database(chart: Chart, id: string, props: Partial<StatefulDatabaseProps> = {}): StatefulDatabase {
    return postgres(chart, id, { memory: Size.mebibytes(256), ...props });
  }

  public backup(
    chart: Chart,
    database: StatefulDatabase | ExternalDatabase,
    id: string,
    props: Partial<DatabaseBackupProps> = {},
  ): DatabaseBackup {
    return new DatabaseBackup(chart, id, {
      database,
      destination: this.destination(),
      schedule: NEVER,
      path: id,
      workVolume: PodVolume.emptyDir('dump', { sizeLimit: Size.gibibytes(2) }),
      resources: { cpu: LITTLE_CPU, memory: { request: Size.mebibytes(128), limit: Size.mebibytes(128) } },
      ...props,
      trial: { schedule: NEVER, storageSize: Size.gibibytes(4), ...props.trial },
    });
  }

  /** Creates a Deployment with rclone, which reads and changes the objects of the backups. */
  public rclone(chart: Chart): void {
    const settings = {
      RCLONE_CONFIG: 'notfound',
      RCLONE_CONFIG_S3_TYPE: 's3',
      RCLONE_CONFIG_S3_PROVIDER: 'Other',
      RCLONE_CONFIG_S3_ENDPOINT: ENDPOINT,
      RCLONE_CONFIG_S3_ACCESS_KEY_ID: ACCESS_KEY_ID,
      RCLONE_CONFIG_S3_NO_CHECK_BUCKET: 'true',
      ROOT: `s3:${BUCKET}/${this.namespace.name}`,
    };
    const key = { name: 's3', key: 'secret-access-key' };
    new AppWorkload(chart, 'rclone', {
      image: 'docker.io/rclone/rclone:1.75.1',
      command: ['sleep', 'infinity'],
      replicas: 1,
      env: {
        ...EnvValues.fromStrings(settings),
        RCLONE_CONFIG_S3_SECRET_ACCESS_KEY: { valueFrom: { secretKeyRef: key } } as EnvValue,
      },
      healthCheck: HealthCheck.command(['true']),
      shutdownTimeout: Duration.seconds(1),
      resources: { cpu: LITTLE_CPU },
    }).allowTo(NetworkPeer.anywhere());
  }

  /** Runs a shell script with rclone; `$ROOT` is the destination. */
  public remote(command: string): string {
    return this.namespace.kubectl('exec', 'deploy/test-rclone', '-c', 'app', '--', 'sh', '-ec', command).trim();
  }

  /** The names of the complete backups in a path, oldest first. */
  public backups(path: string): string[] {
    const list = `rclone lsf -R --files-only --include '/*/manifest*' "$ROOT/${path}" || [ $? = 3 ]`;
    return this.remote(list)
      .split('\n')
      .filter(Boolean)
      .map(file => file.replace(/\/manifest.*/, ''))
      .sort();
  }

  public sql(database: string, statement: string): string {
    const psql = ['psql', '-U', 'app', '-v', 'ON_ERROR_STOP=1', '-XAtqc', statement];
    return this.namespace.kubectl('exec', `${database}-0`, '-c', 'database', '--', ...psql).trim();
  }

  /** Starts a Job of a CronJob, without retries, and returns its name. */
  public start(cronJob: string, ...edits: readonly Edit[]): string {
    const { jobTemplate } = this.namespace.get('cronjob', cronJob).spec;
    const name = `${cronJob}-run-${this.jobs++}`;
    const spec = edits.reduce((edited, edit) => edit(edited), { ...jobTemplate.spec, backoffLimit: 0 });
    this.namespace.applyObjects([{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec }]);
    return name;
  }

  /** Runs a Job of a CronJob to its end, without retries. */
  public run(cronJob: string, ...edits: readonly Edit[]): Promise<JobResult> {
    return this.result(this.start(cronJob, ...edits));
  }

  /** Returns the log of all containers of a Job. */
  public log(job: string): string {
    const options = ['--all-containers', '--ignore-errors', '--tail=-1'];
    return this.namespace.kubectl('logs', '-l', `job-name=${job}`, ...options);
  }

  /** Waits for the end of a Job. */
  public async result(job: string): Promise<JobResult> {
    const condition = (type: string) =>
      this.namespace.get('job', job).status.conditions?.some((each: any) => each.type === type) ?? false;
    await eventually(`${job} has ended`, () => condition('Complete') || condition('Failed'), 600);
    const succeeded = condition('Complete');
    const log = this.log(job);
    return { job, succeeded, log: succeeded ? log : log + this.reasons(job) };
  }

  /** The reasons for which the containers and pods of a Job ended: a full volume and too little memory have no log. */
  private reasons(job: string): string {
    const { conditions = [] } = this.namespace.get('job', job).status;
    const ofJob = conditions.map(({ type, reason, message }: any) => `${type}: ${reason}, ${message}`);
    const ofPods = this.namespace
      .get('pods', '-l', `job-name=${job}`)
      .items.flatMap(({ status }: any) => [
        ...(status.reason ? [`${status.reason}: ${status.message}`] : []),
        ...[...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].map(
          ({ name, state }: any) => `${name}: ${JSON.stringify(state)}`,
        ),
      ]);
    return ['', ...ofJob, ...ofPods, ''].join('\n');
  }

  /** The seconds that a container of a finished Job took. */
  public seconds({ job }: JobResult, container: string): number {
    const [{ status }] = this.namespace.get('pods', '-l', `job-name=${job}`).items;
    const { state } = [...status.initContainerStatuses, ...status.containerStatuses].find(
      ({ name }: any) => name === container,
    );
    return (Date.parse(state.terminated.finishedAt) - Date.parse(state.terminated.startedAt)) / 1000;
  }

  /** Deletes the pods of a Job, which keep their claims, and the claims. */
  public discard({ job }: JobResult): void {
    this.namespace.kubectl('delete', 'job', job);
  }

  /** Deletes the namespace, and its objects in the bucket if it has the shell with rclone. */
  public delete(): void {
    if (this.namespace.kubectl('get', 'deploy', '--ignore-not-found', 'test-rclone') !== '') {
      this.remote('rclone purge "$ROOT" || [ $? = 3 ]');
    }
    this.namespace.delete();
  }
}
