import { urlAddress } from './address';
import { networkPorts, networkSinkProps, SinkType } from './sink-type';
import { PLAIN } from './strings';
import { OPTIONAL, required } from '../../checks/props';
import type { NetworkLogSinkOptions } from '../log-sink-props';

/** Options of `LogSink.s3`. */
export interface S3LogSinkOptions extends NetworkLogSinkOptions {
  /** The bucket. */
  readonly bucket: string;

  /** The region. */
  readonly region: string;

  /**
   * The first part of the object keys, before the day and the pod.
   *
   * @default 'logs'
   */
  readonly prefix?: string;

  /**
   * The URL of an object store other than Amazon S3.
   *
   * @default - Amazon S3
   */
  readonly endpoint?: string;
}

export const S3: SinkType<S3LogSinkOptions> = {
  props: {
    ...networkSinkProps('accessKey'),
    bucket: required('"logs"'),
    region: required('"eu-central-1"'),
    prefix: OPTIONAL,
    endpoint: OPTIONAL,
  },
  strings: {
    bucket: {
      pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      characters: "3 to 63 lowercase letters, digits, '.' and '-'",
    },
    prefix: {
      pattern: /^[\w.-]+(?:\/[\w.-]+)*$/,
      characters: `${PLAIN.characters}, with single slashes between names`,
    },
    region: { pattern: /^[a-z0-9-]+$/, characters: "lowercase letters, digits and '-'" },
  },
  credentials: ['accessKey'],
  address: ({ endpoint }, context, tls) =>
    endpoint === undefined ? undefined : urlAddress(context, 'endpoint', endpoint, tls),
  egressPorts: networkPorts,
};
