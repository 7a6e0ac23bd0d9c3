import { Chart, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BackupPlan } from './backup-plan';
import { seconds } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';

/** An alert, as in a PrometheusRule. */
interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
}

/**
 * Creates a `PrometheusRule` with alerts on missing and failed backups and trials. The metrics are those of
 * kube-state-metrics, so that they need no server of a Job.
 */
export function backupAlerts(scope: Construct, name: string, { props, trial }: BackupPlan): void {
  const { metadata, alertAfter = Duration.hours(26), alertAfterTrial = Duration.days(8) } = props;
  const namespace = metadata?.namespace ?? Chart.of(scope).namespace;
  const alerts = [
    missing('DatabaseBackupMissing', 'backup', name, namespace, alertAfter),
    failed('DatabaseBackupFailed', 'backup', name, namespace),
    ...(trial
      ? [
          missing('DatabaseBackupNotProven', 'trial', `${name}-trial`, namespace, alertAfterTrial),
          failed('DatabaseTrialFailed', 'trial', `${name}-trial`, namespace),
        ]
      : []),
  ];
  new ReadableApiObject(scope, 'PrometheusRule', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { ...metadata, name },
    spec: {
      groups: [
        {
          name,
          rules: alerts.map(({ alert, expr, severity, summary, description }) => ({
            alert,
            expr,
            for: '10m',
            labels: { severity },
            annotations: { summary, description },
          })),
        },
      ],
    },
  });
}

/** Also fires if a CronJob never succeeded since its creation. */
function missing(alert: string, task: string, cronJob: string, namespace: string | undefined, time: Duration): Alert {
  const labels = selector({ cronjob: cronJob }, namespace);
  const last = `kube_cronjob_status_last_successful_time${labels}`;
  return {
    alert,
    expr: `time() - (${last} or kube_cronjob_created${labels}) > ${seconds(time)}`,
    severity: 'critical',
    summary: `No successful ${task} by CronJob {{ $labels.namespace }}/{{ $labels.cronjob }}`,
    description:
      `The last successful ${task} is older than ${seconds(time) / 3600} hours. ` +
      'The logs of the Jobs of the CronJob have the reason.',
  };
}

function failed(alert: string, task: string, cronJob: string, namespace: string | undefined): Alert {
  return {
    alert,
    expr: `kube_job_status_failed${selector({}, namespace, `job_name=~"${cronJob}-[0-9]+"`)} > 0`,
    severity: 'warning',
    summary: `A ${task} of {{ $labels.namespace }}/{{ $labels.job_name }} failed`,
    description:
      'A pod of the Job failed. The reason is in its log: kubectl logs -n {{ $labels.namespace }} ' +
      '-l job-name={{ $labels.job_name }} --all-containers',
  };
}

function selector(labels: Readonly<Record<string, string>>, namespace: string | undefined, ...rest: string[]): string {
  const pairs = Object.entries({ ...labels, ...(namespace === undefined ? {} : { namespace }) });
  return `{${[...pairs.map(([key, value]) => `${key}="${value}"`), ...rest].join(',')}}`;
}
