import { toJson } from '../../../src/map/formats/json';
import { mapYaml, withVolume } from '../fixtures';

const rowOf = (yaml: string) =>
  JSON.parse(toJson(mapYaml(yaml))).workloads[0].rows.find(({ path }: { path: string }) => path === '/it');

test('writes the version, the workloads and the unreadable documents', () => {
  expect(JSON.parse(toJson(mapYaml(`a: [\n---\n${withVolume('emptyDir: {}')}`)))).toMatchObject({
    version: 1,
    workloads: [{ kind: 'Deployment', name: 'api' }],
    problems: [{ file: 'app.yaml', line: 2 }],
  });
});

test('writes findings by rule, with the reason of a waiver', () => {
  const finding = { rule: 'empty-dir-size-limit', severity: 'info', message: expect.stringContaining("'it'") };
  const waiver = 'annotations: {waiver.cdk8s-storage-patterns/empty-dir-size-limit: small and read once}';
  expect(rowOf(withVolume('emptyDir: {}')).findings).toEqual([finding]);
  expect(rowOf(withVolume('emptyDir: {}').replace('name: api,', `name: api, ${waiver},`)).findings).toEqual([
    { ...finding, waiverReason: 'small and read once' },
  ]);
});
