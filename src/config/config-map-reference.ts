import { Chart } from 'cdk8s';
import { ConfigMap, IConfigMap } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { fail } from '../checks/fail';
import { listed, message } from '../checks/message';

/**
 * Refuses a ConfigMap of this app that the pods cannot read: it is in another namespace, or does not contain a key when
 * the app is synthesized.
 *
 * @param keys the keys that the pods require
 * @param namespace the namespace of the pods; by default that of the chart
 */
export function checkConfigMap(
  scope: Construct,
  configMap: IConfigMap | undefined,
  keys: readonly string[],
  namespace: string | undefined = Chart.of(scope).namespace,
): void {
  // the content of other ConfigMaps is not known
  if (!(configMap instanceof ConfigMap)) {
    return;
  }
  const { name, metadata } = configMap;
  if (metadata.namespace !== undefined && namespace !== undefined && metadata.namespace !== namespace) {
    fail(
      scope,
      `ConfigMap '${name}' is in the namespace '${metadata.namespace}', but pods only read objects of their ` +
        `namespace '${namespace}'.`,
      `Define it in the namespace '${namespace}', or move the workload.`,
    );
  }
  scope.node.addValidation({ validate: () => missingKeys(configMap, keys) });
}

function missingKeys(configMap: ConfigMap, keys: readonly string[]): string[] {
  const known = [...Object.keys(configMap.data), ...Object.keys(configMap.binaryData)];
  return keys
    .filter(key => !known.includes(key))
    .map(key =>
      message(
        `ConfigMap '${configMap.name}' does not contain the key '${key}'.`,
        known.length > 0 ? `Add it, or use ${listed(known, 'or')}.` : 'Add it.',
      ),
    );
}
