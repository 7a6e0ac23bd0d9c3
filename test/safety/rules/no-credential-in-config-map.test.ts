import { configMap, severitiesOf } from './fixtures';

test.each([
  ['{password: hunter2}', ['warning']],
  ['{password: changeme}', ['info']],
  ['{app.conf: "password: change-this-value"}', ['info']],
  ['{app.conf: "password: change-this-value\\ntoken: s3cr3t-v4lue"}', ['warning']],
])('reports a ConfigMap with %s with the severities %j', (data, severities) => {
  expect(severitiesOf('no-credential-in-config-map', configMap('conf').replace('{a: b}', data))).toEqual(severities);
});
