import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { variablesOf, variableValue } from '../../src/inspect/variables';

const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {STORE: s3, LEVEL: info}
`;

function variables(container: string) {
  const spec = `{containers: [{name: a, image: a, ${container}}]}`;
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: ${spec}\n`;
  const inventory = new Inventory(readYaml(`${pod}---\n${CONFIG_MAP}`, 'a.yaml').objects);
  return variablesOf(inventory.pods[0], inventory.pods[0].containers[0]);
}

test.each([
  ['env: [{name: STORE, value: file}]', 'STORE', 'file'],
  ['env: [{name: TYPE, valueFrom: {configMapKeyRef: {name: settings, key: STORE}}}]', 'TYPE', 's3'],
  ['env: [{name: TYPE, valueFrom: {configMapKeyRef: {name: settings, key: missing}}}]', 'TYPE', undefined],
  ['env: [{name: TYPE, valueFrom: {secretKeyRef: {name: settings, key: STORE}}}]', 'TYPE', undefined],
  ['envFrom: [{configMapRef: {name: settings}}]', 'STORE', 's3'],
  ['envFrom: [{configMapRef: {name: settings}, prefix: DB_}]', 'DB_STORE', 's3'],
  ['envFrom: [{configMapRef: {name: settings}, prefix: DB_}]', 'STORE', undefined],
  ['envFrom: [{configMapRef: {name: missing}}]', 'STORE', undefined],
  ['envFrom: [{configMapRef: {name: settings}}], env: [{name: STORE, value: file}]', 'STORE', 'file'],
])('with {%s}, the value of %s is %j', (container, name, value) => {
  expect(variableValue(variables(container), name)).toBe(value);
});
