import type { ApiObjectMetadata, Duration, Size } from 'cdk8s';
import type { CpuResources } from 'cdk8s-plus-28';
import type { DatabaseCredentials } from './database-credentials';
import type { DatabaseRestoreSource } from './database-restore-source';
import type { DatabaseStorage } from './database-storage';
import type { InitScripts } from './init-scripts';
import type { PodSettings } from '../../pod/pod-settings';
import type { SecretSource } from '../../pod/secret-source';
import type { Waiver } from '../../safety/waiver';
import type { DatabaseEngine } from '../engine/database-engine';

/** Metrics options. */
export interface DatabaseMetricsOptions {
  /**
   * The image of the exporter.
   *
   * @default - the exporter of the engine, pinned
   */
  readonly image?: string;

  /**
   * Whether to create a `ServiceMonitor` for the Prometheus Operator.
   *
   * @default false
   */
  readonly serviceMonitor?: boolean;

  /**
   * Labels that Prometheus selects the `ServiceMonitor` by.
   *
   * @default - the labels of the database
   */
  readonly serviceMonitorLabels?: Record<string, string>;
}

/** Properties of a database. */
export interface StatefulDatabaseProps extends PodSettings {
  /** The engine and its version. */
  readonly engine: DatabaseEngine;

  /** The storage of the data. */
  readonly storage: DatabaseStorage;

  /** The memory request and limit. Buffers, caches and connections are derived from it. */
  readonly memory: Size;

  /** The credentials, which every engine requires. */
  readonly credentials: DatabaseCredentials;

  /**
   * Name, namespace, labels and annotations of the objects.
   *
   * @default - a generated name, in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The user that the image creates at its first start.
   *
   * @default - 'app', or the only user of the engine
   */
  readonly user?: string;

  /**
   * The database that the image creates at its first start.
   *
   * @default - 'app', or none if the engine has no named databases
   */
  readonly database?: string;

  /**
   * Settings of the engine by name, which are written to its configuration file. Sizes are written as the engine reads
   * them. A change restarts the pods.
   *
   * @default - the settings that are derived from `memory` and the volume
   */
  readonly settings?: Record<string, string>;

  /**
   * The CPU request and limit.
   *
   * @default - a request of 250m, and no limit, because a throttled server holds its locks longer
   */
  readonly cpu?: CpuResources;

  /**
   * Memory in huge pages of 2Mi, in addition to `memory`. It must be a multiple of 2Mi, and the node must have the
   * pages. Only for engines that support huge pages.
   *
   * @default - none, and the engine does not use huge pages
   */
  readonly hugePages?: Size;

  /**
   * Scripts that the image runs at its first start.
   *
   * @default - none
   */
  readonly initScripts?: InitScripts;

  /**
   * The backup of a `DatabaseBackup` that the database is restored from at its first start. The restored data is
   * compared with the figures of the backup, and the server only starts if it is equal. The user, the password and the
   * other props are those of this database. The claim needs space for the backup and the data. A database that already
   * has data ignores it.
   *
   * @default - the database starts empty
   */
  readonly restoreFrom?: DatabaseRestoreSource;

  /**
   * The number of replicas. 0 stops the server and keeps the data.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The reason for more than one replica, in at least three words. Replicas are not copies of each other: each is a
   * database with a volume and a name, and clients connect to one by its name. This library does not set up
   * replication.
   *
   * @default - only one replica is allowed
   */
  readonly independentReplicas?: string;

  /**
   * A Prometheus exporter, which runs as a sidecar of the server.
   *
   * @default - no exporter
   */
  readonly metrics?: DatabaseMetricsOptions;

  /**
   * The time that the server can take to start, initialize and recover before it is restarted. If it is too short,
   * every recovery is interrupted. From one minute to 30 days.
   *
   * @default Duration.hours(1)
   */
  readonly startupTimeout?: Duration;

  /**
   * The time that the server can take to stop. It is part of the pod's `terminationGracePeriodSeconds`.
   *
   * @default - 60 seconds to 10 minutes, depending on the engine
   */
  readonly shutdownTimeout?: Duration;

  /**
   * Secrets with which to pull the images.
   *
   * @default - the credentials of the nodes
   */
  readonly imagePullSecrets?: SecretSource[];

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: Record<string, string>;

  /**
   * Safe defaults to turn off, each with a reason.
   *
   * @default - all safe defaults apply
   */
  readonly waivers?: Waiver[];
}
