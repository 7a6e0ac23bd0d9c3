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
  ['a key', 'apiVersion: v1\nkind: Pod\n', 1],
  ['a brace behind a comment', '# a pod\n{"apiVersion": "v1", "kind": "Pod"}\n', 2],
  ['a brace behind a marker', '---\n{apiVersion: v1, kind: Pod}\n', 2],
  ['a quoted key', '\n"apiVersion": v1\n"kind": Pod\n', 2],
])('locates a document that begins with %s', (_, text, line) => {
  expect(readYaml(text, 'a.yaml').objects[0].source.locate([])).toEqual({ file: 'a.yaml', line, column: 1 });
});

test.each(['{?a: b}', '{ a: b, ?c: d }', '[?a]', '[a, ?b]', '{a: [b,\n ?c]}', '{a: b, a: c, ?c: d}'])(
  'refuses %s, in which kubectl finds a key',
  value => {
    const { objects, problems } = readYaml(`apiVersion: v1\nkind: Pod\nspec: ${value}\n`, 'a.yaml');
    expect(objects).toEqual([]);
    expect(problems[0].message).toMatch(/Kubectl takes the '\?' of '\?[abc]' for the sign of a key\. Use quotes\./);
  },
);

test.each([
  ['.5_', '.5_'],
  ['.5__1', '.5__1'],
  ['.5_1', 0.51],
  ['.5', 0.5],
  ['1_0.5', 10.5],
  ['?a', '?a'],
  ['["?a"]', ['?a']],
  ['"[?(@.a)], {?b}"', '[?(@.a)], {?b}'],
])('reads the value %s as kubectl does', (value, expected) => {
  expect(readYaml(`apiVersion: v1\nkind: Pod\nspec: ${value}\n`, 'a.yaml').objects[0]?.content.spec).toEqual(expected);
});

test.each([
  ['a broken document', 'a: [1\nb: 2', /comma between flow collection entries/],
  ['a document that is not a Kubernetes object', 'replicas: 3', /not a Kubernetes object/],
  [
    'a name that is a mapping',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: {a: b}}',
    /'metadata.name' is not a string/,
  ],
  ['a number that JSON does not have', 'apiVersion: v1\nkind: Pod\nspec: .inf', /'.inf' is not a number of JSON/],
  ['an alias of its own value', 'a: &a {b: *a}', /alias refers to a value that contains the alias/],
  ['a cycle of two aliases', 'a: &a\n  b: &b\n    c: *a\n    d: *b', /alias refers to a value that contains the alias/],
  ['a merge key of a list', '<<: [[a]]', /merge key '<<' is not a mapping/],
  ['a merge key with its tag', '!!merge <<: {a: 1}', /tag of the merge key '<<' is not supported/],
  ['a merge key with the tag of a string', '{a: 1, !!str <<: {a: 2}}', /tag of the merge key/],
  ['a merge key with a tag and an anchor', '- ! &a <<: {a: 2}', /tag of the merge key/],
  ['a merge key with a tag on another line', '? !!str\n  <<\n: {a: 1}', /tag of the merge key/],
  ['an alias of a merge key', 'x: &m <<\n*m : {a: 1}', /An alias refers to '<<'/],
  ['a character that ends a line for kubectl', 'kind: Pod # a\u2028apiVersion: v1', /at the character U\+2028/],
  ['another such character', 'kind: Pod # a\u0085apiVersion: v1', /at the character U\+0085/],
  ['a list in 20,000 lists', '['.repeat(20000), /nested too deeply/],
  ['a mapping in 20,000 mappings', '{"a":'.repeat(20000), /nested too deeply/],
  ['20,000 sequences on a line', '- '.repeat(20000), /nested too deeply/],
])('reports the place of %s, and reads the other documents', (_, broken, message) => {
  const { objects, problems } = readYaml(`${DEPLOYMENT}---\n${broken}\n---\n${DEPLOYMENT}`, 'a.yaml');
  expect(objects).toHaveLength(2);
  expect(problems).toMatchObject([
    { file: 'a.yaml', column: expect.any(Number), message: expect.stringMatching(message) },
  ]);
  expect(problems[0].line).toBeGreaterThan(12);
  expect(problems[0].line).toBeLessThan(20);
});

/** Nine anchors, each a list of ten aliases of the one before. */
const bomb = (anchor: (name: string, items: string) => string) =>
  Array.from({ length: 9 }, (_, i) =>
    anchor(`a${i}`, Array.from({ length: 10 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join()),
  );

test.each([
  ['in block style', bomb((name, items) => `${name}: &${name} [${items}]`).join('\n')],
  ['as JSON without spaces', `{${bomb((name, items) => `"${name}":&${name} [${items}]`).join()}}`],
  [
    'through merge keys',
    `a: &a {${Array.from({ length: 2000 }, (_, i) => `k${i}: 1`).join()}}\nb:\n${'- <<: *a\n'.repeat(2000)}`,
  ],
])('refuses within a second an alias that expands to too many values %s', (_, text) => {
  const start = Date.now();
  const { objects, problems } = readYaml(`apiVersion: v1\nkind: Pod\nx: ${text}`, 'a.yaml');
  expect(objects).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(Date.now() - start).toBeLessThan(5000);
});

const valueOf = (text: string) =>
  readYaml(`apiVersion: v1\nkind: Pod\nvalue: ${text}\n`, 'a.yaml').objects[0].content.value;

test.each<[string, unknown]>([
  ['[0440, 0o440, 288, 0, -1, 08, "0440", 0x120, 0b11, 1_000]', [288, 288, 288, 0, -1, 8, '0440', 288, 3, 1000]],
  ['[yes, Yes, YES, on, On, y, Y, true, True]', Array(9).fill(true)],
  ['[no, No, NO, off, Off, n, N, false, FALSE]', Array(9).fill(false)],
  ['[yEs, oN, "yes", \'no\', yes.]', ['yEs', 'oN', 'yes', 'no', 'yes.']],
  ['[~, null, Null, NULL, nULL]', [null, null, null, null, 'nULL']],
  ['[1e3, 1., .5, -1.5, 1e999]', [1000, 1, 0.5, -1.5, '1e999']],
  ['[12:30:45, 2001-01-01, 1.2.3, 10Gi]', ['12:30:45', '2001-01-01', '1.2.3', '10Gi']],
  ['{yes: 1, 010: 2, 1.50: 3}', { 'true': 1, '8': 2, '1.5': 3 }],
  ['{!!binary aG9zdFBhdGg=: {path: /}}', { hostPath: { path: '/' } }],
  ['[!!str 5, !!int "5", !Ref a, !!binary aGk=]', ['5', 5, 'a', 'hi']],
  ['{<<: {a: 1, b: 2}, b: 3}', { a: 1, b: 3 }],
  ['{b: 3, <<: {a: 1, b: 2}}', { a: 1, b: 2 }],
  ['{<<: [{a: 1}, {a: 2, b: 2}]}', { a: 1, b: 2 }],
  ['{"<<": {a: 1}, b: 2}', { '<<': { a: 1 }, 'b': 2 }],
  ["{a: 2, '<<': {a: 1}}", { 'a': 2, '<<': { a: 1 } }],
  ['{<<: {"<<": {a: 1}}}', { '<<': { a: 1 } }],
  ['{<<: {a: 1}, <<: {b: 2}}', { a: 1, b: 2 }],
  ['{<<: {b: 1}, b: 2, <<: {b: 3}}', { b: 3 }],
  ['{<<: [{a: 1}, {b: 1}], <<: {a: 2}}', { a: 2, b: 1 }],
  ['{<<: {<<: {a: 1}, <<: {b: 1}}}', { a: 1, b: 1 }],
  ['{<<: &x {a: 1}, c: *x}', { a: 1, c: { a: 1 } }],
  ['{&x <<: {a: 1}}', { a: 1 }],
  ['[<<, "<<", <<EOF]', ['<<', '<<', '<<EOF']],
  ['{p: &x {a: 1}, q: {<<: *x, b: 2}}', { p: { a: 1 }, q: { a: 1, b: 2 } }],
  ['[&a [1], *a]', [[1], [1]]],
  ['"mkdir a && touch b"', 'mkdir a && touch b'],
  ['mkdir a && touch *b', 'mkdir a && touch *b'],
  ['"a \\\n b && c\\\n d"', 'a b && cd'],
  ["'a\n\n b'", 'a\nb'],
])('reads the value %s like kubectl', (text, value) => {
  expect(valueOf(text)).toEqual(value);
});

test('reads quoted strings whose lines are indented less than their key, also next to an anchor', () => {
  const text = 'apiVersion: v1\nkind: Pod\nspec:\n  a: &a 1\n  env:\n    - value: "-Xms2g \\\n  -Da=b &&\n c"\n';
  expect(readYaml(text, 'a.yaml').objects[0].content.spec).toEqual({ a: 1, env: [{ value: '-Xms2g -Da=b && c' }] });
});

test('takes the last value of a repeated key, and lists the repeated keys', () => {
  const text = `apiVersion: v1
kind: Pod
metadata: {name: a, name: b}
spec:
  x: {y: 1, y: 2}
  containers:
    - image: a
      # a comment
      image: b
  x: 5
`;
  const { objects, problems } = readYaml(text, 'a.yaml');
  expect(problems).toEqual([]);
  expect(objects[0]).toMatchObject({ name: 'b', content: { spec: { x: 5, containers: [{ image: 'b' }] } } });
  expect(objects[0].repeatedKeys).toEqual([
    ['metadata', 'name'],
    ['spec', 'x'],
    ['spec', 'containers', 0, 'image'],
  ]);
  expect(objects[0].source.locate(['spec', 'containers', 0, 'image'])).toMatchObject({ line: 9 });
  const [first, second] = readYaml(
    '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod"},' +
      '{"apiVersion": "v1", "kind": "Pod", "kind": "Service"}]}',
    'a.json',
  ).objects;
  expect([first.repeatedKeys, second.repeatedKeys]).toEqual([undefined, [['kind']]]);
});

test('reads JSON with the line breaks of YAML 1.1 in its strings', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'x\u2028y\u0085' } };
  expect(readYaml(JSON.stringify(object), 'a.json').objects[0].content).toEqual(object);
});

test.each(['constructor', 'toString', '__proto__'])('reads the kind and the key %s', name => {
  const { objects } = readYaml(`apiVersion: v1\nkind: ${name}\n${name}: {a: 1}\nx: {<<: {${name}: 1}}\n`, 'a.yaml');
  expect(objects[0].kind).toBe(name);
  expect(Object.keys(objects[0].content)).toContain(name);
  expect(Object.getOwnPropertyNames(objects[0].content.x)).toEqual([name]);
  expect(({} as any).a).toBeUndefined();
});
