import { messagesOf, podOfKind } from './fixtures';

const RULE = 'collector-is-native-sidecar';
const collector = '{name: logs, image: "fluent/fluent-bit:4.1.1"}';
const withCollector = (kind: string) => podOfKind(kind).replace('containers: [', `containers: [${collector}, `);

test.each(['Job', 'CronJob'])('a plain collector keeps a %s from completing, even if it shares no volume', kind => {
  expect(messagesOf(RULE, withCollector(kind))).toEqual([
    "Container 'logs' runs Fluent Bit, which does not end with the app, so the Job never completes.",
  ]);
  const native = podOfKind(kind, { pod: `initContainers: [${collector.replace('}', ', restartPolicy: Always}')}]` });
  expect(messagesOf(RULE, native)).toEqual([]);
});

test('accepts a collector that shares no volume with an app, or is the only container', () => {
  expect(messagesOf(RULE, withCollector('Deployment'))).toEqual([]);
  expect(messagesOf(RULE, podOfKind('Job').replace('acme/app:1', 'fluent/fluent-bit:4.1.1'))).toEqual([]);
});
