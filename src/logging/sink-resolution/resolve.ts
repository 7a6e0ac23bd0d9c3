import type { EnvValue } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { sinkBuffer } from './buffer';
import { connectionOf } from './connection';
import {
  credentialMounts,
  credentialParts,
  credentialSecrets,
  credentialVariables,
  SinkSecret,
  variableSecrets,
} from './credentials';
import { fail } from '../../checks/fail';
import { checkProps } from '../../checks/props';
import { checkLabel, checkPort } from '../../checks/values';
import type { PodMount } from '../../pod/pod-parts';
import { PodVolume } from '../../pod/volumes/pod-volume';
import { Collector, insteadOf } from '../collectors/preset';
import type { LogTls } from '../log-auth';
import type { LogSink } from '../log-sink';
import { CA_DIRECTORY, Sink, SinkFacts } from '../pipeline';
import { quotedPath, SinkContext } from '../sinks/sink-context';
import { SINK_TYPES, SinkDefinition, SinkKind, SinkOptions } from '../sinks/sink-types';
import { checkStrings } from '../sinks/strings';

/** The sinks of a pipeline, and the parts of the pod that they need. */
export interface ResolvedSinks {
  readonly sinks: Sink[];
  readonly env: Record<string, EnvValue>;
  readonly mounts: PodMount[];
  readonly egressPorts: number[];
}

/** A sink with the parts of the pod that it needs. */
interface ResolvedSink {
  readonly facts: SinkFacts;
  readonly secrets: readonly SinkSecret[];
  readonly caMounts: readonly PodMount[];
  readonly egressPorts: readonly number[];
}

/** Resolves the sinks of a `LogShipping` for its collector; refuses sinks that cannot work. */
export function resolveSinks(
  scope: IConstruct,
  volumePrefix: string,
  sinks: readonly LogSink[],
  collector: Collector,
): ResolvedSinks {
  if (sinks.length === 0) {
    fail(scope, "'sinks' is empty, so no record would be sent.", "Add a sink, for example 'LogSink.stdout()'.");
  }
  const names = sinkNames(scope, sinks);
  const resolved = sinks.map(({ _definition: definition }, i) =>
    resolveSink({ scope, path: `sinks[${i}]` }, names[i], volumePrefix, definition, collector),
  );
  const secrets = resolved.flatMap(sink => sink.secrets);
  return {
    sinks: resolved.map(({ facts }, i) => ({ ...sinks[i]._definition, ...facts })),
    env: credentialVariables(scope, secrets, collector),
    mounts: [
      ...resolved.flatMap(({ caMounts }) => caMounts),
      ...credentialMounts(scope, `${volumePrefix}-credentials`, secrets),
    ],
    egressPorts: [...new Set(resolved.flatMap(({ egressPorts }) => egressPorts))].sort((a, b) => a - b),
  };
}

function sinkNames(scope: IConstruct, sinks: readonly LogSink[]): string[] {
  const names = sinks.map(({ _definition: { kind, options } }) => checkLabel(scope, 'sink name', options.name ?? kind));
  const duplicate = names.find((name, i) => names.indexOf(name) < i);
  if (duplicate !== undefined) {
    fail(scope, `Two sinks have the name '${duplicate}'.`, "Set 'name' of one of them to another name.");
  }
  return names;
}

function resolveSink<K extends SinkKind>(
  context: SinkContext,
  name: string,
  volumePrefix: string,
  definition: SinkDefinition<K>,
  collector: Collector,
): ResolvedSink {
  const { kind, options } = definition;
  const type = SINK_TYPES[kind as K];
  checkSupport(context, kind, collector);
  checkProps<SinkOptions[K]>(context.scope, options, type.props, `'${context.path}'`);
  checkStrings(context, type.strings, options);
  type.check?.(options, context);
  const { auth, tls } = connectionOf(context, kind, options);
  const address = type.address?.(options, context, tls.enabled);
  const secrets = [...credentialSecrets(name, auth, collector), ...variableSecrets(context, type.env?.(options) ?? {})];
  const ports = type.egressPorts(options, address);
  return {
    facts: {
      name,
      buffer: sinkBuffer(context, options.bufferSize, collector),
      tls: tls.enabled,
      caFile: tls._ca && `${CA_DIRECTORY}/${name}/ca.crt`,
      auth: auth._kind,
      credentials: credentialParts(secrets),
      address,
    },
    secrets,
    caMounts: mountsOfCa(context, name, volumePrefix, tls),
    egressPorts: ports.map(port => checkPort(context.scope, quotedPath(context, 'egressPorts'), port)),
  };
}

function checkSupport({ scope, path }: SinkContext, kind: SinkKind, collector: Collector): void {
  const supports = ({ sinks }: { sinks?: readonly SinkKind[] }) => sinks === undefined || sinks.includes(kind);
  if (!supports(collector)) {
    fail(
      scope,
      `'${path}' is of the kind '${kind}', which ${collector.title} does not support.`,
      insteadOf(collector, supports, collector.sinkRemedy?.(kind)),
    );
  }
}

function mountsOfCa({ scope, path }: SinkContext, name: string, volumePrefix: string, { _ca: ca }: LogTls): PodMount[] {
  if (ca === undefined) {
    return [];
  }
  ca._check(scope, `'${path}.tls'`);
  const volume = PodVolume.fromSource(`${volumePrefix}-${name}-ca`, ca._volume('ca.crt', 0o440));
  return [{ path: `${CA_DIRECTORY}/${name}`, volume, readOnly: true }];
}
