import type { ISecret } from 'cdk8s-plus-28';

/**
 * A Secret that exists already, or that something else makes: the External Secrets Operator, Sealed Secrets, a person.
 */
export class SecretSource {
  /**
   * A Secret by its name, whoever makes it.
   *
   * @param secretName the name, in the namespace of the pods
   */
  public static fromName(secretName: string): SecretSource {
    return new SecretSource(secretName);
  }

  /**
   * A Secret of cdk8s-plus-28.
   *
   * @param secret the Secret
   */
  public static fromSecret(secret: ISecret): SecretSource {
    return new SecretSource(secret.name);
  }

  private constructor(
    /** The Secret's name. */
    public readonly secretName: string,
  ) {}
}
