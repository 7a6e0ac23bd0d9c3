import type { IConstruct } from 'constructs';
import type { LogCollector } from './log-collector';
import type { LogShippingProps } from './log-shipping-props';
import type { LogSink } from './log-sink';
import { fail } from '../checks/fail';
import { checkProps, optional } from '../checks/props';
import { ScopedDefaults } from '../pod/scoped-defaults';

/** Options of the log shippings of all workloads below a scope. */
export interface LogShippingDefaultsOptions {
  /**
   * The collector.
   *
   * @default - each log shipping sets its own
   */
  readonly collector?: LogCollector;

  /**
   * The destinations of the records.
   *
   * @default - each log shipping sets its own
   */
  readonly sinks?: LogSink[];

  /**
   * Whether to create a `PodMonitor` for the metrics of the collectors.
   *
   * @default false
   */
  readonly podMonitor?: boolean;

  /**
   * Whether to create a `PrometheusRule` with alerts on lost records and on failing sinks. Needs `podMonitor`.
   *
   * @default false
   */
  readonly prometheusRule?: boolean;
}

const DEFAULTS = new ScopedDefaults<LogShippingDefaultsOptions>(
  'Log shipping defaults',
  'LogShippingDefaults',
  (outer, inner) => ({ ...outer, ...inner }),
);

/**
 * Options of the log shippings of all workloads below an app, a chart or another construct. A log shipping overrides
 * them with its own props, and an inner scope overrides an outer one.
 */
export class LogShippingDefaults {
  /**
   * Returns the defaults of a scope.
   *
   * @param scope an app, a chart or another construct
   */
  public static of(scope: IConstruct): LogShippingDefaults {
    return new LogShippingDefaults(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Sets defaults. Call it before you define workloads, because existing ones would not have them.
   *
   * @param options the defaults
   * @returns these defaults
   * @throws if the scope already has workloads
   */
  public set(options: LogShippingDefaultsOptions): LogShippingDefaults {
    const { scope } = this;
    checkProps<LogShippingDefaultsOptions>(
      scope,
      options,
      {
        collector: optional('LogCollector'),
        sinks: optional('LogSink[]'),
        podMonitor: optional('boolean'),
        prometheusRule: optional('boolean'),
      },
      "the argument of 'set'",
    );
    DEFAULTS.set(scope, options);
    return this;
  }
}

/** The props of a log shipping with those that its scopes set. */
export type CompletedProps = LogShippingProps & Required<Pick<LogShippingProps, 'collector' | 'sinks'>>;

/** Completes the props of a log shipping with the defaults of its scopes. */
export function completeProps(scope: IConstruct, props: LogShippingProps): CompletedProps {
  const defaults = DEFAULTS.of(scope);
  return {
    ...props,
    collector: props.collector ?? defaults.collector ?? missing(scope, 'collector', 'LogCollector.fluentBit()'),
    sinks: props.sinks ?? defaults.sinks ?? missing(scope, 'sinks', '[LogSink.stdout()]'),
    podMonitor: props.podMonitor ?? defaults.podMonitor,
    prometheusRule: props.prometheusRule ?? defaults.prometheusRule,
  };
}

function missing(scope: IConstruct, prop: string, example: string): never {
  return fail(
    scope,
    `'${prop}' of the log shipping is missing.`,
    `Set it, for example '${prop}: ${example}', or set a default with 'LogShippingDefaults.of(scope).set(...)'.`,
  );
}
