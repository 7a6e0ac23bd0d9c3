import { expectRefusal } from './fixtures';
import { kind, synth, workload } from '../synth';

const deploymentOf = (props: Parameters<typeof workload>[1], id?: string) =>
  kind(
    synth(chart => workload(chart, props, id)),
    'Deployment',
  );

test('sets the recommended labels', () => {
  expect(deploymentOf({ metadata: { name: 'shop', labels: { team: 'a' } } }).metadata.labels).toEqual({
    'app.kubernetes.io/name': 'app',
    'app.kubernetes.io/instance': 'shop',
    'app.kubernetes.io/version': '1.0.0',
    'app.kubernetes.io/managed-by': 'cdk8s',
    'team': 'a',
  });
});

test('converts the construct ID to a label value', () => {
  expect(deploymentOf({ metadata: { name: 'shop' } }, '-My App!').metadata.labels).toMatchObject({
    'app.kubernetes.io/name': 'My-App',
  });
});

test.each(['acme/app:1e_3', `acme/app@sha256:${'a'.repeat(64)}`])('omits the version of the image %p', image => {
  expect(deploymentOf({ image }).metadata.labels).not.toHaveProperty(['app.kubernetes.io/version']);
});

test.each([
  [{ name: 'a.b' }, "Name 'a.b' is not a valid DNS label. Use at most 63 lowercase letters, digits and '-', starting"],
  [{ namespace: 'Sales' }, "Namespace 'Sales' is not a valid DNS label."],
  [{ labels: { 'a b': 'c' } }, "Invalid key 'a b' of 'metadata.labels'. Use the form 'name' or 'example.com/name'"],
  [{ annotations: { '/a': 'c' } }, "Invalid key '/a' of 'metadata.annotations'."],
])('refuses the metadata %j', (metadata, error) => expectRefusal({ metadata }, error));
