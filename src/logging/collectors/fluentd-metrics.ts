import { expression, Section } from './fluentd-syntax';
import type { LossMetrics } from './preset';
import type { Pipeline } from '../pipeline';

const LOST = 'fluentd_app_records_lost';

/** What Fluentd says when it gives something up. It has no counter for that, so what it says is counted. */
const LAST_WORDS = [
  // a full buffer, a request that the sink refuses for good, a single record that it refuses
  'dropping oldest chunk',
  'chunk is thrown away',
  'dump an error event',
  // a request that the plugin for Loki does not send again, and a message that Kafka does not take
  'failed to write post to \\S+ \\(4(?!29)',
  'Skip event',
  'Skip broken event',
  // a record that is larger than a chunk, and a line that is longer than a record may be
  'ignore emit error',
  'received line length is longer',
];

/** A chunk, a batch or a line for each that was lost: Fluentd does not say how many records are in them. */
export const LOSS_METRICS: LossMetrics = {
  lost: [{ name: LOST }],
  retried: [{ name: 'fluentd_output_status_retry_count', labels: 'plugin_id=~"sink_.+"' }],
};

/** The metrics of the Prometheus plugin, and a counter of what is given up. */
export function metrics({ metricsPort }: Pipeline): Section[] {
  return [
    {
      name: 'source',
      parameters: {
        '@type': 'prometheus',
        '@id': 'metrics',
        'bind': '0.0.0.0',
        'port': metricsPort,
        'metrics_path': '/metrics',
      },
    },
    // counters, as they only grow
    {
      name: 'source',
      parameters: { '@type': 'prometheus_output_monitor', '@id': 'metrics_of_sinks', 'gauge_all': false },
    },
    { name: 'source', parameters: { '@type': 'prometheus_tail_monitor', '@id': 'metrics_of_files' } },
    {
      name: 'label',
      argument: '@FLUENT_LOG',
      parameters: {},
      sections: [
        {
          name: 'filter',
          argument: '**',
          parameters: { '@type': 'grep', '@id': 'metrics_of_losses' },
          sections: [{ name: 'regexp', parameters: { key: 'message', pattern: expression(LAST_WORDS.join('|')) } }],
        },
        {
          name: 'match',
          argument: '**',
          parameters: { '@type': 'prometheus', '@id': 'metrics_of_losses_out' },
          sections: [
            {
              name: 'metric',
              parameters: { name: LOST, type: 'counter', desc: 'Chunks, batches and lines that were given up' },
            },
          ],
        },
      ],
    },
  ];
}
