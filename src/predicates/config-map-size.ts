import { MAX_ANNOTATION_BYTES, MAX_CONFIG_MAP_BYTES } from '../facts/kubernetes';
import { record, textMap } from '../inspect/json';

/** The fields of a ConfigMap, as they stand in a manifest. */
type ConfigMapContent = Readonly<Record<string, unknown>>;

/**
 * How many bytes a ConfigMap holds, as the API server counts them: its values, decoded, but not its keys.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go
 */
export function configMapBytes({ data, binaryData }: ConfigMapContent): number {
  return sizeOf(data, 'utf8') + sizeOf(binaryData, 'base64');
}

/** Whether the API server refuses it. */
export function isTooLarge(content: ConfigMapContent): boolean {
  return configMapBytes(content) > MAX_CONFIG_MAP_BYTES;
}

/**
 * The bytes of an object of which `kubectl apply` cannot note all in one annotation; `undefined` of one of which it
 * can.
 */
export function bytesPastApply(content: ConfigMapContent): number | undefined {
  const bytes = mayPassApply(content) ? Buffer.byteLength(JSON.stringify(content)) : 0;
  return bytes > MAX_ANNOTATION_BYTES ? bytes : undefined;
}

/** Whether it is worth being written out, since most are far smaller. */
export function mayPassApply({ data, binaryData }: ConfigMapContent): boolean {
  const files = [data, binaryData].flatMap(of => Object.values(record(of)));
  return files.reduce((sum: number, file) => sum + String(file).length, 0) > MAX_ANNOTATION_BYTES / 8;
}

function sizeOf(data: unknown, encoding: 'utf8' | 'base64'): number {
  return Object.values(textMap(data)).reduce((sum, value) => sum + Buffer.byteLength(value, encoding), 0);
}
