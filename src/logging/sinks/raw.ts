import { quotedPath, SinkContext } from './sink-context';
import { SINK_PROPS, SinkType } from './sink-type';
import { PLAIN } from './strings';
import { fail } from '../../checks/fail';
import { OPTIONAL, required } from '../../checks/props';
import type { SecretKey } from '../log-auth';
import type { LogSinkOptions } from '../log-sink-props';

/** Options of `LogSink.raw`. */
export interface RawLogSinkOptions extends LogSinkOptions {
  /** The collector's name for the output, sink or exporter. Letters, digits, `.`, `_` and `-`. */
  readonly plugin: string;

  /**
   * Settings in the syntax of the collector. Settings that this library sets for every sink are kept. Do not put
   * credentials here: refer to a variable of `env`.
   *
   * @default - none
   */
  readonly config?: Record<string, any>;

  /**
   * Environment variables of the collector, from Secrets, that `config` refers to.
   *
   * @default - none
   */
  readonly env?: Record<string, SecretKey>;

  /**
   * The ports that the network policy opens.
   *
   * @default - none
   */
  readonly egressPorts?: number[];
}

/** An output in the syntax of the collector. */
export const RAW: SinkType<RawLogSinkOptions> = {
  props: { ...SINK_PROPS, plugin: required('"file"'), config: OPTIONAL, env: OPTIONAL, egressPorts: OPTIONAL },
  strings: { plugin: PLAIN },
  env: ({ env = {} }) => env,
  check: ({ config = {} }, context) => checkSettings(context, 'config', config),
  egressPorts: ({ egressPorts = [] }) => egressPorts,
};

const SETTING = /^[^\s#<>"'\\\u0000-\u001f]+$/;

/** The directives of Fluentd, in every section, and of its old syntax. */
const INCLUDES: readonly string[] = ['@include', 'include'];

/** Refuses settings without a value, and names that no syntax allows. */
function checkSettings(context: SinkContext, path: string, value: unknown): void {
  if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) {
    fail(context.scope, `${quotedPath(context, path)} has no value.`, 'Set a value, or remove the setting.');
  }
  if (typeof value !== 'object') {
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (!SETTING.test(key)) {
      fail(
        context.scope,
        `${quotedPath(context, path)} contains the setting '${key}', whose name no collector accepts.`,
        "Use a name without spaces, quotes, '\\', '#', '<' and '>'.",
      );
    }
    if (INCLUDES.includes(key)) {
      fail(
        context.scope,
        `${quotedPath(context, path)} contains '${key}', which reads further settings from a file or a URL that ` +
          'nothing checks.',
        'Write these settings here.',
      );
    }
    checkSettings(context, `${path}.${key}`, inner);
  }
}
