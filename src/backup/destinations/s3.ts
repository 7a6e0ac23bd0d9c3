import { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { FileDestination, ResolvedDestination } from './file-destination';
import { S3Credentials } from './s3-credentials';
import { checkCidrs } from '../../checks/cidrs';
import { fail } from '../../checks/fail';
import { trimEnd } from '../../checks/paths';
import { checkReason } from '../../checks/reason';
import { checkEnum } from '../../checks/value-types';
import { checkPort } from '../../checks/values';
import { CLOUD_METADATA, CLOUD_METADATA_PORTS, NAMESPACE_LABEL } from '../../facts/network';
import { S3 as S3_STRINGS } from '../../logging/sinks/s3';
import { CaCertificate } from '../../pod/ca-certificate';
import { tcp } from '../../pod/network-policy';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';

/** The encryption of objects by the object store. */
export enum S3ServerSideEncryption {
  /** With a key that the object store manages. */
  AES256 = 'AES256',
  /** With a key of a key management service. */
  KMS = 'aws:kms',
}

/** Options of `BackupDestination.s3`. */
export interface S3BackupDestinationOptions {
  /** The bucket, which must exist. */
  readonly bucket: string;

  /** The region. */
  readonly region: string;

  /** The credentials: an access key in a Secret, or the identity of the pod. */
  readonly credentials: S3Credentials;

  /**
   * The first part of the object keys, before the path of the backup.
   *
   * @default - none
   */
  readonly prefix?: string;

  /**
   * The URL of an object store other than Amazon S3.
   *
   * @default - Amazon S3
   */
  readonly endpoint?: string;

  /**
   * Whether the name of the bucket is part of the path of a URL, and not of the host name.
   *
   * @default - true with `endpoint`; otherwise false
   */
  readonly pathStyle?: boolean;

  /**
   * The reason for an `endpoint` without encryption, `http://`, in at least three words.
   *
   * @default - the endpoint must have the scheme `https://`
   */
  readonly unencryptedReason?: string;

  /**
   * The certificate of the authority that signed the certificate of the endpoint.
   *
   * @default - the public certificate authorities
   */
  readonly caCertificate?: CaCertificate;

  /**
   * The encryption of objects by the object store.
   *
   * @default - the default of the bucket
   */
  readonly serverSideEncryption?: S3ServerSideEncryption;

  /**
   * The ID of the key for `S3ServerSideEncryption.KMS`.
   *
   * @default - the default key of the account
   */
  readonly kmsKeyId?: string;

  /**
   * The CIDR blocks that contain the object store. Network policies cannot refer to host names.
   *
   * @default - the namespace of an endpoint that is a Service, such as `http://s3.storage.svc:9000`; otherwise any
   *   address
   */
  readonly cidrs?: string[];

  /**
   * The ports that the network policy opens. A policy sees the port of the pods behind a Service: name that port if it
   * differs from the port of the Service.
   *
   * @default - the port of the endpoint
   */
  readonly egressPorts?: number[];
}

const CA_DIRECTORY = '/run/certificates/destination';

/** A bucket of S3 or a compatible object store. */
export class S3Destination implements FileDestination {
  constructor(private readonly options: S3BackupDestinationOptions) {}

  public resolve(scope: IConstruct): ResolvedDestination {
    this.checkStrings(scope);
    const { bucket, prefix, credentials } = this.options;
    const url = this.endpointUrl(scope);
    const { setup, mounts, serviceAccountAnnotations, usesMetadata } = credentials._resolve(scope);
    return {
      root: ['s3:' + bucket, prefix].filter(Boolean).join('/'),
      env: this.variables(scope, url),
      mounts: [...mounts, ...this.caMounts()],
      setup,
      egress: [...this.egress(scope, url), ...(usesMetadata ? METADATA_RULES : [])],
      serviceAccountAnnotations,
    };
  }

  private checkStrings(scope: IConstruct): void {
    const { kmsKeyId, serverSideEncryption } = this.options;
    for (const option of ['bucket', 'region', 'prefix'] as const) {
      const value = this.options[option];
      const { pattern, characters } = S3_STRINGS.strings[option];
      if (value !== undefined && !pattern.test(value)) {
        fail(
          scope,
          `'${option}' of the destination is '${value}', which is not a valid ${option}.`,
          `Use ${characters}.`,
        );
      }
    }
    checkEnum(scope, "'serverSideEncryption'", serverSideEncryption, 'S3ServerSideEncryption', S3ServerSideEncryption);
    if (kmsKeyId !== undefined && serverSideEncryption !== S3ServerSideEncryption.KMS) {
      fail(
        scope,
        `'kmsKeyId' is '${kmsKeyId}', but the objects are not encrypted with a key of a key management service.`,
        "Set 'serverSideEncryption: S3ServerSideEncryption.KMS', or omit 'kmsKeyId'.",
      );
    }
  }

  private endpointUrl(scope: IConstruct): URL | undefined {
    const { endpoint, unencryptedReason } = this.options;
    if (unencryptedReason !== undefined) {
      checkReason(scope, "'unencryptedReason'", unencryptedReason);
    }
    if (endpoint === undefined) {
      return unencryptedReason === undefined
        ? undefined
        : fail(scope, "'unencryptedReason' is set, but connections to Amazon S3 are encrypted.", 'Omit it.');
    }
    const url = parsedUrl(scope, endpoint);
    if (url.protocol === 'http:' && unencryptedReason === undefined) {
      fail(
        scope,
        `'endpoint' is '${endpoint}', which is not encrypted.`,
        "Use 'https://', or set 'unencryptedReason' to the reason.",
      );
    }
    if (url.protocol === 'https:' && unencryptedReason !== undefined) {
      fail(scope, "'unencryptedReason' is set, but 'endpoint' is encrypted.", "Omit 'unencryptedReason'.");
    }
    return url;
  }

  private variables(scope: IConstruct, url: URL | undefined): Record<string, EnvValue> {
    const { region, endpoint, pathStyle = endpoint !== undefined, serverSideEncryption, kmsKeyId } = this.options;
    const values: Record<string, string | undefined> = {
      TYPE: 's3',
      PROVIDER: url === undefined ? 'AWS' : 'Other',
      REGION: region,
      ENDPOINT: url && trimEnd(url.href, '/'),
      FORCE_PATH_STYLE: String(pathStyle),
      // the bucket exists, and its credentials need no permission to create one
      NO_CHECK_BUCKET: 'true',
      SERVER_SIDE_ENCRYPTION: serverSideEncryption,
      SSE_KMS_KEY_ID: kmsKeyId,
    };
    const env = Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[`RCLONE_CONFIG_S3_${name}`, EnvValue.fromValue(value)] as const],
    );
    const { caCertificate } = this.options;
    caCertificate?._check(scope, "'caCertificate'");
    return {
      ...Object.fromEntries(env),
      ...(caCertificate ? { RCLONE_CA_CERT: EnvValue.fromValue(`${CA_DIRECTORY}/ca.crt`) } : {}),
    };
  }

  private caMounts(): PodMount[] {
    const { caCertificate } = this.options;
    return caCertificate === undefined
      ? []
      : [
          {
            path: CA_DIRECTORY,
            volume: PodVolume.fromSource('destination-ca', caCertificate._volume('ca.crt', 0o440)),
            readOnly: true,
          },
        ];
  }

  private egress(scope: IConstruct, url: URL | undefined): object[] {
    const { cidrs = [], egressPorts } = this.options;
    checkCidrs(scope, "'cidrs' of the destination", cidrs);
    const port = url === undefined || url.port === '' ? (url?.protocol === 'http:' ? 80 : 443) : Number(url.port);
    const ports = tcp(...(egressPorts ?? [port]).map(each => checkPort(scope, "'egressPorts'", each)));
    const namespace = /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(url?.hostname ?? '')?.[1];
    if (cidrs.length > 0) {
      return [{ to: cidrs.map(cidr => ({ ipBlock: { cidr } })), ports }];
    }
    return namespace === undefined
      ? [{ ports }]
      : [{ to: [{ namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: namespace } } }], ports }];
  }
}

/** The servers that give a pod the credentials of its identity. */
const METADATA_RULES = [
  {
    to: CLOUD_METADATA.map(({ cidr }) => ({ ipBlock: { cidr } })),
    ports: tcp(...CLOUD_METADATA_PORTS),
  },
];

function parsedUrl(scope: IConstruct, endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) {
    return fail(scope, `'endpoint' is '${endpoint}', which is not a URL of HTTPS.`, "Write it as 'https://host:port'.");
  }
  if (url.username || url.password || url.search || url.hash) {
    // the value stays out of the message, because it can contain a credential
    fail(
      scope,
      "'endpoint' contains a user, a password, a query or a fragment, which everyone who can read the manifest sees.",
      "Remove it, and set 'credentials'.",
    );
  }
  if (url.pathname !== '/') {
    fail(
      scope,
      `'endpoint' has the path '${url.pathname}', which is not part of the address of an object store.`,
      "Remove it, and set 'bucket' and 'prefix'.",
    );
  }
  return url;
}
