import { quotedPath, SinkContext } from './sink-context';
import type { SinkType } from './sink-type';
import { PLAIN } from './strings';
import { AT_URL, urlSinkProps } from './url';
import { fail } from '../../checks/fail';
import { OPTIONAL } from '../../checks/props';
import type { UrlLogSinkOptions } from '../log-sink-props';

/** Options of `LogSink.loki`. */
export interface LokiLogSinkOptions extends UrlLogSinkOptions {
  /**
   * The tenant.
   *
   * @default - no tenant header is sent
   */
  readonly tenant?: string;

  /**
   * Labels of the streams in addition to `app`, `namespace` and `pod`. Use few labels with few values.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;
}

export const LOKI: SinkType<LokiLogSinkOptions> = {
  ...AT_URL,
  props: { ...urlSinkProps('basic'), tenant: OPTIONAL, labels: OPTIONAL },
  strings: { tenant: { ...PLAIN, pattern: /^[\w.-]{1,150}$/, characters: `at most 150 ${PLAIN.characters}` } },
  credentials: ['basic', 'bearer'],
  check: ({ labels = {} }, context) => checkLabels(context, labels),
};

const LABEL_NAME = /^[A-Za-z]\w*$/;
const LABEL_VALUE = /^[\w.:/@+-]+$/;
const SET_BY_COLLECTOR = ['app', 'namespace', 'pod'];

function checkLabels(context: SinkContext, labels: Record<string, string>): void {
  for (const [label, value] of Object.entries(labels)) {
    if (SET_BY_COLLECTOR.includes(label)) {
      fail(
        context.scope,
        `${quotedPath(context, 'labels')} contains '${label}', which the collector sets on every stream.`,
        'Remove the label.',
      );
    }
    if (!LABEL_NAME.test(label) || !LABEL_VALUE.test(value)) {
      fail(
        context.scope,
        `${quotedPath(context, 'labels')} contains '${label}' with the value '${value}'.`,
        "Use letters, digits and '_' in names, and these and '.', ':', '/', '@', '+' and '-' in values.",
      );
    }
  }
}
