export * from './kubernetes-version';
export { SinglePassApp } from './single-pass-app';
export * from './app-workload/app-workload';
export * from './app-workload/app-workload-props';
export { type AutoscalingOptions } from './app-workload/autoscaler';
export { type ExposureOptions, type HttpRouteOptions, type IngressExposureOptions } from './app-workload/exposure';
export { type AppPort } from './app-workload/ports';
export { type ServiceOptions, ServiceTrafficPolicy } from './app-workload/service-options';
export { Controller } from './controllers/controller';
export { type CronJobOptions } from './controllers/cron-job';
export { type DaemonSetOptions } from './controllers/daemon-set';
export { type DeploymentOptions } from './controllers/deployment';
export { JobCompletionMode, type JobOptions } from './controllers/job';
export { type StatefulSetOptions } from './controllers/stateful-set';
export * from './pod/pod-extension';
export * from './pod/ca-certificate';
export { EnvValues } from './pod/env-values';
export { HealthCheck } from './pod/health-check';
export {
  type CommandHealthCheckOptions,
  type GrpcHealthCheckOptions,
  type HealthCheckOptions,
  type HttpHealthCheckOptions,
} from './pod/health-check-options';
export { NetworkPeer } from './pod/network-peer';
export * from './pod/pod-parts';
export {
  type PodDns,
  type PodResourceClaim,
  type PodScheduling,
  type PodSettings,
  type ServiceAccountOptions,
  TaintEffect,
  type Toleration,
} from './pod/pod-settings';
export * from './pod/secret-source';
export { WorkloadDefaults, type WorkloadDefaultsOptions } from './pod/workload-defaults';
export { type NewClaimOptions, type ProvisionedClaimOptions, VolumeDataSource } from './pod/volumes/claim-options';
export * from './pod/volumes/pod-volume';
export { ProjectedSource, type ServiceAccountTokenOptions } from './pod/volumes/projected-source';
export * from './pod/volumes/volume-options';
export * from './pod-extensions/pod-extensions';
export * from './pod-extensions/pod-extensions-options';
export * from './safety/safety-audit';
export * from './safety/safety-finding';
export { SafetyReport } from './safety/safety-report';
export * from './safety/safety-rule';
export { SafetyRules } from './safety/safety-rules';
export * from './safety/safety-summary';
export { SafetyValidation } from './safety/safety-validation';
export { Waiver } from './safety/waiver';
export * from './config/config-files';
export { ConfigRollout, ExistingRollout } from './config/config-rollout';
export * from './config/config-source';
export * from './config/config-source-options';
export * from './config/environment-variables';
export * from './config/configured-app';
export * from './logging/log-delivery';
export * from './logging/log-auth';
export * from './logging/fluentd-plugin';
export * from './logging/log-collector';
export { LogFormat, type LogFormatOptions } from './logging/log-format';
export { LogMultiline } from './logging/log-multiline';
export * from './logging/log-rotation';
export * from './logging/log-shipping';
export { LogShippingDefaults, type LogShippingDefaultsOptions } from './logging/log-shipping-defaults';
export * from './logging/log-shipping-props';
export { LogSink } from './logging/log-sink';
export * from './logging/log-sink-props';
export { type ElasticsearchLogSinkOptions } from './logging/sinks/elasticsearch';
export { type ForwardLogSinkOptions } from './logging/sinks/forward';
export { type KafkaLogSinkOptions } from './logging/sinks/kafka';
export { type LokiLogSinkOptions } from './logging/sinks/loki';
export { type RawLogSinkOptions } from './logging/sinks/raw';
export { type S3LogSinkOptions } from './logging/sinks/s3';
export { LogTimeFormat, type LogTimeOptions } from './logging/log-time';
export * from './logging/logged-app';
export * from './logging/stdout-logs';
export * from './backup/backup-destination';
export type { ClaimBackupDestinationOptions } from './backup/destinations/claim';
export { S3ServerSideEncryption, type S3BackupDestinationOptions } from './backup/destinations/s3';
export * from './backup/destinations/s3-credentials';
export * from './backup/destinations/volume-snapshot';
export * from './database/backup/database-backup';
export * from './database/backup/database-backup-props';
export * from './database/client/database-binding';
export * from './database/client/database-client';
export * from './database/client/database-client-options';
export * from './database/client/endpoint';
export { type VariablesBindingOptions } from './database/client/variables-binding-options';
export * from './database/engine/database-engine';
export * from './database/engine/database-engine-options';
export * from './database/engine/database-engine-spec';
export * from './database/engine/database-settings-spec';
export * from './database/engine/database-version';
export * from './database/engine/exporter-spec';
export * from './database/engine/memory-budget-item';
export * from './database/engine/size-unit';
export * from './database/engine/volume-budget-item';
export * from './database/server/database-address';
export * from './database/server/database-credentials';
export * from './database/server/database-restore-source';
export * from './database/server/database-storage';
export * from './database/server/external-database';
export * from './database/server/init-scripts';
export * from './database/server/stateful-database';
export * from './database/server/stateful-database-props';
export { StorageMap } from './map/storage-map';
