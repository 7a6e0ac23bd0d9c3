import type { Construct } from 'constructs';
import { CONFIG_MODE, ConfigFile, ConfigMapFiles, configMapVolume, defineConfigMap } from './config-map';
import { ConfigRollout, Rollout } from './config-rollout';
import { ConfigSource } from './config-source';
import type { ExistingObject, LocalDirectoryOptions } from './config-source-options';
import { fail } from '../checks/fail';
import { isWithin } from '../checks/paths';
import { checkContainerPath, slug } from '../checks/values';
import { IPodExtension, PodAdditions, PodExtensionContext, ReloadTarget, ReloadTargetKind } from '../pod/pod-extension';
import { PodMount, PodVolume } from '../pod/pod-parts';

const SECRET_MODE = 0o400;

/** How configuration takes its place in the container. */
export enum MountStyle {
  /** As a directory of its own, which hides what the image has there. */
  DIRECTORY = 'directory',
  /** As single files beside the image's own. Running containers never see a change of them. */
  SUB_PATH = 'files',
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
   * @default MountStyle.DIRECTORY
   */
  readonly mountStyle?: MountStyle;

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

/** How a directory of the host becomes all of an app's configuration. */
export interface ConfigDirectoryOptions extends ConfigFilesOptions, LocalDirectoryOptions {}

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
export class ConfigFiles implements IPodExtension {
  /**
   * All files below a directory of the host.
   *
   * @param localPath where it is, from the directory that synth runs in
   * @param options what is left out, and where and how the rest is mounted
   */
  public static fromDirectory(localPath: string, options: ConfigDirectoryOptions = {}): ConfigFiles {
    return new ConfigFiles({ ...options, sources: [ConfigSource.fromDirectory(localPath, options)] });
  }

  /** @see IPodExtension */
  public readonly id: string;
  private readonly mountPath: string;

  /**
   * @param props what it is made of
   */
  constructor(private readonly props: ConfigFilesProps) {
    this.mountPath = props.mountPath ?? '/app/config';
    this.id = props.id ?? (slug(slug(this.mountPath).slice(-50)) || 'config');
  }

  /** @see IPodExtension */
  public bind(scope: Construct, options: PodExtensionContext): PodAdditions {
    const { rollout = ConfigRollout.immutable(), mountStyle = MountStyle.DIRECTORY } = this.props;
    checkContainerPath(scope, "'mountPath'", this.mountPath);
    const { files, objects } = this.collect(scope);
    if (mountStyle === MountStyle.SUB_PATH) {
      checkSingleFiles(scope, [rollout, ...objects.map(object => object.rollout)], objects);
    }

    const map = files.length > 0 ? defineConfigMap(scope, this.id, options, files, rollout) : undefined;
    const volume = volumeOf(this.id, map, files, objects);
    const paths = [
      ...files.map(file => file.path),
      ...objects.flatMap(object => (object.items ?? []).map(item => item.path)),
    ];
    return {
      ...map?.contribution,
      mounts:
        mountStyle === MountStyle.DIRECTORY
          ? [{ path: this.mountPath, volume, readOnly: true }]
          : paths.map((path): PodMount => ({
              path: `${this.mountPath === '/' ? '' : this.mountPath}/${path}`,
              volume,
              readOnly: true,
              subPath: path,
            })),
      reloadOn: [
        ...(map?.contribution.reloadOn ?? []),
        ...objects.filter(object => object.rollout._strategy === 'reloader').map(reloadTarget),
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
        fail(scope, `${[other[1], origin].join(' and ')} ${what}.`, 'Give one of them another path.');
      }
      claims.set(path, origin);
    };
    for (const source of this.props.sources) {
      const resolved = source._resolve(scope);
      if ('files' in resolved) {
        resolved.files.forEach(file => claim(file.path, resolved.origin));
        files.push(...resolved.files);
      } else {
        resolved.existing.items?.forEach(({ path }) => claim(path, resolved.origin));
        objects.push(resolved.existing);
      }
    }
    if (files.length + objects.length === 0) {
      fail(scope, 'It has no files.', 'Give it at least one source with a file.');
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
  const items = (object: ExistingObject) => object.items?.map(({ key, path }) => ({ key, path }));
  if (!map && objects.length === 1) {
    const [object] = objects;
    return PodVolume.fromSource(
      name,
      object.kind === 'secret'
        ? { secret: { secretName: object.name, items: items(object), defaultMode: SECRET_MODE } }
        : { configMap: { name: object.name, items: items(object), defaultMode: CONFIG_MODE } },
    );
  }
  const hasSecret = objects.some(object => object.kind === 'secret');
  return PodVolume.fromSource(name, {
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

function checkSingleFiles(scope: Construct, rollouts: readonly Rollout[], objects: readonly ExistingObject[]): void {
  if (rollouts.some(({ _strategy: strategy }) => strategy === 'live')) {
    fail(
      scope,
      "Single files are mounted by 'subPath', and running containers never see a change of them, so " +
        "'ConfigRollout.live()' cannot be kept.",
      'Mount a directory, or choose a rollout that replaces the pods.',
    );
  }
  const whole = objects.find(({ items }) => !items);
  if (whole) {
    fail(
      scope,
      `'${whole.name}' is to be mounted as single files, but which ones is not said.`,
      "List them in 'items'.",
    );
  }
}

function reloadTarget({ kind, name }: ExistingObject): ReloadTarget {
  return { kind: kind === 'secret' ? ReloadTargetKind.SECRET : ReloadTargetKind.CONFIG_MAP, name };
}
