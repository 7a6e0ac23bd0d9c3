import type { IConstruct } from 'constructs';
import { checkProps, PropTable, optional, required } from '../../checks/props';
import { checkObjectName, checkSecretKey } from '../../checks/values';
import type { AccessKeyAuthOptions } from '../../logging/log-auth';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';

/** Options of `S3Credentials.podIdentity`. */
export interface PodIdentityOptions {
  /**
   * The annotations of the ServiceAccounts that name the role, such as `eks.amazonaws.com/role-arn`.
   *
   * @default - none; the cloud assigns the role by the name of the ServiceAccount
   */
  readonly serviceAccountAnnotations?: Record<string, string>;
}

const ACCESS_KEY: PropTable<AccessKeyAuthOptions> = {
  secret: required('SecretSource.fromName("backups")'),
  accessKeyIdKey: optional('string'),
  secretAccessKeyKey: optional('string'),
};
const POD_IDENTITY: PropTable<PodIdentityOptions> = { serviceAccountAnnotations: optional('string{}') };

const CREDENTIALS_DIRECTORY = '/run/secrets/destination';

/** The parts of a pod that credentials need. */
interface ResolvedCredentials {
  readonly setup: readonly string[];
  readonly mounts: readonly PodMount[];
  readonly serviceAccountAnnotations?: Record<string, string>;
  readonly usesMetadata: boolean;
}

/** The credentials for S3 or a compatible object store. They are never in a manifest. */
export class S3Credentials {
  /**
   * Uses an access key in a Secret, which only the container that connects mounts, as files. The key can contain any
   * character.
   *
   * @param options the Secret and its keys
   */
  public static accessKey(options: AccessKeyAuthOptions): S3Credentials {
    checkProps('S3Credentials.accessKey', options, ACCESS_KEY);
    return new S3Credentials(options, undefined);
  }

  /**
   * Uses the identity that the cloud provider assigns to the ServiceAccount of the pods.
   *
   * @param options the annotations of the ServiceAccounts
   */
  public static podIdentity(options: PodIdentityOptions = {}): S3Credentials {
    checkProps('S3Credentials.podIdentity', options, POD_IDENTITY);
    return new S3Credentials(undefined, options);
  }

  private constructor(
    private readonly key: AccessKeyAuthOptions | undefined,
    private readonly identity: PodIdentityOptions | undefined,
  ) {}

  /** @internal */
  public _resolve(scope: IConstruct): ResolvedCredentials {
    if (this.key === undefined) {
      const { serviceAccountAnnotations } = this.identity!;
      return {
        setup: ['export RCLONE_CONFIG_S3_ENV_AUTH=true'],
        mounts: [],
        serviceAccountAnnotations,
        usesMetadata: true,
      };
    }
    const { secret, accessKeyIdKey = 'access-key-id', secretAccessKeyKey = 'secret-access-key' } = this.key;
    const items = [
      { key: checkSecretKey(scope, accessKeyIdKey), path: 'access-key-id' },
      { key: checkSecretKey(scope, secretAccessKeyKey), path: 'secret-access-key' },
    ];
    const source = {
      secret: { secretName: checkObjectName(scope, 'the Secret', secret.secretName), items, defaultMode: 0o440 },
    };
    return {
      setup: items.flatMap(({ key, path }) => {
        const variable = `RCLONE_CONFIG_S3_${path.toUpperCase().replace(/-/g, '_')}`;
        return [
          `${variable}="$(cat ${CREDENTIALS_DIRECTORY}/${path})"`,
          // without a key, rclone connects as an anonymous user, whose backups anyone could replace
          `[ -n "$${variable}" ] || problem "Key '${key}' of the Secret '${secret.secretName}' is empty. Set a value."`,
          `export ${variable}`,
        ];
      }),
      mounts: [
        {
          path: CREDENTIALS_DIRECTORY,
          volume: PodVolume.fromSource('destination-credentials', source),
          readOnly: true,
        },
      ],
      usesMetadata: false,
    };
  }
}
