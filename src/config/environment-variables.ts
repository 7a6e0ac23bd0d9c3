import { ConfigMap, EnvValue, IConfigMap, Secret } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { defineConfigMap } from './config-map';
import { checkRollout, ConfigRollout, ExistingRollout, Rollout } from './config-rollout';
import { checkOwnedFile } from './owned-file';
import { fail } from '../checks/fail';
import { checkReadable } from '../checks/misread';
import { checkObjectName, checkVariable, isConfigKey, slug } from '../checks/values';
import { IPodExtension, PodAdditions, PodExtensionContext, ReloadTarget, ReloadTargetKind } from '../pod/pod-extension';
import { PodEnvFrom, PodEnvFromOptions } from '../pod/pod-parts';
import type { SecretSource } from '../pod/secret-source';

/** How variables of the program are kept. */
export interface EnvironmentVariablesOptions {
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
   * What happens when the object changes, which this library does not see. `live()` is refused.
   */
  readonly rollout: ExistingRollout;

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

type Bind = (scope: Construct, options: PodExtensionContext) => PodAdditions;

/**
 * Environment variables, the same for all replicas. Containers read them once, when they start, so a change has to roll
 * the pods to be seen.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export class EnvironmentVariables implements IPodExtension {
  /**
   * Variables of the program. Defines a ConfigMap.
   *
   * @param values the values by the variables' names
   * @param options how they are kept
   */
  public static fromMap(
    values: Record<string, string>,
    options: EnvironmentVariablesOptions = {},
  ): EnvironmentVariables {
    const { rollout = ConfigRollout.immutable(), id = 'variables' } = options;
    return new EnvironmentVariables(id, (scope, bindOptions) => {
      refuseLive(scope, rollout);
      const names = Object.keys(values).sort();
      if (names.length === 0) {
        fail(scope, 'It has no variables.', 'Give it at least one.');
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
  public static fromConfigMap(configMap: IConfigMap, options: ExistingVariablesOptions): EnvironmentVariables {
    return EnvironmentVariables.fromConfigMapName(configMap.name, options);
  }

  /**
   * Variables from a ConfigMap by its name, whoever makes it.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options which keys, and what happens when they change
   */
  public static fromConfigMapName(configMapName: string, options: ExistingVariablesOptions): EnvironmentVariables {
    return new EnvironmentVariables(options.id ?? idOf(configMapName), scope => {
      const ref = ConfigMap.fromConfigMapName(scope, 'Reference', checkObjectName(scope, 'ConfigMap', configMapName));
      return existing(scope, options, {
        object: { kind: ReloadTargetKind.CONFIG_MAP, name: configMapName },
        read: key => EnvValue.fromConfigMap(ref, key),
        readAll: envFromOptions => PodEnvFrom.fromConfigMapName(configMapName, envFromOptions),
      });
    });
  }

  /**
   * Variables from a Secret. A file is safer where the app can read one: variables are seen by child processes and in
   * crash reports.
   *
   * @param secret the Secret
   * @param options which keys, and what happens when they change
   */
  public static fromSecret(secret: SecretSource, options: ExistingVariablesOptions): EnvironmentVariables {
    return new EnvironmentVariables(options.id ?? idOf(secret.secretName), scope => {
      const ref = Secret.fromSecretName(scope, 'Reference', checkObjectName(scope, 'Secret', secret.secretName));
      return existing(scope, options, {
        object: { kind: ReloadTargetKind.SECRET, name: secret.secretName },
        read: key => ref.envValue(key),
        readAll: envFromOptions => PodEnvFrom.fromSecret(secret, envFromOptions),
      });
    });
  }

  private constructor(
    /** @see IPodExtension */
    public readonly id: string,
    private readonly define: Bind,
  ) {}

  /** @see IPodExtension */
  public bind(scope: Construct, options: PodExtensionContext): PodAdditions {
    return this.define(scope, options);
  }
}

/** How the variables of an existing object are read. */
interface Existing {
  readonly object: ReloadTarget;
  readonly read: (key: string) => EnvValue;
  readonly readAll: (options: PodEnvFromOptions) => PodEnvFrom;
}

function existing(
  scope: Construct,
  options: ExistingVariablesOptions,
  { object, read, readAll }: Existing,
): PodAdditions {
  const { rollout, variables, prefix } = options;
  checkRollout(scope, rollout);
  refuseLive(scope, rollout);
  for (const [variable, key] of Object.entries(variables ?? {})) {
    checkVariable(scope, variable);
    if (!isConfigKey(key)) {
      fail(scope, `'${object.name}' cannot have the key '${key}'.`, "Keys are letters, digits, '-', '_' and '.'.");
    }
  }
  return {
    env: variables && fromEach(Object.keys(variables), variable => read(variables[variable])),
    envFrom: variables ? undefined : [readAll({ prefix })],
    reloadOn: rollout._strategy === 'reloader' ? [object] : undefined,
  };
}

function refuseLive(scope: Construct, rollout: Rollout): void {
  if (rollout._strategy === 'live') {
    fail(
      scope,
      "Variables are read once, when a container starts, so 'live()' cannot be kept.",
      'Choose a rollout that replaces the pods, or mount files.',
    );
  }
}

function fromEach(names: readonly string[], value: (name: string) => EnvValue): Record<string, EnvValue> {
  return Object.fromEntries(names.map(name => [name, value(name)]));
}

function idOf(objectName: string): string {
  return slug(slug(objectName).slice(0, 50));
}
