/** What the values of a ConfigMap may hold together; its keys do not count. */
export const MAX_CONFIG_MAP_BYTES = 1024 * 1024;

/** What the annotations of an object may hold together, among them the one in which `kubectl apply` notes all of it. */
export const MAX_ANNOTATION_BYTES = 256 * 1024;

/** The kinds of volumes whose files come from objects. */
export const CONFIG_VOLUMES: readonly string[] = ['configMap', 'secret', 'projected', 'downwardAPI'];

/** The kinds of volumes that go with their pod, or with its node. */
export const SHORT_LIVED_VOLUMES: readonly string[] = ['emptyDir', 'ephemeral', ...CONFIG_VOLUMES, 'gitRepo', 'image'];

/** The kinds whose pods are equal replicas. */
export const REPLICATED_KINDS: readonly string[] = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];
