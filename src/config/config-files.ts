import type { Construct } from 'constructs';
import { checkSingleFiles, collectFiles } from './collect-files';
import { checkConfigMap } from './config-map-reference';
import { ConfigMaps, defineConfigMaps } from './config-maps';
import { ConfigRollout } from './config-rollout';
import { ConfigSource } from './config-source';
import type { ExistingObject, LocalDirectoryOptions } from './config-source-options';
import { configVolume } from './config-volume';
import { waiveExistingRollouts } from './existing-rollout-waiver';
import { fail } from '../checks/fail';
import { checkArgument, checkProps, OPTIONAL, PropTable, required, optional } from '../checks/props';
import { checkContainerPath, slug } from '../checks/values';
import { IPodExtension, PodAdditions, PodExtensionContext, ReloadTarget, ReloadTargetKind } from '../pod/pod-extension';
import type { PodMount } from '../pod/pod-parts';
import type { PodVolume } from '../pod/volumes/pod-volume';

/** The styles of mounting configuration files. */
export enum MountStyle {
  /** A directory, which hides the files of the image in it. */
  DIRECTORY = 'directory',
  /** Single files next to the files of the image. Running containers never see a change. */
  SUB_PATH = 'files',
}

/** Options of configuration files. */
export interface ConfigFilesOptions {
  /**
   * The absolute path of the directory in the container. A directory with files of the image is refused.
   *
   * @default '/app/config'
   */
  readonly mountPath?: string;

  /**
   * Whether to mount a directory or single files.
   *
   * @default MountStyle.DIRECTORY
   */
  readonly mountStyle?: MountStyle;

  /**
   * The effect of a change of the files that are defined in this app.
   *
   * @default ConfigRollout.immutable()
   */
  readonly rollout?: ConfigRollout;

  /**
   * The construct ID in the workload, and part of the name of the ConfigMap: a DNS label of at most 50 characters.
   *
   * @default - derived from the mount path: `app-config`
   */
  readonly id?: string;
}

/** Options of configuration files from a local directory. */
export interface ConfigDirectoryOptions extends ConfigFilesOptions, LocalDirectoryOptions {}

/** Props of ConfigFiles. */
export interface ConfigFilesProps extends ConfigFilesOptions {
  /** The sources of the files, which are mounted in one directory. */
  readonly sources: ConfigSource[];
}

const OPTIONS: PropTable<ConfigFilesOptions> = {
  mountPath: optional('string'),
  mountStyle: optional('string'),
  rollout: optional('ConfigRollout'),
  id: optional('string'),
};

const DIRECTORY_OPTIONS: PropTable<ConfigDirectoryOptions> = {
  ...OPTIONS,
  mode: optional('number'),
  schema: OPTIONAL,
  checkSyntax: optional('boolean'),
  path: optional('string'),
  exclude: optional('string[]'),
  includeHidden: optional('boolean'),
  keepLineEndings: optional('boolean'),
};

const PROPS: PropTable<ConfigFilesProps> = {
  ...OPTIONS,
  sources: required('[ConfigSource.fromFile("app.conf")]', 'ConfigSource[]'),
};

/**
 * Mounts configuration files read-only, the same for all replicas. By default a change rolls out new pods.
 *
 * Defines a ConfigMap for all files from the program and from local files, or several ConfigMaps if the files have more
 * than 1 MiB. Existing ConfigMaps and Secrets are projected into the same directory.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigFiles implements IPodExtension {
  /**
   * Mounts all files in a local directory.
   *
   * @param localPath the path of the directory, relative to the working directory of the synthesis
   * @param options exclusions and mount options
   */
  public static fromDirectory(localPath: string, options: ConfigDirectoryOptions = {}): ConfigFiles {
    checkArgument('ConfigFiles.fromDirectory', 'localPath', localPath, '"config"');
    checkProps('ConfigFiles.fromDirectory', options, DIRECTORY_OPTIONS);
    const { mountPath, mountStyle, rollout, id, ...directoryOptions } = options;
    const sources = [ConfigSource.fromDirectory(localPath, directoryOptions)];
    return new ConfigFiles({ mountPath, mountStyle, rollout, id, sources });
  }

  /** @see IPodExtension */
  public readonly id: string;
  private readonly mountPath: string;

  /**
   * @param props the props
   */
  constructor(private readonly props: ConfigFilesProps) {
    checkProps('ConfigFiles', props, PROPS);
    checkSources(props.sources);
    this.mountPath = props.mountPath ?? '/app/config';
    this.id = props.id ?? (slug(slug(this.mountPath).slice(-50)) || 'config');
  }

  /** @see IPodExtension */
  public bind(scope: Construct, options: PodExtensionContext): PodAdditions {
    const { sources, rollout = ConfigRollout.immutable(), mountStyle = MountStyle.DIRECTORY } = this.props;
    checkContainerPath(scope, "'mountPath'", this.mountPath);
    const { files, objects } = collectFiles(scope, sources);
    if (mountStyle === MountStyle.SUB_PATH) {
      checkSingleFiles(scope, rollout, objects);
    }
    const rule = mountStyle === MountStyle.SUB_PATH ? 'no-sub-path-config' : 'config-change-rolls-pods';
    const { maps, additions }: ConfigMaps =
      files.length > 0 ? defineConfigMaps(scope, this.id, options, files, rollout, rule) : { maps: [], additions: {} };
    objects.forEach(({ construct, items = [] }) => {
      const keys = items.map(({ key }) => key);
      checkConfigMap(scope, construct, keys, options.namespace);
    });
    waiveExistingRollouts(scope, objects, rule);
    const volume = configVolume(this.id, maps, objects);
    return {
      podAnnotations: additions.podAnnotations,
      mounts:
        mountStyle === MountStyle.DIRECTORY
          ? [{ path: this.mountPath, volume, readOnly: true }]
          : this.singleFiles(volume, [
              ...files.map(({ path }) => path),
              ...objects.flatMap(({ items = [] }) => items.map(({ path }) => path)),
            ]),
      reloadOn: reloadTargets(additions, objects),
    };
  }

  private singleFiles(volume: PodVolume, paths: readonly string[]): PodMount[] {
    const directory = this.mountPath === '/' ? '' : this.mountPath;
    return paths.map(path => ({ path: `${directory}/${path}`, volume, readOnly: true, subPath: path }));
  }
}

/** Refuses values that a user of plain JavaScript passes in place of sources. */
function checkSources(sources: readonly ConfigSource[]): void {
  if (!Array.isArray(sources)) {
    fail('ConfigFiles', "'sources' is not a list.", "Pass a list, for example '[ConfigSource.fromFile(...)]'.");
  }
  sources.forEach((source, i) => {
    if (typeof source?._resolve !== 'function') {
      fail(
        'ConfigFiles',
        `'sources[${i}]' is not a ConfigSource.`,
        "Create it with a factory, for example 'ConfigSource.fromFile(...)'.",
      );
    }
  });
}

function reloadTargets({ reloadOn = [] }: ConfigMaps['additions'], objects: readonly ExistingObject[]): ReloadTarget[] {
  return [
    ...reloadOn,
    ...objects
      .filter(({ rollout }) => rollout._strategy === 'reloader')
      .map(({ kind, name }) => ({
        kind: kind === 'secret' ? ReloadTargetKind.SECRET : ReloadTargetKind.CONFIG_MAP,
        name,
      })),
  ];
}
