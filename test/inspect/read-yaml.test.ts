import { readYaml } from '../../src/inspect/read-yaml';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: app
          image: acme/api:1
`;

test('reads several documents, and skips the empty ones of templates', () => {
  const { objects, problems } = readYaml(
    `# Source: a chart\n---\n${DEPLOYMENT}---\n# nothing here\n---\n${DEPLOYMENT.replace('name: api', 'name: other')}`,
    'a.yaml',
  );
  expect(problems).toEqual([]);
  expect(objects.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).toEqual([
    'Deployment shop/api',
    'Deployment shop/other',
  ]);
});

test('reads the items of a List, and of a typed list whose items have no kind', () => {
  const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n';
  const typed = '{"apiVersion":"apps/v1","kind":"DeploymentList","items":[{"metadata":{"name":"b"}}]}';
  const { objects } = readYaml(`${list}---\n${typed}\n`, 'a.yaml');
  expect(objects.map(({ apiVersion, kind, name }) => `${apiVersion} ${kind} ${name}`)).toEqual([
    'v1 Pod a',
    'apps/v1 Deployment b',
  ]);
  expect(objects[0].source.locate(['metadata', 'name'])).toEqual({ file: 'a.yaml', line: 6, column: 14 });
});

test('locates a value, or the nearest value around it', () => {
  const {
    objects: [, object],
  } = readYaml(`---\n${DEPLOYMENT}---\n${DEPLOYMENT}`, 'a.yaml');
  expect(object.source.locate(['spec', 'template', 'spec', 'containers', 0, 'image'])).toEqual({
    file: 'a.yaml',
    line: 26,
    column: 11,
  });
  expect(object.source.locate(['spec', 'template', 'spec', 'containers', 0, 'resources', 'limits'])).toEqual({
    file: 'a.yaml',
    line: 25,
    column: 11,
  });
  expect(object.source.locate([])).toEqual({ file: 'a.yaml', line: 15, column: 1 });
});

test.each([
  ['a broken document', 'a: [1\nb: 2', /Flow sequence|must end with a \]/],
  ['a repeated key', 'kind: Pod\nkind: Pod', /Map keys must be unique/],
  ['a document that is not a Kubernetes object', 'replicas: 3', /not a Kubernetes object/],
  [
    'an alias that expands to too many values',
    'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c ' +
      '[*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d]',
    /alias/,
  ],
])('reports the place of %s, and reads the other documents', (_, broken, message) => {
  const { objects, problems } = readYaml(`${DEPLOYMENT}---\n${broken}\n---\n${DEPLOYMENT}`, 'a.yaml');
  expect(objects).toHaveLength(2);
  expect(problems).toMatchObject([
    { file: 'a.yaml', column: expect.any(Number), message: expect.stringMatching(message) },
  ]);
  expect(problems[0].line).toBeGreaterThan(12);
  expect(problems[0].line).toBeLessThan(20);
});

test('reads file modes like kubectl, with both parsers', () => {
  const modes = (anchor: string) =>
    readYaml(
      `apiVersion: v1\nkind: Pod\nmetadata: ${anchor}{name: a}\nmodes: [0440, 0o440, 288, 0, -1, 08, "0440"]\n`,
      'a.yaml',
    ).objects[0].content.modes;
  expect(modes('')).toEqual([288, 288, 288, 0, -1, 8, '0440']);
  expect(modes('&anchor ')).toEqual(modes(''));
});
