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

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The size of the annotations of a ConfigMap after `kubectl apply`, which stores the whole object in one of them;
 * `undefined` if the API server accepts that size.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/kubectl/pkg/util/apply.go
 */
export function bytesPastApply(content: ConfigMapContent): number | undefined {
  const bytes = mayPassApply(content) ? annotationBytes(content) : 0;
  return bytes > MAX_ANNOTATION_BYTES ? bytes : undefined;
}

/**
 * Whether the annotations of a ConfigMap show that another way of applying it stores no copy of it: Helm creates its
 * hooks, and Argo CD can replace objects or apply them on the server.
 *
 * @see https://helm.sh/docs/topics/charts_hooks/
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
export function isAppliedOtherwise({ metadata }: ConfigMapContent): boolean {
  const annotations = textMap(record(metadata).annotations);
  const options = (annotations['argocd.argoproj.io/sync-options'] ?? '').split(',').map(option => option.trim());
  return (
    annotations['helm.sh/hook'] !== undefined ||
    ['ServerSideApply=true', 'Replace=true'].some(option => options.includes(option))
  );
}

/** Whether a ConfigMap is large enough to be worth serializing, which most are not. */
export function mayPassApply({ data, binaryData }: ConfigMapContent): boolean {
  const values = [data, binaryData].flatMap(field => Object.values(record(field)));
  return values.reduce((sum: number, value) => sum + String(value).length, 0) > MAX_ANNOTATION_BYTES / 8;
}

/** The size of a string in the annotation that `kubectl apply` stores. */
export function appliedBytes(value: string): number {
  return Buffer.byteLength(goJson(value));
}

function annotationBytes(content: ConfigMapContent): number {
  const metadata = record(content.metadata);
  const { [LAST_APPLIED]: _, ...annotations } = textMap(metadata.annotations);
  const applied = `${goJson({ ...content, metadata: { ...metadata, annotations } })}\n`;
  return Object.entries({ ...annotations, [LAST_APPLIED]: applied }).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}

/** JSON as Go encodes it: with escapes for the characters that are special in HTML and JavaScript. */
function goJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function sizeOf(data: unknown, encoding: 'utf8' | 'base64'): number {
  return Object.values(textMap(data)).reduce((sum, value) => sum + Buffer.byteLength(value, encoding), 0);
}
