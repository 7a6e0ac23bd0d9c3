import { Chart, Cron, Size } from 'cdk8s';
import {
  BackupDestination,
  DatabaseBackup,
  DatabaseBackupProps,
  PodVolume,
  S3BackupDestinationOptions,
  S3Credentials,
  SecretSource,
  StatefulDatabaseProps,
} from '../../../src';
import { synth } from '../../synth';
import { database, external } from '../fixtures';

export const S3: S3BackupDestinationOptions = {
  bucket: 'backups',
  region: 'eu-central-1',
  credentials: S3Credentials.accessKey({ secret: SecretSource.fromName('backups') }),
};

const SCHEDULE = Cron.schedule({ minute: '0', hour: '2' });

/** The smallest backup of the smallest database, with other props over it. */
export function backup(
  chart: Chart,
  props: Partial<DatabaseBackupProps> = {},
  databaseProps: Partial<StatefulDatabaseProps> = {},
): DatabaseBackup {
  return new DatabaseBackup(chart, 'backup', {
    database: props.database ?? database(chart, databaseProps),
    schedule: SCHEDULE,
    destination: BackupDestination.s3(S3),
    path: 'shop/orders',
    ...props,
  });
}

/** The smallest backup of an external database. */
export function externalBackup(chart: Chart, props: Partial<DatabaseBackupProps> = {}): DatabaseBackup {
  return backup(chart, {
    database: external(chart),
    workVolume: PodVolume.emptyDir('dump', { sizeLimit: Size.gibibytes(1) }),
    trial: { storageSize: Size.gibibytes(4) },
    ...props,
  });
}

export function backupObjects(props: Partial<DatabaseBackupProps> = {}): any[] {
  return synth(chart => backup(chart, props));
}

/** The CronJob of a name, and its pod. */
export function cronJob(objects: any[], name: string): { spec: any; pod: any } {
  const { spec } = objects.find(({ kind, metadata }) => kind === 'CronJob' && metadata.name === name);
  return { spec, pod: spec.jobTemplate.spec.template.spec };
}

/** A container of a pod by its name. */
export function containerNamed({ containers, initContainers = [] }: any, name: string): any {
  return [...containers, ...initContainers].find(container => container.name === name);
}

/** The egress rules of the pods of a Job, without those for DNS. */
export function egressOf(objects: any[], job: string): any[] {
  return objects
    .filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec.podSelector.matchLabels[NAME] === job)
    .flatMap(({ spec }) => spec.egress ?? [])
    .filter(({ ports }) => ports[0].port !== 53 && ports[0].port !== 5353);
}

const NAME = 'app.kubernetes.io/name';
