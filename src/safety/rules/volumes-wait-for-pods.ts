import { ZONAL_PROVISIONERS } from '../../facts/provisioners';
import type { Inventory } from '../../inspect/inventory';
import { at, list, text, textMap } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Problem, Rule } from '../rule';

export const volumesWaitForPods: Rule<'volumes-wait-for-pods'> = {
  id: 'volumes-wait-for-pods',
  summary: 'A zonal or local volume is created where its pod is scheduled.',
  rationale:
    "With the binding mode 'Immediate', the volume is created before its pod is scheduled, often in a zone where " +
    'the pod does not fit.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode',
  fix: {
    construct: "Define the StorageClass with 'volumeBindingMode: WaitForFirstConsumer'.",
    yaml: "Set 'volumeBindingMode: WaitForFirstConsumer'.",
  },
  check: inventory =>
    inventory.ofKind('StorageClass').flatMap((object): Problem[] => {
      const reach = isShared(object, inventory) ? undefined : reachOf(object);
      return reach !== undefined && at(object.content, 'volumeBindingMode') !== 'WaitForFirstConsumer'
        ? [
            {
              object,
              at: ['volumeBindingMode'],
              message:
                `A volume of the class '${object.name}' is bound before its pod is scheduled, but only one ${reach} ` +
                'reaches it.',
            },
          ]
        : [];
    }),
};

/** Whether the configuration of local-path-provisioner creates the volumes of a class on a shared filesystem. */
function isShared({ name, content }: ManifestObject, inventory: Inventory): boolean {
  return (
    content.provisioner === 'rancher.io/local-path' &&
    inventory.ofKind('ConfigMap').some(({ content: { data } }) => {
      const config = parseJson(textMap(data)['config.json'] ?? '');
      const settings = at(config, 'storageClassConfigs', name) ?? config;
      return text(at(settings, 'sharedFilesystemPath')) !== undefined;
    })
  );
}

/** Parses JSON; returns `undefined` for anything else. */
function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Returns which nodes reach a volume of a class: those of a zone, or one; `undefined` if all or unknown. */
function reachOf({ content }: ManifestObject): string | undefined {
  const provisioner = ZONAL_PROVISIONERS.find(({ names }) => names.includes(text(content.provisioner) ?? ''));
  const isRegional = provisioner?.regional?.test(JSON.stringify(content.parameters ?? {}));
  // with topologies, the user chose the zone
  return isRegional || list(content.allowedTopologies).length > 0 ? undefined : provisioner?.reach;
}
