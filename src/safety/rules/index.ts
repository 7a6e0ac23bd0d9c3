import { backupFailsLoudly } from './backup-fails-loudly';
import { claimHasOneWriter } from './claim-has-one-writer';
import { claimTemplateStays } from './claim-template-stays';
import { claimsAreRetained } from './claims-are-retained';
import { clientSideApplySize } from './client-side-apply-size';
import { collectorBufferFitsVolume } from './collector-buffer-fits-volume';
import { collectorIsNativeSidecar } from './collector-is-native-sidecar';
import { collectorKeepsOffsets } from './collector-keeps-offsets';
import { collectorReadsFromHead } from './collector-reads-from-head';
import { collectorReadsTheFiles } from './collector-reads-the-files';
import { configChangeRollsPods } from './config-change-rolls-pods';
import { configMapSize } from './config-map-size';
import { configMountedReadOnly } from './config-mounted-read-only';
import { dataDirectoryMount } from './data-directory-mount';
import { databaseImageBase } from './database-image-base';
import { databaseMemoryLimit } from './database-memory-limit';
import { databaseOnClaim } from './database-on-claim';
import { disruptionBudget } from './disruption-budget';
import { disruptionBudgetAllowsDrain } from './disruption-budget-allows-drain';
import { drainBeforeStop } from './drain-before-stop';
import { dropCapabilities } from './drop-capabilities';
import { dumpNotOlderThanServer } from './dump-not-older-than-server';
import { emptyDirSizeLimit } from './empty-dir-size-limit';
import { engineAsksForPassword } from './engine-asks-for-password';
import { ephemeralStorageCoversVolumes } from './ephemeral-storage-covers-volumes';
import { graceCoversTheStop } from './grace-covers-the-stop';
import { headlessService } from './headless-service';
import { healthCheck } from './health-check';
import { imagePullPolicy } from './image-pull-policy';
import { initScriptsRun } from './init-scripts-run';
import { keyFileMode } from './key-file-mode';
import { livenessSparesRecovery } from './liveness-spares-recovery';
import { logsInAVolume } from './logs-in-a-volume';
import { memoryVolumeWithinLimit } from './memory-volume-within-limit';
import { mountHidesImageFiles } from './mount-hides-image-files';
import { networkPolicy } from './network-policy';
import { noCredentialInConfigMap } from './no-credential-in-config-map';
import { noCredentialInEnv } from './no-credential-in-env';
import { noHostPath } from './no-host-path';
import { noHugePagesSurprise } from './no-huge-pages-surprise';
import { noLostAndFound } from './no-lost-and-found';
import { noPrivilegeEscalation } from './no-privilege-escalation';
import { noServiceAccountToken } from './no-service-account-token';
import { noServiceLinks } from './no-service-links';
import { noSubPathConfig } from './no-sub-path-config';
import { oneWriterPerFile } from './one-writer-per-file';
import { pinnedImage } from './pinned-image';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { resourceLimits } from './resource-limits';
import { rolloutReleasesClaim } from './rollout-releases-claim';
import { runAsNonRoot } from './run-as-non-root';
import { seccompProfile } from './seccomp-profile';
import { sentinelConfigWritable } from './sentinel-config-writable';
import { sharedMemoryForPostgres } from './shared-memory-for-postgres';
import { topologySpread } from './topology-spread';
import { unprivilegedPort } from './unprivileged-port';
import { updateKeepsCapacity } from './update-keeps-capacity';
import { volumesBelongToTheGroup } from './volumes-belong-to-the-group';
import { writablePathsExist } from './writable-paths-exist';
import { writeAheadLogFitsVolume } from './write-ahead-log-fits-volume';

/** Every rule, by its id. */
export const RULES = [
  backupFailsLoudly,
  claimHasOneWriter,
  claimTemplateStays,
  claimsAreRetained,
  clientSideApplySize,
  collectorBufferFitsVolume,
  collectorIsNativeSidecar,
  collectorKeepsOffsets,
  collectorReadsFromHead,
  collectorReadsTheFiles,
  configChangeRollsPods,
  configMapSize,
  configMountedReadOnly,
  dataDirectoryMount,
  databaseImageBase,
  databaseMemoryLimit,
  databaseOnClaim,
  disruptionBudget,
  disruptionBudgetAllowsDrain,
  drainBeforeStop,
  dropCapabilities,
  dumpNotOlderThanServer,
  emptyDirSizeLimit,
  engineAsksForPassword,
  ephemeralStorageCoversVolumes,
  graceCoversTheStop,
  headlessService,
  healthCheck,
  imagePullPolicy,
  initScriptsRun,
  keyFileMode,
  livenessSparesRecovery,
  logsInAVolume,
  memoryVolumeWithinLimit,
  mountHidesImageFiles,
  networkPolicy,
  noCredentialInConfigMap,
  noCredentialInEnv,
  noHostPath,
  noHugePagesSurprise,
  noLostAndFound,
  noPrivilegeEscalation,
  noServiceAccountToken,
  noServiceLinks,
  noSubPathConfig,
  oneWriterPerFile,
  pinnedImage,
  readOnlyRootFilesystem,
  resourceLimits,
  rolloutReleasesClaim,
  runAsNonRoot,
  seccompProfile,
  sentinelConfigWritable,
  sharedMemoryForPostgres,
  topologySpread,
  unprivilegedPort,
  updateKeepsCapacity,
  volumesBelongToTheGroup,
  writablePathsExist,
  writeAheadLogFitsVolume,
] as const;

/** One of them. */
export type KnownRule = (typeof RULES)[number];

/** Its id. */
export type RuleId = KnownRule['id'];

/** The ids of all rules, for waivers may name any. */
export const RULE_IDS: readonly string[] = RULES.map(({ id }) => id);
