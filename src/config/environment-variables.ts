import { ConfigMap, EnvValue, IConfigMap, Secret } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { defineConfigMap } from './config-map';
import { checkConfigMap } from './config-map-reference';
import { checkRollout, ConfigRollout, ExistingRollout, Rollout } from './config-rollout';
import { waiveExistingRollouts } from './existing-rollout-waiver';
import { checkOwnedFile } from './owned-file';
import { fail } from '../checks/fail';
import { checkReadable } from '../checks/misread';
import { checkArgument, checkProps, PropTable, required, optional } from '../checks/props';
import { checkConfigKey, checkObjectName, checkVariable, slug } from '../checks/values';
import { IPodExtension, PodAdditions, PodExtensionContext, ReloadTarget, ReloadTargetKind } from '../pod/pod-extension';
import { PodEnvFrom, PodEnvFromOptions } from '../pod/pod-parts';
import type { SecretSource } from '../pod/secret-source';
import { referencesIn } from '../predicates/variable-references';

/** Options of environment variables that are defined in this app. */
export interface EnvironmentVariablesOptions {
  /**
   * The effect of a change. `ConfigRollout.live()` is refused.
   *
   * @default ConfigRollout.immutable()
   */
  readonly rollout?: ConfigRollout;

  /**
   * The construct ID in the workload, and part of the name of the ConfigMap: a DNS label of at most 50 characters.
   *
   * @default 'variables'
   */
  readonly id?: string;
}

/** Options of environment variables from an existing ConfigMap or Secret. */
export interface ExistingVariablesOptions {
  /** The effect of a change, which is not known at synthesis. `ExistingRollout.live()` is refused. */
  readonly rollout: ExistingRollout;

  /**
   * The keys to read, by the name of the variable: `{ DB_HOST: 'host' }`.
   *
   * @default - all keys, each as a variable of its name
   */
  readonly variables?: Record<string, string>;

  /**
   * The prefix of the variable names, if all keys are read.
   *
   * @default - no prefix
   */
  readonly prefix?: string;

  /**
   * The construct ID in the workload: a DNS label of at most 50 characters.
   *
   * @default - the name of the object
   */
  readonly id?: string;
}

type Bind = (scope: Construct, context: PodExtensionContext) => PodAdditions;

const OPTIONS: PropTable<EnvironmentVariablesOptions> = { rollout: optional('ConfigRollout'), id: optional('string') };
const EXISTING: PropTable<ExistingVariablesOptions> = {
  rollout: required('ExistingRollout.reloader()', 'ExistingRollout'),
  variables: optional('string{}'),
  prefix: optional('string'),
  id: optional('string'),
};

/**
 * Sets environment variables, the same for all replicas.
 *
 * A container reads its variables once, at its start, so that a change only takes effect in new pods.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export class EnvironmentVariables implements IPodExtension {
  /**
   * Sets variables to values that are defined in this app. Creates a ConfigMap.
   *
   * @param values the values by the names of the variables
   * @param options rollout and construct ID
   */
  public static fromMap(
    values: Record<string, string>,
    options: EnvironmentVariablesOptions = {},
  ): EnvironmentVariables {
    checkArgument('EnvironmentVariables.fromMap', 'values', values, '{ LEVEL: "info" }');
    checkProps('EnvironmentVariables.fromMap', options, OPTIONS);
    const { rollout = ConfigRollout.immutable(), id = 'variables' } = options;
    return new EnvironmentVariables(id, (scope, context) => {
      refuseLive(scope, rollout);
      const names = checkValues(scope, values);
      const files = names.map(name => ({ path: name, content: values[name] }));
      const map = defineConfigMap(scope, id, context, files, rollout);
      const reference = ConfigMap.fromConfigMapName(scope, 'Reference', map.name);
      const keys = new Map(map.items?.map(({ path, key }) => [path, key]));
      return {
        ...map.additions,
        env: fromEach(names, name => EnvValue.fromConfigMap(reference, keys.get(name) ?? name)),
      };
    });
  }

  /**
   * Sets variables to values from a ConfigMap of cdk8s-plus-28.
   *
   * @param configMap the ConfigMap
   * @param options the effect of a change, and the keys
   */
  public static fromConfigMap(configMap: IConfigMap, options: ExistingVariablesOptions): EnvironmentVariables {
    checkArgument('EnvironmentVariables.fromConfigMap', 'configMap', configMap, 'new ConfigMap(chart, "config")');
    const { id, define } = EnvironmentVariables.fromConfigMapName(configMap.name, options);
    return new EnvironmentVariables(id, (scope, context) => {
      checkConfigMap(scope, configMap, Object.values(options.variables ?? {}), context.namespace);
      return define(scope, context);
    });
  }

  /**
   * Sets variables to values from an existing ConfigMap.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options the effect of a change, and the keys
   */
  public static fromConfigMapName(configMapName: string, options: ExistingVariablesOptions): EnvironmentVariables {
    checkArgument('EnvironmentVariables.fromConfigMapName', 'configMapName', configMapName, '"app-defaults"');
    checkProps('EnvironmentVariables.fromConfigMapName', options, EXISTING);
    return new EnvironmentVariables(options.id ?? idOf(configMapName), scope => {
      checkObjectName(scope, 'the ConfigMap', configMapName);
      const reference = ConfigMap.fromConfigMapName(scope, 'Reference', configMapName);
      return existing(scope, options, {
        object: { kind: ReloadTargetKind.CONFIG_MAP, name: configMapName },
        read: key => EnvValue.fromConfigMap(reference, key),
        readAll: envFromOptions => PodEnvFrom.fromConfigMapName(configMapName, envFromOptions),
      });
    });
  }

  /**
   * Sets variables to values from a Secret. If the app can read a file, prefer `ConfigSource.fromSecret`, because child
   * processes and crash reports can expose variables.
   *
   * @param secret the Secret
   * @param options the effect of a change, and the keys
   */
  public static fromSecret(secret: SecretSource, options: ExistingVariablesOptions): EnvironmentVariables {
    checkArgument('EnvironmentVariables.fromSecret', 'secret', secret, 'SecretSource.fromName("api-credentials")');
    checkProps('EnvironmentVariables.fromSecret', options, EXISTING);
    const { secretName } = secret;
    return new EnvironmentVariables(options.id ?? idOf(secretName), scope => {
      checkObjectName(scope, 'the Secret', secretName);
      const reference = Secret.fromSecretName(scope, 'Reference', secretName);
      return existing(scope, options, {
        object: { kind: ReloadTargetKind.SECRET, name: secretName },
        read: key => reference.envValue(key),
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

/** An existing object, and the functions that read its keys. */
interface Existing {
  readonly object: ReloadTarget;
  readonly read: (key: string) => EnvValue;
  readonly readAll: (options: PodEnvFromOptions) => PodEnvFrom;
}

function existing(
  scope: Construct,
  { rollout, variables, prefix }: ExistingVariablesOptions,
  { object, read, readAll }: Existing,
): PodAdditions {
  checkRollout(scope, rollout);
  refuseLive(scope, rollout);
  const isSecret = object.kind === ReloadTargetKind.SECRET;
  const kind = isSecret ? 'Secret' : 'ConfigMap';
  const use = { kind: isSecret ? ('secret' as const) : ('configMap' as const), name: object.name, rollout };
  waiveExistingRollouts(scope, [use], 'config-change-rolls-pods');
  for (const [variable, key] of Object.entries(variables ?? {})) {
    checkVariable(scope, variable);
    checkConfigKey(scope, `${kind} '${object.name}'`, key);
  }
  return {
    env: variables && fromEach(Object.keys(variables), variable => read(variables[variable])),
    envFrom: variables ? undefined : [readAll({ prefix })],
    reloadOn: rollout._strategy === 'reloader' ? [object] : undefined,
  };
}

/** Refuses values that cannot be variables; returns their names in order. */
function checkValues(scope: Construct, values: Record<string, string>): string[] {
  const names = Object.keys(values).sort();
  if (names.length === 0) {
    fail(scope, "'values' is empty.", 'Add a variable or omit the extension.');
  }
  for (const name of names) {
    const content = values[name];
    checkVariable(scope, name);
    if (typeof content !== 'string') {
      // the value can be a credential
      fail(scope, `The value of variable '${name}' is not a string, but a ${typeof content}.`, 'Use a string.');
    }
    checkReadable(scope, `variable '${name}'`, content);
    refuseReference(scope, name, content);
    checkOwnedFile(scope, { path: name, content }, { checkSyntax: false });
  }
  return names;
}

/** Refuses `$(NAME)`, which Kubernetes does not expand in a ConfigMap. A name in lowercase can be a shell command. */
function refuseReference(scope: Construct, name: string, value: string): void {
  const reference = referencesIn(value).find(target => /^[A-Z][A-Z0-9_]*$/.test(target));
  if (reference !== undefined) {
    fail(
      scope,
      `The value of variable '${name}' contains '$(${reference})', which Kubernetes does not expand in a ConfigMap.`,
      `Set '${name}' in 'env' of the app, where '$(${reference})' is expanded and '$$(${reference})' is literal.`,
    );
  }
}

function refuseLive(scope: Construct, rollout: Rollout): void {
  if (rollout._strategy === 'live') {
    fail(
      scope,
      "'rollout' is 'live()', but containers only read variables at their start.",
      'Use a rollout that replaces the pods, or mount ConfigFiles.',
    );
  }
}

function fromEach(names: readonly string[], value: (name: string) => EnvValue): Record<string, EnvValue> {
  return Object.fromEntries(names.map(name => [name, value(name)]));
}

function idOf(objectName: string): string {
  return slug(slug(objectName).slice(0, 50));
}
