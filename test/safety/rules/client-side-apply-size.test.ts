import { messagesOf } from './fixtures';

const configMap = (annotations: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: c, annotations: {${annotations}}}
data: {a: ${'x'.repeat(300_000)}}
`;

test.each([
  ['', 1],
  ['helm.sh/hook: pre-install', 0],
  ['argocd.argoproj.io/sync-options: "Prune=false, ServerSideApply=true"', 0],
  ['argocd.argoproj.io/sync-options: Replace=true', 0],
  ['argocd.argoproj.io/sync-options: Prune=false', 1],
])('a large ConfigMap with the annotations {%s} has %i findings', (annotations, count) => {
  expect(messagesOf('client-side-apply-size', configMap(annotations))).toHaveLength(count);
});
