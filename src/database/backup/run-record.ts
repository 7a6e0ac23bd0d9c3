import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu, EmptyDirMedium, EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { BackupPlan } from './backup-plan';
import { accountMount, ApiPermission, CURL_IMAGE } from '../../api-client/api-access';
import { temporaryMount } from '../../backup/remote-container';
import { RECORD_RUN, RESULT_DIRECTORY } from '../../backup/scripts/record-run';
import { ReadableApiObject } from '../../objects/readable-api-object';
import type { PodAdditions } from '../../pod/pod-extension';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';

/** The runs that are recorded. */
export type RecordedTask = 'backup' | 'trial';

/** The time in which a run is recorded after its containers have ended. */
const RECORDING_TIME = Duration.seconds(30);

const RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10), limit: Cpu.millis(200) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(32) },
};

/** Creates the ConfigMap whose annotations are the results of the last runs. */
export function statusObject(scope: Construct, name: string, { props }: BackupPlan): void {
  new ReadableApiObject(scope, 'Status', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...props.metadata, name: statusName(name) },
  });
}

/** Returns the permissions of the sidecar. They allow to change neither the CronJob nor another object. */
export function recordPermissions(name: string, workloadName: string): ApiPermission[] {
  return [
    { apiGroups: [''], resources: ['configmaps'], resourceNames: [statusName(name)], verbs: ['patch'] },
    { apiGroups: ['batch'], resources: ['cronjobs'], resourceNames: [workloadName], verbs: ['get'] },
    { apiGroups: [''], resources: ['events'], verbs: ['create'] },
  ];
}

/** Returns the sidecar that records a run as an event of its CronJob and as annotations of the ConfigMap. */
export function runRecord(name: string, workloadName: string, task: RecordedTask): PodAdditions {
  const result: PodMount = {
    path: RESULT_DIRECTORY,
    volume: PodVolume.emptyDir('result', { sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY }),
  };
  return {
    mounts: [result],
    sidecars: [
      {
        name: 'recorder',
        image: CURL_IMAGE,
        command: ['sh', '-c', RECORD_RUN],
        env: {
          CRON_JOB: EnvValue.fromValue(workloadName),
          STATUS: EnvValue.fromValue(statusName(name)),
          TASK: EnvValue.fromValue(task),
          POD: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
        },
        mounts: [{ ...result, readOnly: true }, accountMount(), temporaryMount('recorder')],
        resources: RESOURCES,
        shutdownTimeout: RECORDING_TIME,
      },
    ],
  };
}

function statusName(name: string): string {
  return `${name}-status`;
}
