import type { Finding } from '../../safety/run';
import type { Model } from '../model';

/** The model itself; `version` grows when a field changes its meaning or goes. */
export function toJson({ workloads, problems }: Model): string {
  return `${JSON.stringify(
    {
      version: 1,
      workloads: workloads.map(workload => ({
        ...workload,
        rows: workload.rows.map(row => ({ ...row, findings: row.findings.map(findingJson) })),
      })),
      problems,
    },
    undefined,
    2,
  )}\n`;
}

function findingJson({ rule, message, reason }: Finding) {
  return { rule: rule.id, severity: rule.severity, message, waived: reason };
}
