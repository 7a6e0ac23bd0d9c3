import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import picomatch from 'picomatch';
import { logged } from './fixtures';
import { LogRotation, LogShippingProps } from '../../src';
import { isRead, rotatedNames } from '../../src/logging/log-files';

const files = (props: Partial<LogShippingProps>, rotatedName?: string) => () =>
  logged({ ...props, rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 3, rotatedName }) });

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}(\.[a-z]{1,4})?$/);
const pattern = fc
  .array(fc.constantFrom('app', '*', '?', '.log', '-', '[a-c]', 'x1'), { minLength: 1, maxLength: 4 })
  .map(parts => parts.join(''));
const template = fc.constantFrom(
  '{file}.{n}',
  '{name}-{n}{ext}',
  '{name}.{date}{ext}',
  '{file}.{date}',
  '{name}-{date}.{n}{ext}',
  'old-{file}.{n}',
);

describe('the files that are read', () => {
  test('are never those that rotation has renamed, or synthesis refuses', () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 2 }), template, name, (patterns, rotatedName, file) => {
        let refused = false;
        try {
          files({ files: patterns }, rotatedName)();
        } catch (error) {
          refused = true;
          expect((error as Error).message).toMatch(/^\[test\/app\/logs\] '(files|rotatedName)' /);
        }
        if (!refused && isRead(file, patterns)) {
          // a file that is read, rotated once: with a number or a date, whatever they are
          const [first] = rotatedNames(rotatedName, file);
          const again = patterns.some(one => picomatch.isMatch(first, one, { dot: true }));
          expect({ patterns, rotatedName, file, again }).toEqual({ patterns, rotatedName, file, again: false });
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['app.log', '{file}.{n}'],
    ['*.log', '{file}.{n}'],
    ['*.log', '{file}.{date}'],
    ['app.log', '{name}-{date}{ext}'],
    ['app', '{file}.{n}'],
    ['[ab].log', '{file}.{n}'],
  ])('may be %s where rotation writes %s', (one, rotatedName) => {
    expect(files({ files: [one] }, rotatedName)).not.toThrow();
  });

  test.each([
    ['*', '{file}.{n}', 'app.1'],
    ['app.log*', '{file}.{n}', 'app.logapp.1'],
    ['app*.log', '{name}-{n}{ext}', 'appapp-1.log'],
    ['*.log', '{name}.{date}{ext}', 'app.2026-01-31.log'],
    ['app.log.?', '{file}.{n}', undefined],
  ])('may not be %s where rotation writes %s', (one, rotatedName, match) => {
    if (match === undefined) {
      expect(files({ files: ['app.log', one] }, rotatedName)).toThrow(
        "'files' has 'app.log.?', which matches 'app.log.1'",
      );
    } else {
      expect(files({ files: [one] }, rotatedName)).toThrow(`'files' has '${one}', which matches '${match}'`);
    }
  });

  test.each(['../app.log', 'a/b.log', '/var/log/app.log', '', '.', 'a b.log', 'a"b', 'a,b', '{a,b}.log'])(
    'may not be named %s',
    one => {
      expect(files({ files: [one] })).toThrow(`'files' has '${one}', which is not a file's name or pattern`);
    },
  );
});
