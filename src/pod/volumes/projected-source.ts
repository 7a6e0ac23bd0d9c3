import type { Duration } from 'cdk8s';
import { checkArgument, checkProps, optional } from '../../checks/props';
import { seconds } from '../../checks/values';
import type { SecretSource } from '../secret-source';

/** Options of a token of the pod's ServiceAccount for another service. */
export interface ServiceAccountTokenOptions {
  /**
   * The path of the file in the volume.
   *
   * @default 'token'
   */
  readonly path?: string;

  /**
   * The time after which the token expires. The kubelet replaces it in time. At least 10 minutes.
   *
   * @default Duration.hours(1)
   */
  readonly expiration?: Duration;
}

/**
 * A source of a projected volume.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
export class ProjectedSource {
  /**
   * The keys of an existing ConfigMap as files. Use `ConfigFiles` if a change must roll out new pods.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param items the paths of the files by key; all keys if omitted
   */
  public static configMap(configMapName: string, items?: Record<string, string>): ProjectedSource {
    checkArgument('ProjectedSource.configMap', 'configMapName', configMapName, '"app-defaults"');
    return new ProjectedSource({ configMap: { name: configMapName, items: keyPaths(items) } });
  }

  /**
   * The keys of an existing Secret as files. Use `ConfigFiles` if a change must roll out new pods.
   *
   * @param secret the Secret
   * @param items the paths of the files by key; all keys if omitted
   */
  public static secret(secret: SecretSource, items?: Record<string, string>): ProjectedSource {
    checkArgument('ProjectedSource.secret', 'secret', secret, 'SecretSource.fromName("api-credentials")');
    return new ProjectedSource({ secret: { name: secret.secretName, items: keyPaths(items) } });
  }

  /**
   * Fields of the pod as files.
   *
   * @param files the fields by path of the file: `{ labels: 'metadata.labels' }`
   */
  public static downwardApi(files: Record<string, string>): ProjectedSource {
    checkArgument('ProjectedSource.downwardApi', 'files', files, '{ labels: "metadata.labels" }');
    return new ProjectedSource({ downwardAPI: { items: downwardApiItems(files) } });
  }

  /**
   * A token of the pod's ServiceAccount that another service accepts, such as a cloud provider or Vault.
   *
   * @param audience the service that accepts the token
   * @param options path and expiration
   */
  public static serviceAccountToken(audience: string, options: ServiceAccountTokenOptions = {}): ProjectedSource {
    checkArgument('ProjectedSource.serviceAccountToken', 'audience', audience, '"vault"');
    checkProps<ServiceAccountTokenOptions>('ProjectedSource.serviceAccountToken', options, {
      path: optional('string'),
      expiration: optional('Duration'),
    });
    const { path = 'token', expiration } = options;
    return new ProjectedSource({
      serviceAccountToken: { audience, path, expirationSeconds: expiration && seconds(expiration) },
    });
  }

  private constructor(
    /** @internal */
    public readonly _source: any,
  ) {}
}

/** Returns a projected volume. Only the user and, with `fsGroup`, the group of the app can read it with a Secret. */
export function projection(sources: readonly ProjectedSource[]): object {
  const hasSecret = sources.some(({ _source }) => _source.secret !== undefined);
  return { sources: sources.map(({ _source }) => _source), defaultMode: hasSecret ? 0o400 : undefined };
}

/** Returns a volume source that shows the resources of a container, unless it names one. */
export function withContainerName(source: any, containerName: string): object {
  const { downwardAPI, projected } = source;
  if (projected) {
    return {
      projected: { ...projected, sources: projected.sources.map((item: any) => withNames(item, containerName)) },
    };
  }
  return downwardAPI ? withNames(source, containerName) : source;
}

function withNames(source: any, containerName: string): object {
  const items = source.downwardAPI?.items?.map((item: any) =>
    item.resourceFieldRef ? { ...item, resourceFieldRef: { containerName, ...item.resourceFieldRef } } : item,
  );
  return items ? { ...source, downwardAPI: { ...source.downwardAPI, items } } : source;
}

/** Returns the items of the downward API: fields of the pod, or resources of the app container. */
export function downwardApiItems(files: Record<string, string>): object[] {
  return Object.entries(files).map(([path, field]) =>
    /^(?:limits|requests)\./.test(field)
      ? { path, resourceFieldRef: { resource: field } }
      : { path, fieldRef: { fieldPath: field } },
  );
}

function keyPaths(items: Record<string, string> | undefined): { key: string; path: string }[] | undefined {
  return items && Object.entries(items).map(([key, path]) => ({ key, path }));
}
