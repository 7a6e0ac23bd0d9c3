import type { ISecret } from 'cdk8s-plus-28';
import { checkArgument } from '../checks/props';

/** A Secret that exists in the cluster, or that another tool creates, such as the External Secrets Operator. */
export class SecretSource {
  /**
   * References a Secret by its name.
   *
   * @param secretName the name, in the namespace of the pods
   */
  public static fromName(secretName: string): SecretSource {
    checkArgument('SecretSource.fromName', 'secretName', secretName, '"api-credentials"');
    return new SecretSource(secretName);
  }

  /**
   * References a Secret of cdk8s-plus-28.
   *
   * @param secret the Secret
   */
  public static fromSecret(secret: ISecret): SecretSource {
    checkArgument(
      'SecretSource.fromSecret',
      'secret',
      secret,
      "Secret.fromSecretName(chart, 'secret', 'api-credentials')",
    );
    return new SecretSource(secret.name);
  }

  private constructor(
    /** The name of the Secret. */
    public readonly secretName: string,
  ) {}
}
