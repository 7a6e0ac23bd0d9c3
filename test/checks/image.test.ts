import { Testing } from 'cdk8s';
import { checkImage, majorVersion, readImage } from '../../src/checks/image';

test.each([
  ['postgres', { repository: 'postgres', name: 'postgres', tag: undefined, digest: undefined }],
  [
    'localhost:5000/acme/app:1.0',
    { repository: 'localhost:5000/acme/app', name: 'app', tag: '1.0', digest: undefined },
  ],
  ['localhost:5000/app', { repository: 'localhost:5000/app', name: 'app', tag: undefined, digest: undefined }],
  ['app:1@sha256:ab', { repository: 'app', name: 'app', tag: '1', digest: 'sha256:ab' }],
])('splits %p', (reference, expected) => {
  expect(readImage(reference)).toEqual(expected);
});

test.each(['Acme App:1', '', 'acme/app:', 'acme/app:a b', 'acme/app@sha256:ab'])('refuses %p', reference => {
  expect(() => checkImage(Testing.chart(), reference)).toThrow(
    `[test] Invalid image reference '${reference}'. Use the form 'registry/repository:tag', for example ` +
      "'ghcr.io/acme/api:1.4.2'.",
  );
});

test.each([
  ['17.11-trixie', 17],
  ['v1.19', 1],
  ['2.17.2-pg16', 16],
  ['latest', undefined],
])('reads the major version of the tag %p: %p', (tag, expected) => {
  expect(majorVersion(readImage(`app:${tag}`))).toBe(expected);
});
