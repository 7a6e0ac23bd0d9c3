import { MAX_ANNOTATION_BYTES, MAX_CONFIG_MAP_BYTES } from '../facts/kubernetes';
import { record, textMap } from '../inspect/json';

/** The fields of a ConfigMap in a manifest. */
type ConfigMapContent = Readonly<Record<string, unknown>>;

/**
 * The size of a ConfigMap as the API server counts it: the decoded values, without the keys.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go
 */
export function configMapBytes({ data, binaryData }: ConfigMapContent): number {
  return sizeOf(data, 'utf8') + sizeOf(binaryData, 'base64');
}

/** Whether the API server rejects a ConfigMap because of its size. */
export function isTooLarge(content: ConfigMapContent): boolean {
  return configMapBytes(content) > MAX_CONFIG_MAP_BYTES;
}

/** The size of an object that `kubectl apply` cannot store in its annotation; `undefined` if it can. */
export function bytesPastApply(content: ConfigMapContent): number | undefined {
  const bytes = mayPassApply(content) ? Buffer.byteLength(JSON.stringify(content)) : 0;
  return bytes > MAX_ANNOTATION_BYTES ? bytes : undefined;
}

/** Whether an object is large enough to be worth serializing, which most are not. */
export function mayPassApply({ data, binaryData }: ConfigMapContent): boolean {
  const values = [data, binaryData].flatMap(field => Object.values(record(field)));
  return values.reduce((sum: number, value) => sum + String(value).length, 0) > MAX_ANNOTATION_BYTES / 8;
}

function sizeOf(data: unknown, encoding: 'utf8' | 'base64'): number {
  return Object.values(textMap(data)).reduce((sum, value) => sum + Buffer.byteLength(value, encoding), 0);
}
