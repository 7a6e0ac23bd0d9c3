import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import { podWith } from './fixtures';
import { EnvValues } from '../../src';

test('sets variables to strings, in which references are expanded', () => {
  const env = {
    ...EnvValues.fromStrings({ LEVEL: 'info', OPTIONS: '--address=$(POD_IP)', EMPTY: '' }),
    POD_IP: EnvValue.fromFieldRef(EnvFieldPaths.POD_IP),
  };
  expect(podWith({ env }).containers[0].env).toEqual([
    { name: 'EMPTY', value: '' },
    { name: 'LEVEL', value: 'info' },
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'OPTIONS', value: '--address=$(POD_IP)' },
  ]);
});

test('accepts no variables', () => {
  expect(EnvValues.fromStrings({})).toEqual({});
});

test.each<[values: any, error: string]>([
  [undefined, "Required argument 'values' is missing. Pass it, for example '{ LOG_LEVEL: \"info\" }'."],
  [{ A: undefined }, "Required argument 'values.A' is missing. Pass it, for example '\"info\"'."],
  [{ A: 1 }, "'values.A' is"],
  [{ A: EnvValue.fromValue('a') }, "'values.A' is"],
  ['A=a', "'values' is"],
])('refuses %j', (values, error) => {
  expect(() => EnvValues.fromStrings(values)).toThrow(`[EnvValues.fromStrings] ${error}`);
});
