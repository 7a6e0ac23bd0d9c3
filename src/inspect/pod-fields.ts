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
  if (Array.isArray(value)) {
    value.forEach(item => addFields(fields, item));
  } else if (typeof value === 'object' && value !== null) {
    for (const [field, item] of Object.entries(value)) {
      fields.add(field);
      if (typeof item === 'object') {
        addFields(fields, item);
      }
    }
  }
}
