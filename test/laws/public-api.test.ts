import { readFileSync } from 'fs';
import { join } from 'path';

// the assembly that jsii writes, which other languages see
const assembly = JSON.parse(readFileSync(join(__dirname, '..', '..', '.jsii'), 'utf8'));
const types: any[] = Object.values(assembly.types);
const members = types.flatMap(type => [
  ...(type.properties ?? []).map((property: any) => ({
    ...property,
    name: `${type.name}.${property.name}`,
    struct: type.kind === 'interface' && type.datatype,
  })),
  ...(type.methods ?? []).flatMap((method: any) => [
    { name: `${type.name}.${method.name}`, docs: method.docs, type: method.returns?.type },
    ...(method.parameters ?? []).map((parameter: any) => ({
      ...parameter,
      name: `${type.name}.${method.name}(${parameter.name})`,
    })),
  ]),
]);

/** Members with free-form content: data of files, JSON Schemas, objects of the Kubernetes API. */
const FREE_FORM = [
  /^AutoscalingOptions\.(?:behavior|metrics)$/,
  /^ConfigSource\.\w+\(data\)$/,
  /^ConfigFileOptions\.schema$/,
  /^Local\w+Options\.schema$/,
  /^PodScheduling\.affinity$/,
  /^PodVolume\.fromSource\(source\)$/,
  /^RawLogSinkOptions\.config$/,
  /^SafetyResource\.manifest$/,
];

test('the public API has no union', () => {
  expect(JSON.stringify(types)).not.toContain('"union"');
});

test('the public API has `any` only for free-form content', () => {
  const any = members
    .filter(({ type }) => JSON.stringify(type ?? {}).includes('"primitive":"any"'))
    .map(({ name }) => name);
  expect(any.filter(name => !FREE_FORM.some(pattern => pattern.test(name)))).toEqual([]);
});

test('every optional prop documents its default', () => {
  expect(
    members.filter(member => member.struct && member.optional && !member.docs?.default).map(({ name }) => name),
  ).toEqual([]);
});

test('everything public is documented', () => {
  const documented = (docs: any) => docs?.summary || docs?.see;
  expect(types.filter(type => !documented(type.docs)).map(type => type.name)).toEqual([]);
  expect(
    members.filter(member => !member.name.endsWith(')') && !documented(member.docs)).map(({ name }) => name),
  ).toEqual([]);
});

test('the public API is generated for four languages', () => {
  expect(assembly.targets).toMatchObject({
    js: { npm: 'cdk8s-storage-patterns' },
    python: { distName: 'cdk8s-storage-patterns', module: 'cdk8s_storage_patterns' },
    java: { maven: { groupId: 'io.github.cdk8s-storage-patterns', artifactId: 'cdk8s-storage-patterns' } },
    go: { moduleName: 'github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go' },
  });
});
