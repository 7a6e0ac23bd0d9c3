import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { fail } from '../../checks/fail';
import { checkSecretKey } from '../../checks/values';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';
import type { CollectorPreset } from '../collectors/preset';
import type { LogAuth, SecretKey } from '../log-auth';
import { Credential, CredentialPart, CREDENTIALS_DIRECTORY } from '../pipeline';
import { quotedPath, SinkContext } from '../sinks/sink-context';

/** A key of a Secret, and the file or variable from which the collector reads it. */
export interface SinkSecret extends SecretKey {
  readonly credential: Credential;
  /** The part of the sink's credential, unless the user named the variable. */
  readonly part?: CredentialPart;
}

/** Returns the parts of a credential, in files if the collector reads files. */
export function credentialSecrets(
  name: string,
  auth: LogAuth,
  { variables = {}, credentialFiles }: CollectorPreset,
): SinkSecret[] {
  return Object.entries(auth._keys).map(([key, secretKey]) => {
    const part = key as CredentialPart;
    const variable = variables[part];
    const credential: Credential =
      credentialFiles && variable === undefined
        ? { file: `${CREDENTIALS_DIRECTORY}/${name}/${part}` }
        : { variable: variable ?? `LOG_${name.toUpperCase().replace(/-/g, '_')}_${part}` };
    return { ...secretKey, part, credential };
  });
}

/** Returns the variables that the user reads from Secrets. */
export function variableSecrets(context: SinkContext, env: Record<string, SecretKey>): SinkSecret[] {
  return Object.entries(env).map(([variable, secretKey]) => {
    checkSecret(context, `env.${variable}`, secretKey);
    return { ...secretKey, credential: { variable } };
  });
}

function checkSecret(context: SinkContext, option: string, { secret }: SecretKey): void {
  if (!secret) {
    fail(
      context.scope,
      `${quotedPath(context, option)} has no 'secret'.`,
      "Set it, for example 'secret: SecretSource.fromName(name)'.",
    );
  }
}

/** Returns the parts of a credential by name. */
export function credentialParts(secrets: readonly SinkSecret[]): Partial<Record<CredentialPart, Credential>> {
  return Object.fromEntries(secrets.flatMap(({ part, credential }) => (part ? [[part, credential]] : [])));
}

/** Returns the variables of a collector from Secrets; refuses one name for two keys. */
export function credentialVariables(
  scope: IConstruct,
  secrets: readonly SinkSecret[],
  { title, variables = {} }: CollectorPreset,
): Record<string, EnvValue> {
  const env = new Map<string, EnvValue>();
  for (const {
    secret,
    key,
    credential: { variable },
  } of secrets) {
    if (variable === undefined) {
      continue;
    }
    const value: EnvValue = { valueFrom: { secretKeyRef: { name: secret.secretName, key } } };
    if (env.has(variable) && JSON.stringify(env.get(variable)) !== JSON.stringify(value)) {
      fail(
        scope,
        `Two sinks set the variable '${variable}' from different Secrets.`,
        Object.values(variables).includes(variable)
          ? `Use the same Secret in both sinks, because ${title} reads this variable for all sinks.`
          : 'Rename one of the variables.',
      );
    }
    env.set(variable, value);
  }
  return Object.fromEntries(env);
}

/** Returns the mount of all credentials that a collector reads from files, with a directory per sink. */
export function credentialMounts(scope: IConstruct, volume: string, secrets: readonly SinkSecret[]): PodMount[] {
  const sources = secrets.flatMap(({ secret, key, credential: { file } }) =>
    file === undefined
      ? []
      : [
          {
            secret: {
              name: secret.secretName,
              items: [{ key: checkSecretKey(scope, key), path: file.slice(CREDENTIALS_DIRECTORY.length + 1) }],
            },
          },
        ],
  );
  if (sources.length === 0) {
    return [];
  }
  // readable by the group of the collector only
  const source = { projected: { defaultMode: 0o440, sources } };
  return [{ path: CREDENTIALS_DIRECTORY, volume: PodVolume.fromSource(volume, source), readOnly: true }];
}
