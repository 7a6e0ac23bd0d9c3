import { Size } from 'cdk8s';
import { EmptyDirMedium, HostPathVolumeType, ImagePullPolicy } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { claims } from './claims';
import { podFields, projectedSources } from './pod-files';
import {
  hostile,
  imageReference,
  mountPath as anyMountPath,
  name as anyName,
  optional,
  plainText,
  props,
  size,
  text,
  Vary,
  word,
} from './values';
import { MountOptions, PodVolume, SecretSource } from '../../../src';

/** What a volume requires of the pods that mount it. */
export type VolumeNeed = 'nothing' | 'one pod' | 'claims of replicas' | 'Kubernetes 1.36';

/** A volume, and what it permits. */
export interface VolumeProgram {
  readonly volume: PodVolume;
  readonly need: VolumeNeed;
  /** Whether a part of it can be mounted, because its files do not depend on an object that changes. */
  readonly hasParts: boolean;
}

/** A volume that an app mounts. */
export interface MountProgram extends VolumeProgram {
  readonly path: string;
  readonly options: MountOptions;
}

const SOURCES = [
  { configMap: { name: 'map', items: [{ key: 'a', path: 'b/a' }] } },
  { secret: { secretName: 'secret', optional: true } },
  { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'vault' } } },
  {
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    },
  },
];

/** Volumes of every factory with a name. */
export function volumesNamed(vary: Vary, name: string): fc.Arbitrary<VolumeProgram> {
  const flag = fc.boolean();
  const path = vary(fc.constantFrom('/exports/media', '/var/log', '/'), anyMountPath);
  const of = (volumes: fc.Arbitrary<PodVolume>, hasParts: boolean, need: VolumeNeed = 'nothing') =>
    volumes.map(volume => ({ volume, need, hasParts }));
  const { newClaim, sharedClaim, claimPerReplica, ephemeralClaim, existingForOnePod, existingForManyPods } = claims(
    vary,
    name,
  );
  return fc.oneof(
    of(newClaim, true, 'one pod'),
    of(existingForOnePod, true, 'one pod'),
    of(claimPerReplica, true, 'claims of replicas'),
    of(fc.oneof(sharedClaim, existingForManyPods, ephemeralClaim), true),
    of(
      fc
        .record(
          {
            sizeLimit: vary(fc.integer({ min: 1, max: 16 }).map(Size.mebibytes), size),
            medium: fc.constantFrom(...Object.values(EmptyDirMedium)),
          },
          { requiredKeys: ['sizeLimit'] },
        )
        .map(options => PodVolume.emptyDir(name, options)),
      true,
    ),
    of(
      props({ server: vary(fc.constantFrom('nfs.example.com', '10.1.2.3'), text), path }, { readOnly: flag }).map(
        options => PodVolume.nfs(name, options),
      ),
      true,
    ),
    of(
      props(
        { driver: vary(fc.constantFrom('secrets-store.csi.k8s.io', 'csi.example'), anyName) },
        {
          attributes: fc.dictionary(word, vary(word, plainText), { maxKeys: 2 }),
          fsType: vary(fc.constant('ext4'), text),
          nodePublishSecret: vary(word, anyName).map(SecretSource.fromName),
          readOnly: flag,
        },
      ).map(options => PodVolume.csi(name, options)),
      false,
    ),
    of(
      fc
        .tuple(
          vary(fc.constantFrom('acme/model:1.4.2', `acme/model@sha256:${'0'.repeat(64)}`), imageReference),
          optional({
            pullPolicy: vary(
              fc.constant(ImagePullPolicy.IF_NOT_PRESENT),
              fc.constantFrom(...Object.values(ImagePullPolicy)),
            ),
          }),
        )
        .map(([image, options]) => PodVolume.image(name, image, options)),
      false,
      'Kubernetes 1.36',
    ),
    of(
      fc
        .tuple(
          path,
          props(
            { reason: vary(fc.constant('because of this test'), text) },
            { name: fc.constant(name), type: fc.constantFrom(...Object.values(HostPathVolumeType)) },
          ),
        )
        .map(([hostPath, options]) => PodVolume.hostPath(hostPath, { name, ...options })),
      false,
    ),
    of(
      podFields(vary).map(files => PodVolume.downwardApi(name, files)),
      false,
    ),
    of(
      projectedSources(vary).map(sources => PodVolume.projected(name, sources)),
      false,
    ),
    of(
      vary(
        fc.constantFrom<object>(...SOURCES),
        fc.constantFrom<object>({}, { emptyDir: {} }, { ...SOURCES[0], ...SOURCES[1] }),
      ).map(source => PodVolume.fromSource(name, source)),
      false,
    ),
  );
}

/** Directories that are not in each other, and that images do not use. */
const PATHS = ['/data', '/srv/files', '/mnt/shared', '/dev/shm', '/var/lib/app', '/opt/models', '/home/app/cache'];

/** Mounts of up to three volumes at different paths. One volume can be mounted at several paths. */
export function mounts(vary: Vary, prefix: string): fc.Arbitrary<MountProgram[]> {
  const volumes = fc.tuple(...['a', 'b', 'c'].map(letter => volumesNamed(vary, `${prefix}${letter}`)));
  const mount = fc.record({
    path: vary(fc.constantFrom(...PATHS), anyMountPath),
    index: fc.nat(2),
    options: fc.record(
      { readOnly: fc.boolean(), subPath: vary(fc.constantFrom('files', 'files/more'), hostile) },
      { requiredKeys: [] },
    ),
  });
  return fc
    .tuple(volumes, fc.uniqueArray(mount, { maxLength: 4, selector: ({ path }) => path }))
    .map(([programs, all]) => all.map(({ index, path, options }) => ({ ...programs[index], path, options })));
}
