import { ConfigMap, EnvValue, IConfigMap, Secret } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { defineConfigMap } from './config-map';
import { ConfigRollout } from './config-rollout';
import { checkOwnedFile } from './owned-file';
import { fail } from '../checks/fail';
import { checkReadable } from '../checks/misread';
import { checkObjectName, checkVariable, isConfigKey, slug } from '../checks/values';
import type { CapabilityBindOptions, ICapability, PodContribution } from '../pod/capability';
import type { SecretSource } from '../pod/secret-source';

/** How variables of the program are kept. */
export interface ConfigVariablesOptions {
  /**
   * What happens when a value changes: `ConfigRollout.immutable()` or `ConfigRollout.checksum()`.
   *
   * @default ConfigRollout.immutable()
   */
  readonly rollout?: ConfigRollout;

  /**
   * Their name inside the workload, and part of the ConfigMap's: a DNS label of at most 50 characters.
   *
   * @default 'variables'
   */
  readonly id?: string;
}

/** How an object that something else makes becomes variables. */
export interface ExistingVariablesOptions {
  /**
   * What happens when the object changes, which this library does not see: `ConfigRollout.reloader()` or
   * `ConfigRollout.none(reason)`.
   */
  readonly rollout: ConfigRollout;

  /**
   * Which keys to read, by the variable's name: from `DB_HOST` to the key `host`.
   *
   * @default - every key, as a variable of its name
   */
  readonly variables?: Record<string, string>;

  /**
   * What the variables' names begin with where every key is read.
   *
   * @default - nothing
   */
  readonly prefix?: string;

  /**
   * Their name inside the workload: a DNS label of at most 50 characters.
   *
   * @default - the object's name
   */
  readonly id?: string;
}

type Bind = (scope: Construct, options: CapabilityBindOptions) => PodContribution;

/**
 * Environment variables, the same for all replicas. Containers read them once, when they start, so a change has to roll
 * the pods to be seen.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export class ConfigVariables implements ICapability {
  /**
   * Variables of the program. Defines a ConfigMap.
   *
   * @param values the values by the variables' names
   * @param options how they are kept
   */
  public static fromMap(values: Record<string, string>, options: ConfigVariablesOptions = {}): ConfigVariables {
    const { rollout = ConfigRollout.immutable(), id = 'variables' } = options;
    return new ConfigVariables(id, (scope, bindOptions) => {
      refuseLive(scope, rollout);
      const names = Object.keys(values).sort();
      if (names.length === 0) {
        fail(scope, 'it has no variables. give it at least one');
      }
      names.forEach(name => {
        checkVariable(scope, name);
        checkReadable(scope, `the variable '${name}'`, values[name]);
        checkOwnedFile(scope, { path: name, content: values[name] }, { checkSyntax: false });
      });
      const map = defineConfigMap(
        scope,
        id,
        bindOptions,
        names.map(name => ({ path: name, content: values[name] })),
        rollout,
      );
      const ref = ConfigMap.fromConfigMapName(scope, 'Reference', map.name);
      const keys = new Map(map.items?.map(({ path, key }) => [path, key]));
      return { ...map.contribution, env: fromEach(names, name => EnvValue.fromConfigMap(ref, keys.get(name) ?? name)) };
    });
  }

  /**
   * Variables from a ConfigMap of cdk8s-plus-28.
   *
   * @param configMap the ConfigMap
   * @param options which keys, and what happens when they change
   */
  public static fromConfigMap(configMap: IConfigMap, options: ExistingVariablesOptions): ConfigVariables {
    return ConfigVariables.fromConfigMapName(configMap.name, options);
  }

  /**
   * Variables from a ConfigMap by its name, whoever makes it.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options which keys, and what happens when they change
   */
  public static fromConfigMapName(configMapName: string, options: ExistingVariablesOptions): ConfigVariables {
    return new ConfigVariables(options.id ?? idOf(configMapName), scope => {
      const ref = ConfigMap.fromConfigMapName(scope, 'Reference', checkObjectName(scope, 'ConfigMap', configMapName));
      return existing(scope, 'configMap', configMapName, options, key => EnvValue.fromConfigMap(ref, key));
    });
  }

  /**
   * Variables from a Secret. A file is safer where the app can read one: variables are seen by child processes and in
   * crash reports.
   *
   * @param secret the Secret
   * @param options which keys, and what happens when they change
   */
  public static fromSecret(secret: SecretSource, options: ExistingVariablesOptions): ConfigVariables {
    return new ConfigVariables(options.id ?? idOf(secret.secretName), scope => {
      const ref = Secret.fromSecretName(scope, 'Reference', checkObjectName(scope, 'Secret', secret.secretName));
      return existing(scope, 'secret', secret.secretName, options, key => ref.envValue(key));
    });
  }

  private constructor(
    /** @see ICapability */
    public readonly capabilityId: string,
    private readonly define: Bind,
  ) {}

  /** @see ICapability */
  public bind(scope: Construct, options: CapabilityBindOptions): PodContribution {
    return this.define(scope, options);
  }
}

function existing(
  scope: Construct,
  kind: 'configMap' | 'secret',
  name: string,
  options: ExistingVariablesOptions,
  read: (key: string) => EnvValue,
): PodContribution {
  const { rollout, variables, prefix } = options;
  rollout._check(scope);
  refuseLive(scope, rollout);
  if (['immutable', 'checksum'].includes(rollout.strategy)) {
    fail(
      scope,
      `'${name}' is made elsewhere, so its content is not known here and 'ConfigRollout.${rollout.strategy}()' ` +
        `cannot be kept. choose 'ConfigRollout.reloader()' or 'ConfigRollout.none(reason)'`,
    );
  }
  for (const [variable, key] of Object.entries(variables ?? {})) {
    checkVariable(scope, variable);
    if (!isConfigKey(key)) {
      fail(scope, `'${name}' cannot have the key '${key}'. keys are letters, digits, '-', '_' and '.'`);
    }
  }
  return {
    env: variables && fromEach(Object.keys(variables), variable => read(variables[variable])),
    envFrom: variables ? undefined : [{ [`${kind}Name`]: name, prefix }],
    reloadOn: rollout.strategy === 'reloader' ? [{ kind: kind.toLowerCase(), name }] : undefined,
  };
}

function refuseLive(scope: Construct, rollout: ConfigRollout): void {
  if (rollout.strategy === 'live') {
    fail(
      scope,
      "variables are read once, when a container starts, so 'ConfigRollout.live()' cannot be kept. choose a " +
        'rollout that replaces the pods, or mount files',
    );
  }
}

function fromEach(names: readonly string[], value: (name: string) => EnvValue): Record<string, EnvValue> {
  return Object.fromEntries(names.map(name => [name, value(name)]));
}

function idOf(objectName: string): string {
  return slug(slug(objectName).slice(0, 50));
}
