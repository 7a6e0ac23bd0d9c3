import type { IConstruct } from 'constructs';
import type { SecretSource } from './secret-source';
import { checkArgument, checkProps, PropTable, optional } from '../checks/props';
import { checkConfigKey, checkObjectName } from '../checks/values';

/** Options of a CA certificate. */
export interface CaCertificateOptions {
  /**
   * The key of the certificate in PEM format.
   *
   * @default 'ca.crt'
   */
  readonly key?: string;
}

const PROPS: PropTable<CaCertificateOptions> = { key: optional('string') };
const DEFAULT_KEY = 'ca.crt';

/** The CA certificate that clients verify a server with, from a ConfigMap or Secret in their namespace. */
export class CaCertificate {
  /**
   * References a certificate in a ConfigMap, as trust-manager creates it.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options the key
   */
  public static fromConfigMapName(configMapName: string, options: CaCertificateOptions = {}): CaCertificate {
    checkArgument('CaCertificate.fromConfigMapName', 'configMapName', configMapName, '"internal-ca"');
    checkProps('CaCertificate.fromConfigMapName', options, PROPS);
    return new CaCertificate('configMap', configMapName, options.key ?? DEFAULT_KEY);
  }

  /**
   * References a certificate in a Secret, as cert-manager creates it.
   *
   * @param secret the Secret
   * @param options the key
   */
  public static fromSecret(secret: SecretSource, options: CaCertificateOptions = {}): CaCertificate {
    checkArgument('CaCertificate.fromSecret', 'secret', secret, 'SecretSource.fromName("internal-ca")');
    checkProps('CaCertificate.fromSecret', options, PROPS);
    return new CaCertificate('secret', secret.secretName, options.key ?? DEFAULT_KEY);
  }

  private constructor(
    private readonly kind: 'configMap' | 'secret',
    private readonly name: string,
    private readonly key: string,
  ) {}

  /** @internal */
  public _check(scope: IConstruct, subject: string): void {
    const kind = this.kind === 'secret' ? 'Secret' : 'ConfigMap';
    checkObjectName(scope, `the ${kind} of ${subject}`, this.name);
    checkConfigKey(scope, `the ${kind} of ${subject}`, this.key);
  }

  /**
   * Returns a volume that contains only the certificate.
   *
   * @internal
   */
  public _volume(path: string, mode: number): any {
    const items = [{ key: this.key, path }];
    return this.kind === 'secret'
      ? { secret: { secretName: this.name, items, defaultMode: mode } }
      : { configMap: { name: this.name, items, defaultMode: mode } };
  }

  /**
   * Returns a source of a projected volume.
   *
   * @internal
   */
  public _projection(path: string): any {
    return { [this.kind]: { name: this.name, items: [{ key: this.key, path }] } };
  }
}
