import { Chart, Testing } from 'cdk8s';
import { ReadableApiObject } from '../../src/objects/readable-api-object';

const render = (spec: unknown) => () => {
  const chart: Chart = Testing.chart();
  new ReadableApiObject(chart, 'Resource', { apiVersion: 'v1', kind: 'Note', spec });
  return Testing.synth(chart);
};

test('renders strings that kubectl reads back', () => {
  expect(render({ lines: ['yes', 'a\nb'] })()).toMatchObject([{ kind: 'Note', spec: { lines: ['yes', 'a\nb'] } }]);
});

test.each([
  [{ mode: '0o17' }, '\'spec.mode\' of the Note is "0o17"'],
  [{ lines: ['a', { text: '0o17' }] }, '\'spec.lines[1].text\' of the Note is "0o17"'],
  [{ '0o17': 'a' }, '\'spec.0o17\' of the Note is "0o17"'],
])('refuses values and keys that kubectl misreads: %j', (spec, error) => {
  expect(render(spec)).toThrow(`[test] ${error}, which kubectl misreads in YAML because it looks like a number.`);
});
