import { mapYaml, rowAt, withContainerFields, withVolume } from './fixtures';

const YAML = withContainerFields(
  withVolume('emptyDir: {}'),
  `envFrom: [{configMapRef: {name: conf}, prefix: APP_}]
          env:
            - {name: A, valueFrom: {secretKeyRef: {name: credentials, key: a}}}
            - {name: B, valueFrom: {secretKeyRef: {name: credentials, key: b}}}
            - {name: C, valueFrom: {secretKeyRef: {name: credentials, key: c}}}
            - {name: PLAIN, value: x}
            - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}`,
);

test('all variables from one object are one row', () => {
  expect(rowAt(mapYaml(YAML), '$APP_*')).toMatchObject({ kind: 'config-map', source: 'conf', environment: true });
  expect(rowAt(mapYaml(YAML), '$A and 2 more')).toMatchObject({ kind: 'secret', source: 'credentials' });
});

test('variables that no ConfigMap or Secret provides are not mapped', () => {
  const environment = mapYaml(YAML).workloads[0].rows.filter(row => row.environment);
  expect(environment.map(({ path }) => path)).toEqual(['$APP_*', '$A and 2 more']);
});
