/** The maximum length of the value of a label, and of a name that becomes one. */
export const MAX_LABEL_LENGTH = 63;

/** The maximum size of the values of a ConfigMap together; its keys do not count. */
export const MAX_CONFIG_MAP_BYTES = 1024 * 1024;

/** The maximum size of the annotations of an object together, including the copy that `kubectl apply` stores in one. */
export const MAX_ANNOTATION_BYTES = 256 * 1024;

/** The types of volumes whose files come from objects of the API. */
export const CONFIG_VOLUMES: readonly string[] = ['configMap', 'secret', 'projected', 'downwardAPI'];

/** The types of volumes that are deleted with their pod or cannot leave its node. */
export const SHORT_LIVED_VOLUMES: readonly string[] = ['emptyDir', 'ephemeral', ...CONFIG_VOLUMES, 'gitRepo', 'image'];

/** The kinds of workloads whose pods are equal replicas. */
export const REPLICATED_KINDS: readonly string[] = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

/** The kinds of workloads whose pods end when their work is done. */
export const JOB_KINDS: readonly string[] = ['Job', 'CronJob'];

/** The kinds of workloads whose pods run on, so that they outlive a change of their configuration. */
export const RUNNING_KINDS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'];
