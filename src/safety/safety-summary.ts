/** A number of objects of one kind. */
export interface SafetyKindCount {
  /** The kind, for example `Cluster`. */
  readonly kind: string;

  /** The API group, for example `postgresql.cnpg.io`. It is empty for the core group. */
  readonly apiGroup: string;

  /** The number of objects. */
  readonly count: number;
}

/** A number of files or objects that were not looked at, and the reason. */
export interface SafetyPassedOver {
  /** The passed-over files or objects, as a noun in the plural: `tests of Helm charts`. */
  readonly reason: string;

  /** The number of files or objects. */
  readonly count: number;
}

/** The objects that an audit looked at, and the input that it did not look at. */
export interface SafetyCoverage {
  /** The number of objects that were looked at. */
  readonly lookedAt: number;

  /** The kinds that no rule knows, the most frequent first. Their objects were not looked at. */
  readonly unknownKinds: SafetyKindCount[];

  /** The number of patches, which are parts of objects. They were not looked at. */
  readonly patches: number;

  /** The files and objects that were passed over. */
  readonly passedOver: SafetyPassedOver[];
}

/** The numbers of a report. */
export interface SafetySummary extends SafetyCoverage {
  /** The number of errors that are neither waived nor in the baseline. */
  readonly errors: number;

  /** The number of warnings that are neither waived nor in the baseline. */
  readonly warnings: number;

  /** The number of infos that are neither waived nor in the baseline. */
  readonly infos: number;

  /** The number of findings that are waived. */
  readonly waived: number;

  /** The number of findings that the baseline contains. */
  readonly known: number;

  /** The number of entries of the baseline that match no finding any more. */
  readonly fixed: number;
}
