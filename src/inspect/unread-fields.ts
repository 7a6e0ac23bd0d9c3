import { at, list, record } from './json';
import type { ManifestObject } from './manifest';

/**
 * Returns an object without large fields that no built-in rule reads: the schemas of a CustomResourceDefinition, which
 * are half of the manifests of many charts, and the managed fields of an object of a cluster. The rest is copied, so
 * that the text of the file can be freed.
 */
export function withoutUnreadFields(object: ManifestObject): ManifestObject {
  const { managedFields, ...metadata } = record(object.content.metadata);
  const isDefinition = object.kind === 'CustomResourceDefinition';
  if (managedFields === undefined && !isDefinition) {
    return object;
  }
  const content = { ...object.content, metadata, ...(isDefinition && { spec: withoutSchemas(object.content.spec) }) };
  return { ...object, content: record(JSON.parse(JSON.stringify(content))) };
}

function withoutSchemas(definition: unknown): unknown {
  const { validation: _, ...spec } = record(definition);
  return { ...spec, versions: list(at(definition, 'versions')).map(version => ({ ...record(version), schema: {} })) };
}
