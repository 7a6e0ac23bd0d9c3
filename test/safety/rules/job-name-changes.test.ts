import { messagesOf, PodOptions, podOfKind, severitiesOf } from './fixtures';

const checked = (options: PodOptions) =>
  messagesOf('job-name-changes', podOfKind('Job', { name: 'migrate', ...options }));
const MESSAGE = "The Job keeps the name 'NAME' when its pods change, so the next release is rejected.";

test.each(['migrate', 'migrate-batch', 'db2-migrate'])('reports the name %s', name => {
  expect(checked({ name })).toEqual([MESSAGE.replace('NAME', name)]);
});

test.each(['migrate-1', 'migrate-2', 'migrate-v19', 'migrate-c8411d42', 'migrate-abcdefabcd', 'migrate-7hk9m2t5gb'])(
  'accepts the name %s',
  name => {
    expect(checked({ name })).toEqual([]);
  },
);

test.each<[string, PodOptions]>([
  ['that is deleted after its end', { spec: 'ttlSecondsAfterFinished: 60' }],
  ['that is a hook of Helm', { metadata: 'annotations: {helm.sh/hook: pre-upgrade}' }],
  ['that is a hook of Argo CD', { metadata: 'annotations: {argocd.argoproj.io/hook: PreSync}' }],
  ['that Argo CD replaces', { metadata: 'annotations: {argocd.argoproj.io/sync-options: "Force=true,Replace=true"}' }],
  ['that Flux replaces', { metadata: 'annotations: {kustomize.toolkit.fluxcd.io/force: enabled}' }],
  ['of a cluster', { metadata: 'uid: 0a1b' }],
])('accepts a Job %s', (_, options) => {
  expect(checked(options)).toEqual([]);
});

test('accepts a Job with a generated name, and other kinds', () => {
  const generated = podOfKind('Job', { name: 'migrate' }).replace(
    'name: migrate, namespace',
    'generateName: a-, namespace',
  );
  expect(messagesOf('job-name-changes', generated)).toEqual([]);
  expect(messagesOf('job-name-changes', podOfKind('CronJob'), podOfKind('Deployment'))).toEqual([]);
});

test('warns about a Job of a Helm release, which has a next release', () => {
  expect(severitiesOf('job-name-changes', podOfKind('Job'))).toEqual(['info']);
  const ofRelease = podOfKind('Job', { metadata: 'labels: {helm.sh/chart: app-1.2.3}' });
  expect(severitiesOf('job-name-changes', ofRelease)).toEqual(['warning']);
});

test('accepts the name of an interactive Job of a release, which a person deletes', () => {
  const metadata = 'labels: {helm.sh/chart: app-1.2.3}';
  const severities = ['stdin: true, tty: true', 'stdin: true', 'tty: true'].flatMap(container =>
    severitiesOf('job-name-changes', podOfKind('Job', { metadata, container })),
  );
  expect(severities).toEqual(['info', 'warning', 'warning']);
});
