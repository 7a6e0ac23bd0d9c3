/** A field of a custom resource, and the value that has an effect. */
export interface OperatorSetting {
  /** The path of the field, with `[]` for each item of a list: `storage.volumes[].type`. */
  readonly path: string;
  /** The value with the effect; any value if omitted. */
  readonly value?: string | boolean;
  /** The `name` of the mapping with the field, if only that one has the effect. */
  readonly named?: string;
}

/** The storage of one set of pods. */
export interface OperatorState {
  /** The path of the mapping that configures the pods: `spec.nodeSets[]`. The set does not exist without it. */
  readonly set: string;
  /** The fields that put the data on claims, relative to the set. */
  readonly storage: readonly string[];
  /** The settings that delete the data with the pod, relative to the set. */
  readonly ephemeral?: readonly OperatorSetting[];
  /**
   * The effect of no storage field: the operator puts the data on claims anyway, or deletes it with the pod, or rejects
   * the object.
   */
  readonly missing: 'claim' | 'deleted' | 'rejected';
  /** Whether the software rebuilds most of its data, or works without it. */
  readonly isReplaceable?: boolean;
}

/** Backups of the data. */
export interface OperatorBackup {
  /** The fields that configure backups. */
  readonly paths: readonly string[];
  /** The kinds of objects that configure backups, with the path of the name of the custom resource in them. */
  readonly objects?: readonly { readonly kind: string; readonly reference: string }[];
  /** The field that makes the database a copy of another one, whose backups are enough. */
  readonly copy?: string;
}

/** A kind of custom resource from which an operator creates software with state. */
export interface OperatorKind {
  readonly group: string;
  readonly kind: string;
  /** The reference of the fields. */
  readonly source: string;
  readonly state: readonly OperatorState[];
  /** The settings that delete the data with the object or with one of its replicas. */
  readonly deletion?: readonly OperatorSetting[];
  /** The numbers of replicas, which are added up; omitted if one replica is normal. */
  readonly replicas?: {
    readonly paths: readonly string[];
    /** The number of replicas of a set without the field. */
    readonly missing: number;
  };
  /** Omitted if the object does not configure backups. */
  readonly backup?: OperatorBackup;
}
