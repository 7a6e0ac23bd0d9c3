import { refuse, quotedPath, SinkContext } from './sink-context';
import { networkSinkProps, SinkType } from './sink-type';
import { PLAIN } from './strings';
import { fail } from '../../checks/fail';
import { required } from '../../checks/props';
import { checkPort } from '../../checks/values';
import type { NetworkLogSinkOptions } from '../log-sink-props';

/** Options of `LogSink.kafka`. */
export interface KafkaLogSinkOptions extends NetworkLogSinkOptions {
  /** Brokers as `host:port`. */
  readonly brokers: string[];

  /** The topic. */
  readonly topic: string;
}

export const KAFKA: SinkType<KafkaLogSinkOptions> = {
  props: { ...networkSinkProps('basic'), brokers: required('["kafka.example.com:9093"]'), topic: required('"logs"') },
  strings: { topic: { pattern: /^[\w.-]{1,249}$/, characters: `at most 249 ${PLAIN.characters}` } },
  credentials: ['basic'],
  check: ({ brokers }, context) => checkBrokers(context, brokers),
  egressPorts: ({ brokers, egressPorts }) => egressPorts ?? brokers.map(portOf),
};

const REMEDY = "Write brokers as 'host:port', for example 'kafka.example.com:9093'.";

function checkBrokers(context: SinkContext, brokers: readonly string[]): void {
  if (brokers.length === 0) {
    fail(context.scope, `${quotedPath(context, 'brokers')} is empty.`, REMEDY);
  }
  brokers.forEach((broker, i) => {
    if (!/^[-A-Za-z0-9.]+:[0-9]{1,5}$/.test(broker)) {
      refuse(context, `brokers[${i}]`, broker, ', which is not a host with a port', REMEDY);
    }
    checkPort(context.scope, `the port of ${quotedPath(context, `brokers[${i}]`)}`, portOf(broker));
  });
}

function portOf(broker: string): number {
  return Number(broker.split(':')[1]);
}
