import type { Construct } from 'constructs';
import { CONFIG_MODE, ConfigFile, ConfigMapFiles, configMapVolume, defineConfigMap } from './config-map';
import { ConfigRollout } from './config-rollout';
import { ConfigSource } from './config-source';
import type { ExistingObject, LocalDirectoryOptions } from './config-source-options';
import { fail } from '../checks/fail';
import { isWithin } from '../checks/paths';
import { checkContainerPath, slug } from '../checks/values';
import type { CapabilityBindOptions, ICapability, PodContribution, ReloadTarget } from '../pod/capability';
import { PodMount, PodVolume } from '../pod/pod-parts';

const SECRET_MODE = 0o400;

/** How configuration takes its place in the container. */
export enum ConfigPlacement {
  /** As a directory of its own, which hides what the image has there. */
  DIRECTORY = 'directory',
  /** As single files beside the image's own. Running containers never see a change of them. */
  FILES = 'files',
}

/** How configuration is mounted. */
export interface ConfigFilesOptions {
  /**
   * The directory, as an absolute path of the container. Those that hold the image's own files are refused.
   *
   * @default '/app/config'
   */
  readonly mountPath?: string;

  /**
   * Whether the configuration is a directory of its own or single files beside the image's.
   *
   * @default ConfigPlacement.DIRECTORY
   */
  readonly placement?: ConfigPlacement;

  /**
   * What happens when the configuration of this app changes.
   *
   * @default ConfigRollout.immutable()
   */
  readonly rollout?: ConfigRollout;

  /**
   * Its name inside the workload, and part of the ConfigMap's: a DNS label of at most 50 characters.
   *
   * @default - from the mount path: `app-config`
   */
  readonly id?: string;
}

/** What configuration is made of. */
export interface ConfigFilesProps extends ConfigFilesOptions {
  /** Where the files come from; together they make up one directory. */
  readonly sources: ConfigSource[];
}

/**
 * Files of configuration, mounted read-only and the same for all replicas; a change rolls the pods.
 *
 * Defines one ConfigMap for all that comes from the program and the host. Existing ConfigMaps and Secrets are projected
 * into the same directory.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigFiles implements ICapability {
  /**
   * All files below a directory of the host.
   *
   * @param localPath where it is, from the directory that synth runs in
   * @param options where and how it is mounted
   * @param directory what of it is left out
   */
  public static fromDirectory(
    localPath: string,
    options: ConfigFilesOptions = {},
    directory: LocalDirectoryOptions = {},
  ): ConfigFiles {
    return new ConfigFiles({ ...options, sources: [ConfigSource.directory(localPath, directory)] });
  }

  /** @see ICapability */
  public readonly capabilityId: string;
  private readonly mountPath: string;

  /**
   * @param props what it is made of
   */
  constructor(private readonly props: ConfigFilesProps) {
    this.mountPath = props.mountPath ?? '/app/config';
    this.capabilityId = props.id ?? (slug(slug(this.mountPath).slice(-50)) || 'config');
  }

  /** @see ICapability */
  public bind(scope: Construct, options: CapabilityBindOptions): PodContribution {
    const { rollout = ConfigRollout.immutable(), placement = ConfigPlacement.DIRECTORY } = this.props;
    checkContainerPath(scope, "'mountPath'", this.mountPath);
    const { files, objects } = this.collect(scope);
    if (placement === ConfigPlacement.FILES) {
      checkSingleFiles(scope, [rollout, ...objects.map(object => object.rollout)], objects);
    }

    const map = files.length > 0 ? defineConfigMap(scope, this.capabilityId, options, files, rollout) : undefined;
    const volume = volumeOf(this.capabilityId, map, files, objects);
    const paths = [...files.map(file => file.path), ...objects.flatMap(object => Object.keys(object.files ?? {}))];
    return {
      ...map?.contribution,
      mounts:
        placement === ConfigPlacement.DIRECTORY
          ? [{ path: this.mountPath, volume, readOnly: true }]
          : paths.map((path): PodMount => ({
              path: `${this.mountPath === '/' ? '' : this.mountPath}/${path}`,
              volume,
              readOnly: true,
              subPath: path,
            })),
      reloadOn: [
        ...(map?.contribution.reloadOn ?? []),
        ...objects.filter(object => object.rollout.strategy === 'reloader').map(reloadTarget),
      ],
    };
  }

  private collect(scope: Construct): { files: ConfigFile[]; objects: ExistingObject[] } {
    const claims = new Map<string, string>();
    const files: ConfigFile[] = [];
    const objects: ExistingObject[] = [];
    const claim = (path: string, origin: string) => {
      const other = [...claims].find(([claimed]) => isWithin(claimed, path) || isWithin(path, claimed));
      if (other) {
        const what =
          other[0] === path
            ? `both have the file '${path}'`
            : `have '${path}' and '${other[0]}', of which one would have to be a directory`;
        fail(scope, `${[other[1], origin].join(' and ')} ${what}. give one of them another path`);
      }
      claims.set(path, origin);
    };
    for (const source of this.props.sources) {
      const resolved = source._resolve(scope);
      if ('files' in resolved) {
        resolved.files.forEach(file => claim(file.path, resolved.origin));
        files.push(...resolved.files);
      } else {
        Object.keys(resolved.existing.files ?? {}).forEach(path => claim(path, resolved.origin));
        objects.push(resolved.existing);
      }
    }
    if (files.length + objects.length === 0) {
      fail(scope, 'it has no files. give it at least one source with a file');
    }
    return { files, objects };
  }
}

/** The plainest volume that holds everything: of one object where there is one, else projected. */
function volumeOf(
  name: string,
  map: ConfigMapFiles | undefined,
  files: readonly ConfigFile[],
  objects: readonly ExistingObject[],
): PodVolume {
  if (map && objects.length === 0) {
    return configMapVolume(name, map);
  }
  const items = (object: ExistingObject) =>
    object.files && Object.entries(object.files).map(([path, key]) => ({ key, path }));
  if (!map && objects.length === 1) {
    const [object] = objects;
    return PodVolume.of(
      name,
      object.kind === 'secret'
        ? { secret: { secretName: object.name, items: items(object), defaultMode: SECRET_MODE } }
        : { configMap: { name: object.name, items: items(object), defaultMode: CONFIG_MODE } },
    );
  }
  const hasSecret = objects.some(object => object.kind === 'secret');
  return PodVolume.of(name, {
    projected: {
      // one mode for all: that of secrets where there is one, with each known file's own beside it
      defaultMode: hasSecret ? SECRET_MODE : CONFIG_MODE,
      sources: [
        ...(map ? [{ configMap: { name: map.name, items: hasSecret ? openItems(map, files) : map.items } }] : []),
        ...objects.map(object => ({ [object.kind]: { name: object.name, items: items(object) } })),
      ],
    },
  });
}

function openItems(map: ConfigMapFiles, files: readonly ConfigFile[]) {
  return (map.items ?? files.map(({ path, mode }) => ({ key: path, path, mode }))).map(item => ({
    ...item,
    mode: item.mode ?? CONFIG_MODE,
  }));
}

function checkSingleFiles(
  scope: Construct,
  rollouts: readonly ConfigRollout[],
  objects: readonly ExistingObject[],
): void {
  if (rollouts.some(({ strategy }) => strategy === 'live')) {
    fail(
      scope,
      "single files are mounted by 'subPath', and running containers never see a change of them, so " +
        "'ConfigRollout.live()' cannot be kept. mount a directory, or choose a rollout that replaces the pods",
    );
  }
  const whole = objects.find(({ files }) => !files);
  if (whole) {
    fail(
      scope,
      `'${whole.name}' is to be mounted as single files, but which ones is not said. list them in 'files', by path`,
    );
  }
}

function reloadTarget({ kind, name }: ExistingObject): ReloadTarget {
  return { kind: kind.toLowerCase(), name };
}
