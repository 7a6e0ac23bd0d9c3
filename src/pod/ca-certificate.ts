import type { IConstruct } from 'constructs';
import type { SecretSource } from './secret-source';
import { fail } from '../checks/fail';
import { checkObjectName, isConfigKey } from '../checks/values';

/** Where in its object a certificate is. */
export interface CaCertificateOptions {
  /**
   * The key of the certificate in PEM.
   *
   * @default 'ca.crt'
   */
  readonly key?: string;
}

/** The certificate of the authority that a server is checked with, in an object of its clients' namespace. */
export class CaCertificate {
  /**
   * A certificate in a ConfigMap, as trust-manager writes it.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options its key
   */
  public static fromConfigMapName(configMapName: string, options: CaCertificateOptions = {}): CaCertificate {
    return new CaCertificate('configMap', configMapName, options.key ?? 'ca.crt');
  }

  /**
   * A certificate in a Secret, as cert-manager writes it.
   *
   * @param secret the Secret
   * @param options its key
   */
  public static fromSecret(secret: SecretSource, options: CaCertificateOptions = {}): CaCertificate {
    return new CaCertificate('secret', secret.secretName, options.key ?? 'ca.crt');
  }

  private constructor(
    private readonly kind: 'configMap' | 'secret',
    private readonly name: string,
    private readonly key: string,
  ) {}

  /** @internal */
  public _check(scope: IConstruct, what: string): void {
    checkObjectName(scope, `the ${this.kind === 'secret' ? 'Secret' : 'ConfigMap'} of ${what}`, this.name);
    if (!isConfigKey(this.key)) {
      fail(scope, `${what} has the key '${this.key}', which cannot be.`, "Keys are letters, digits, '-', '_' and '.'.");
    }
  }

  /**
   * A volume of the certificate alone.
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
   * A source of a projected volume.
   *
   * @internal
   */
  public _projection(path: string): any {
    return { [this.kind]: { name: this.name, items: [{ key: this.key, path }] } };
  }
}
