import { parse } from 'yaml';
import { messagesOf } from './fixtures';

const checked = (provisioner: string, fields = '') =>
  messagesOf(
    'volumes-wait-for-pods',
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: c}\nprovisioner: ${provisioner}\n${fields}\n`,
  );

test.each([
  ['ebs.csi.aws.com', '', 'zone'],
  ['pd.csi.storage.gke.io', 'volumeBindingMode: Immediate', 'zone'],
  ['disk.csi.azure.com', 'parameters: {skuName: Premium_LRS}', 'zone'],
  ['rancher.io/local-path', '', 'node'],
  ['kubernetes.io/no-provisioner', 'volumeBindingMode: Immediate', 'node'],
])('reports a class of %s with {%s}', (provisioner, fields, reach) => {
  expect(checked(provisioner, fields)).toEqual([
    `A volume of the class 'c' is bound before its pod is scheduled, but only one ${reach} reaches it.`,
  ]);
});

test.each([
  ['ebs.csi.aws.com', 'volumeBindingMode: WaitForFirstConsumer'],
  ['ebs.csi.aws.com', 'allowedTopologies: [{matchLabelExpressions: [{key: zone, values: [a]}]}]'],
  ['pd.csi.storage.gke.io', 'parameters: {replication-type: regional-pd}'],
  ['disk.csi.azure.com', 'parameters: {skuName: Premium_ZRS}'],
  ['efs.csi.aws.com', ''],
  ['csi.example.com', ''],
])('accepts a class of %s with {%s}', (provisioner, fields) => {
  expect(checked(provisioner, fields)).toEqual([]);
});

const SHARED = '{sharedFilesystemPath: /shared}';

test.each([
  [`{storageClassConfigs: {c: ${SHARED}}}`, 0],
  [`{storageClassConfigs: {other: ${SHARED}, c: {nodePathMap: []}}}`, 1],
  [SHARED, 0],
  ['{nodePathMap: []}', 1],
])('checks a class of local-path-provisioner with the configuration %s', (config, count) => {
  const json = JSON.stringify(JSON.stringify(parse(config)));
  const configMap =
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: local-path-config, namespace: a}\n` +
    `data: {config.json: ${json}}\n---\n`;
  const manifest = `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: c}\n`;
  expect(
    messagesOf('volumes-wait-for-pods', `${configMap}${manifest}provisioner: rancher.io/local-path\n`),
  ).toHaveLength(count);
});
