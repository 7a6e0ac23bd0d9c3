import type { Pod } from './pods';
import { keptByObject } from '../checks/memo';

/** The fields, the types of volumes and the prefixes of annotations that few pods have. */
const RARE_FIELDS = [
  ...(['args', 'command', 'initContainers', 'host', 'hostIPC', 'hostNetwork', 'hostPID', 'hostPort'] as const),
  ...(['hostProcess', 'appArmorProfile', 'procMount', 'seLinuxOptions', 'sysctls'] as const),
  ...(['items', 'medium', 'mountPropagation', 'subPath', 'subPathExpr'] as const),
  ...(['csi', 'ephemeral', 'gitRepo', 'hostPath', 'persistentVolumeClaim', 'secret', 'serviceAccountToken'] as const),
  ...(['volumeClaimTemplate', 'container.apparmor.security.beta.kubernetes.io'] as const),
];

/** A field, a type of volumes or a prefix of annotations that few pods have. */
export type RareField = (typeof RARE_FIELDS)[number];

const RARE: ReadonlySet<string> = new Set(RARE_FIELDS);

/** Returns the rare fields of a pod, at any depth and also in its claim templates. */
export const rareFieldsOf = keptByObject(({ spec, volumes, annotations }: Pod): ReadonlySet<string> => {
  const fields = new Set<string>();
  addFields(fields, spec);
  volumes
    .filter(({ type }) => type === 'volumeClaimTemplate')
    .forEach(({ type, source }) => addFields(fields, { [type]: source }));
  Object.keys(annotations).forEach(key => addFields(fields, { [key.split('/')[0]]: '' }));
  return fields;
});

function addFields(fields: Set<string>, value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (Array.isArray(value)) {
    value.forEach(item => addFields(fields, item));
    return;
  }
  // of all loops over keys, only this one creates no list of them
  for (const field in value) {
    const item = (value as Record<string, unknown>)[field];
    // a manifest does not contain such a field
    if (item !== undefined) {
      if (RARE.has(field)) {
        fields.add(field);
      }
      addFields(fields, item);
    }
  }
}
