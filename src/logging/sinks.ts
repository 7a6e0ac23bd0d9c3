import { Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { CollectorPreset } from './collectors/preset';
import { PRESETS } from './collectors/presets';
import { LogAuth, LogTls, SecretKey } from './log-auth';
import type { LogSink, SinkDefinition, SinkKind } from './log-sink';
import type { NetworkLogSinkOptions } from './log-sink-props';
import { Address, CA_DIRECTORY, Credential, CredentialPart, CREDENTIALS_DIRECTORY, Sink } from './pipeline';
import { checkTexts } from './sink-texts';
import { fail } from '../checks/fail';
import { listed } from '../checks/message';
import { checkReason } from '../checks/reason';
import { checkLabel, checkPort, checkSecretKey, checkSize, kibibytes, quantity } from '../checks/values';
import { PodMount, PodVolume } from '../pod/pod-parts';

const DEFAULT_BUFFER = Size.mebibytes(64);

/** In kibibytes. */
const LEAST_BUFFER = 1024;

// what proves to which sink who the collector is
const CREDENTIALS: Record<Exclude<SinkKind, 'stdout' | 'raw'>, string[]> = {
  loki: ['basic', 'bearer'],
  elasticsearch: ['basic'],
  opensearch: ['basic'],
  otlp: ['basic', 'bearer'],
  http: ['basic', 'bearer'],
  forward: ['sharedKey'],
  s3: ['accessKey'],
  kafka: ['basic'],
};

/** The sinks as a collector has to be told of them, and what the pod needs for them. */
export interface ResolvedSinks {
  readonly sinks: Sink[];
  readonly env: Record<string, EnvValue>;
  readonly mounts: PodMount[];
  readonly egressPorts: number[];
}

/** Refuses sinks that cannot work, and gives names, buffers and variables to the others. */
export function resolveSinks(
  scope: IConstruct,
  volumePrefix: string,
  sinks: readonly LogSink[],
  preset: CollectorPreset,
): ResolvedSinks {
  if (sinks.length === 0) {
    fail(
      scope,
      "'sinks' is empty, so that what is read would go nowhere.",
      "Give at least one, for example 'LogSink.stdout()'.",
    );
  }
  const env = new Map<string, EnvValue>();
  const mounts: PodMount[] = [];
  const ports = new Set<number>();
  const names = new Set<string>();
  const files: CredentialFile[] = [];
  const resolved = sinks.map((sink): Sink => {
    const definition = sink._definition;
    const name = checkLabel(scope, 'the name of a sink', definition.options.name ?? definition.kind);
    if (names.has(name)) {
      fail(scope, `Two sinks have the name '${name}'.`, "Give one of them another 'name'.");
    }
    names.add(name);
    checkAbility(scope, definition.kind, preset);
    checkTexts(scope, name, definition);

    const { auth, tls } = secured(scope, name, definition, preset);
    const address = addressOf(scope, name, definition, tls.enabled);
    const keys: Record<string, SecretKey> = definition.kind === 'raw' ? (definition.options.env ?? {}) : auth._keys;
    const credentials: Partial<Record<CredentialPart, Credential>> = {};
    for (const [part, key] of Object.entries(keys)) {
      const given = preset.variables?.[part as CredentialPart];
      if (preset.credentialFiles && definition.kind !== 'raw' && given === undefined) {
        files.push({ path: `${name}/${part}`, ...key });
        credentials[part as CredentialPart] = { file: `${CREDENTIALS_DIRECTORY}/${name}/${part}` };
      } else {
        const variable =
          definition.kind === 'raw' ? part : (given ?? `LOG_${name.toUpperCase().replace(/-/g, '_')}_${part}`);
        takeVariable(scope, env, variable, key, given && preset.title);
        credentials[part as CredentialPart] = { variable };
      }
    }
    if (tls._ca) {
      tls._ca._check(scope, `the authority of sink '${name}'`);
      const volume = PodVolume.fromSource(`${volumePrefix}-${name}-ca`, tls._ca._volume('ca.crt', 0o440));
      mounts.push({ path: `${CA_DIRECTORY}/${name}`, volume, readOnly: true });
    }
    egressPorts(definition, address).forEach(port =>
      ports.add(checkPort(scope, `an egress port of sink '${name}'`, port)),
    );
    return {
      ...definition,
      name,
      buffer: buffer(scope, name, sink, preset),
      tls: tls.enabled,
      caFile: tls._ca && `${CA_DIRECTORY}/${name}/ca.crt`,
      auth: auth._kind,
      credentials,
      address,
    };
  });
  if (files.length > 0) {
    mounts.push({
      path: CREDENTIALS_DIRECTORY,
      volume: credentialVolume(scope, `${volumePrefix}-credentials`, files),
      readOnly: true,
    });
  }
  return { sinks: resolved, env: Object.fromEntries(env), mounts, egressPorts: [...ports].sort((a, b) => a - b) };
}

/** A key of a Secret at a path of the directory with all credentials. */
interface CredentialFile extends SecretKey {
  readonly path: string;
}

/** All credentials, a directory for each sink, readable by the collector's group alone. */
function credentialVolume(scope: IConstruct, name: string, files: readonly CredentialFile[]): PodVolume {
  return PodVolume.fromSource(name, {
    projected: {
      defaultMode: 0o440,
      sources: files.map(({ secret, key, path }) => ({
        secret: { name: secret.secretName, items: [{ key: checkSecretKey(scope, key), path }] },
      })),
    },
  });
}

function takeVariable(
  scope: IConstruct,
  env: Map<string, EnvValue>,
  variable: string,
  { secret, key }: SecretKey,
  taker?: string,
): void {
  const value: EnvValue = { valueFrom: { secretKeyRef: { name: secret.secretName, key } } };
  if (env.has(variable) && JSON.stringify(env.get(variable)) !== JSON.stringify(value)) {
    fail(
      scope,
      `Two sinks set the variable '${variable}' from different Secrets.`,
      `${taker ? `${taker} takes it for all of them, so let them use one` : 'give one of them another name'}` + '.',
    );
  }
  env.set(variable, value);
}

function checkAbility(scope: IConstruct, kind: SinkKind, { title, sinks, sinkRemedy }: CollectorPreset): void {
  if (sinks && !sinks.includes(kind)) {
    const able = Object.keys(PRESETS)
      .filter(name => PRESETS[name].sinks!.includes(kind))
      .map(name => `LogCollector.${name}`);
    fail(
      scope,
      `${title} has no sink '${kind}'; it has ${listed([...sinks])}.`,
      `Take ${listed(able, 'or')}${sinkRemedy ? `, or ${sinkRemedy}` : ''}.`,
    );
  }
}

function secured(
  scope: IConstruct,
  name: string,
  definition: SinkDefinition,
  preset: CollectorPreset,
): { auth: LogAuth; tls: LogTls } {
  if (definition.kind === 'stdout' || definition.kind === 'raw') {
    return { auth: LogAuth.none("not over the network, or in the collector's own words"), tls: LogTls.on() };
  }
  const { auth, tls = LogTls.on() } = definition.options as NetworkLogSinkOptions;
  const taken = CREDENTIALS[definition.kind];
  const accepted = preset.credentials?.[definition.kind] ?? taken;
  if (!auth) {
    fail(
      scope,
      `Sink '${name}' has no credential.`,
      "Give it 'auth' with " +
        `${listed(
          accepted.map(kind => `LogAuth.${kind}`),
          'or',
        )}, or say why ` +
        "it needs none with 'LogAuth.none(reason)'.",
    );
  }
  if (auth._kind !== 'none' && !accepted.includes(auth._kind)) {
    fail(
      scope,
      `Sink '${name}' has the credential 'LogAuth.${auth._kind}', which ` +
        `${taken.includes(auth._kind) ? `${preset.title} cannot give to ${definition.kind}` : `${definition.kind} does not take`}` +
        '.',
      `Use ${listed(
        accepted.map(kind => `LogAuth.${kind}`),
        'or',
      )}.`,
    );
  }
  for (const [what, reason] of [
    ['LogAuth.none', auth._kind === 'none' ? auth.reason : undefined],
    ['LogTls.off', tls.reason],
  ]) {
    if (reason !== undefined) {
      checkReason(scope, `'${what}' of sink '${name}'`, reason);
    }
  }
  return { auth, tls };
}

function addressOf(scope: IConstruct, name: string, definition: SinkDefinition, tls: boolean): Address | undefined {
  switch (definition.kind) {
    case 'forward': {
      const { host, port = 24224 } = definition.options;
      return {
        host: checkHost(scope, name, host),
        port: checkPort(scope, `the port of sink '${name}'`, port),
        path: '/',
      };
    }
    case 's3':
      return definition.options.endpoint === undefined
        ? undefined
        : parseUrl(scope, name, definition.options.endpoint, tls);
    case 'kafka': {
      const { brokers } = definition.options;
      const broken = brokers.find(broker => !/^[-A-Za-z0-9.]+:[0-9]{1,5}$/.test(broker));
      if (brokers.length === 0 || broken !== undefined) {
        fail(
          scope,
          `Sink '${name}' has the broker '${broken ?? ''}'.`,
          "Write brokers as 'host:port', for example 'kafka.example.com:9093'.",
        );
      }
      return undefined;
    }
    case 'stdout':
    case 'raw':
      return undefined;
    case 'loki':
    case 'elasticsearch':
    case 'opensearch':
    case 'otlp':
    case 'http':
      return parseUrl(scope, name, definition.options.url, tls);
  }
}

function parseUrl(scope: IConstruct, name: string, text: string, tls: boolean): Address {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return fail(
      scope,
      `Sink '${name}' has the url '${text}', which is not one.`,
      "Write it as 'https://host:port/path'.",
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    fail(scope, `Sink '${name}' has the url '${text}'.`, "Begin it with 'https://'.");
  }
  if (url.username || url.password || url.search || url.hash) {
    fail(
      scope,
      `Sink '${name}' has a url with a user, a password, a query or a fragment, where everybody who ` +
        'reads the configuration would see it.',
      "Give credentials as 'auth'.",
    );
  }
  if (url.pathname.includes('$')) {
    fail(
      scope,
      `Sink '${name}' has the url '${text}' with a '$', which collectors take for a variable.`,
      "Write it as '%24'.",
    );
  }
  if (url.protocol === 'http:' && tls) {
    fail(
      scope,
      `Sink '${name}' has the url '${text}', which is not encrypted.`,
      "Write it as 'https://', or say why not with 'tls: LogTls.off(reason)'.",
    );
  }
  if (url.protocol === 'https:' && !tls) {
    fail(scope, `Sink '${name}' has the encrypted url '${text}' and 'LogTls.off'.`, 'Leave one of the two out.');
  }
  const port = url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
  return { host: url.hostname, port, path: url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : '/' };
}

function checkHost(scope: IConstruct, name: string, host: string): string {
  return /^[-A-Za-z0-9.]+$/.test(host)
    ? host
    : fail(
        scope,
        `Sink '${name}' has the host '${host}', which is not a name or an address.`,
        'Write it without a scheme, port or path.',
      );
}

function egressPorts(definition: SinkDefinition, address: Address | undefined): number[] {
  if (definition.kind === 'stdout') {
    return [];
  }
  const { egressPorts: given } = definition.options;
  if (given) {
    return given;
  }
  switch (definition.kind) {
    case 'raw':
      return [];
    case 'kafka':
      return definition.options.brokers.map(broker => Number(broker.split(':')[1]));
    case 'loki':
    case 'elasticsearch':
    case 'opensearch':
    case 'otlp':
    case 'http':
    case 'forward':
    case 's3':
      return [address?.port ?? 443];
  }
}

function buffer(
  scope: IConstruct,
  name: string,
  { bufferSize }: LogSink,
  { title, buffersInLogFiles }: CollectorPreset,
): Size | undefined {
  if (bufferSize === undefined) {
    return buffersInLogFiles ? undefined : DEFAULT_BUFFER;
  }
  if (buffersInLogFiles) {
    fail(
      scope,
      `Sink '${name}' has a 'bufferSize', and ${title} has no buffer beside the log files, in which ` +
        'each line waits until the sink has taken it.',
      "Leave it out, and let 'maxFileSize' × 'maxFiles' of the rotation hold what has to wait.",
    );
  }
  checkSize(scope, `'bufferSize' of sink '${name}'`, bufferSize);
  if (kibibytes(bufferSize) < LEAST_BUFFER) {
    fail(
      scope,
      `Sink '${name}' has a buffer of ${quantity(bufferSize)}, less than the 1Mi that a collector ` + 'needs.',
      "Raise 'bufferSize'.",
    );
  }
  return bufferSize;
}
