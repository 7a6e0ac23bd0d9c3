import { failureOf, MAP_FORMATS, REPORT_FORMATS } from './audit-all';
import { inputs } from './inputs';

test('audits and maps changed manifests in all formats without an error', () => {
  const prototype = Object.getOwnPropertyNames(Object.prototype);
  const seed = Number(process.env.PROPERTY_SEED ?? 20);
  const failures = inputs(60, seed).flatMap(text => {
    const failure = failureOf(text);
    return failure === undefined ? [] : [{ text, failure }];
  });
  expect(failures).toEqual([]);
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype);
});

test('reports an error of the audit, so that the test above can fail', () => {
  const format = jest.spyOn(MAP_FORMATS, 'svg').mockImplementation(() => {
    throw new Error('a mistake');
  });
  expect(failureOf(inputs(1, 1)[0])).toContain('a mistake');
  format.mockRestore();
  expect(Object.keys(REPORT_FORMATS)).toHaveLength(6);
});
