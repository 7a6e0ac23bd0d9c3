import type { Pod } from './pods';
import { keptByObject } from '../checks/memo';

/**
 * Returns the names of all fields of a pod, at any depth and also those of its claim templates, the types of its
 * volumes, and the prefixes of its annotations.
 */
export const fieldsOf = keptByObject(({ spec, volumes, annotations }: Pod): ReadonlySet<string> => {
  const fields = new Set<string>();
  addFields(fields, spec);
  for (const { type, source } of volumes) {
    fields.add(type);
    addFields(fields, source);
  }
  Object.keys(annotations).forEach(key => fields.add(key.split('/')[0]));
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
      fields.add(field);
      addFields(fields, item);
    }
  }
}
