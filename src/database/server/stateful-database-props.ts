import type { ApiObjectMetadata, Duration, Size } from 'cdk8s';
import type { CpuResources } from 'cdk8s-plus-28';
import type { DatabaseCredentials } from './database-credentials';
import type { DatabaseStorage } from './database-storage';
import type { InitScripts } from './init-scripts';
import type { SecretSource } from '../../pod/secret-source';
import type { Waiver } from '../../safety/waiver';
import type { DatabaseEngine } from '../engine/database-engine';

/** How a database is measured. */
export interface DatabaseMetricsOptions {
  /**
   * The exporter's image.
   *
   * @default - the engine's exporter, pinned
   */
  readonly image?: string;

  /**
   * Whether the Prometheus Operator is told of it, by a `ServiceMonitor`.
   *
   * @default false
   */
  readonly serviceMonitor?: boolean;

  /**
   * Labels of the `ServiceMonitor`, by which a Prometheus selects it.
   *
   * @default - those of the database
   */
  readonly serviceMonitorLabels?: Record<string, string>;
}

/** What a database is made of. */
export interface StatefulDatabaseProps {
  /** The engine and its release. */
  readonly engine: DatabaseEngine;

  /** Where it keeps its data. */
  readonly storage: DatabaseStorage;

  /** Its memory: the limit, from which buffers, caches and connections are derived, and the request alike. */
  readonly memory: Size;

  /** Where its credentials are. No engine starts without. */
  readonly credentials: DatabaseCredentials;

  /**
   * Name, namespace, labels and annotations of the objects.
   *
   * @default - the name that the chart generates, in the chart's namespace
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The user that the image makes at its first start.
   *
   * @default 'app'; what the engine has, where it has but one
   */
  readonly user?: string;

  /**
   * The database that the image makes at its first start.
   *
   * @default 'app'; none where the engine knows none
   */
  readonly database?: string;

  /**
   * Settings of the engine's configuration file by their names. Sizes are written as the engine reads them. A change
   * rolls
   * the pod.
   *
   * @default - those that are derived from `memory` and the volume
   */
  readonly settings?: Record<string, string>;

  /**
   * Its CPU.
   *
   * @default - a request of 250m and no limit, for a server that is throttled holds its locks longer
   */
  readonly cpu?: CpuResources;

  /**
   * Memory in huge pages of 2Mi, beside `memory`; a multiple of 2Mi that the node has set aside. For engines that use
   * it.
   *
   * @default - none, and the engine is told so
   */
  readonly hugePages?: Size;

  /**
   * Scripts for the first start.
   *
   * @default - none
   */
  readonly initScripts?: InitScripts;

  /**
   * How many pods, from 0, which keeps the data and stops the server.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Why more than one replica is right although none is a copy of another, in at least three words: each is a database
   * of its own, with its own volume and its own name, and clients name one of them. This library sets up no
   * replication.
   *
   * @default - there is one replica
   */
  readonly independentReplicas?: string;

  /**
   * An exporter for Prometheus beside the server.
   *
   * @default - none
   */
  readonly metrics?: DatabaseMetricsOptions;

  /**
   * How long it may take to start, initialise and recover before it is restarted. Too short a time would end a recovery
   * again and again. A minute to 30 days.
   *
   * @default Duration.hours(1)
   */
  readonly startupTimeout?: Duration;

  /**
   * How long it may take to stop.
   *
   * @default - from 60 seconds to 10 minutes, by the engine
   */
  readonly shutdownTimeout?: Duration;

  /**
   * Secrets to pull the images with.
   *
   * @default - those of the nodes
   */
  readonly imagePullSecrets?: SecretSource[];

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: Record<string, string>;

  /**
   * Safe defaults to leave out, each for a reason.
   *
   * @default - all apply
   */
  readonly waivers?: Waiver[];
}
