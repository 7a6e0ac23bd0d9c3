import { visibleJson } from '../../checks/visible';
import type { Finding } from '../../safety/run';
import type { Model } from '../model';

/** Writes the complete map. `version` increases when a field is removed or changes its meaning. */
export function toJson({ workloads, problems }: Model): string {
  const map = {
    version: 1,
    workloads: workloads.map(workload => ({
      ...workload,
      rows: workload.rows.map(row => ({ ...row, findings: row.findings.map(findingJson) })),
    })),
    problems,
  };
  return `${visibleJson(map)}\n`;
}

function findingJson({ rule, severity, message, reason }: Finding) {
  return { rule: rule.id, severity, message, waiverReason: reason };
}
