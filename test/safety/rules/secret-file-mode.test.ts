import { auditWith, podOfKind } from './fixtures';

const placesIn = (volume: string, kind = 'Deployment') =>
  auditWith('secret-file-mode', podOfKind(kind, { volume })).findings.map(({ at }) => at.slice(-2).join('.'));

test.each([
  ['secret: {secretName: a, defaultMode: 0777}', ['secret.defaultMode']],
  ['secret: {secretName: a, defaultMode: 0666}', ['secret.defaultMode']],
  ['secret: {secretName: a, items: [{key: a, path: a, mode: 0602}]}', ['0.mode']],
  ['projected: {defaultMode: 0777, sources: [{secret: {name: a}}]}', ['projected.defaultMode']],
  ['projected: {defaultMode: 0666, sources: [{serviceAccountToken: {path: a}}]}', ['projected.defaultMode']],
  ['projected: {sources: [{secret: {name: a, items: [{key: a, path: a, mode: 0777}]}}]}', ['0.mode']],
])('finds credentials in {%s}', (volume, places) => {
  expect(placesIn(volume)).toEqual(places);
  expect(placesIn(volume, 'CronJob')).toEqual(places);
});

test.each([
  'secret: {secretName: a}',
  'secret: {secretName: a, defaultMode: 0440}',
  'secret: {secretName: a, defaultMode: 0770}',
  'configMap: {name: a, defaultMode: 0777}',
  'projected: {defaultMode: 0777, sources: [{configMap: {name: a}}]}',
  'projected: {sources: [{secret: {name: a}}, {configMap: {name: b, items: [{key: a, path: a, mode: 0777}]}}]}',
  // 'mode-is-octal' reports a decimal number
  'secret: {secretName: a, defaultMode: 666}',
])('accepts {%s}', volume => {
  expect(placesIn(volume)).toEqual([]);
});
