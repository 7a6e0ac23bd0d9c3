import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import picomatch from 'picomatch';
import { logged } from './fixtures';
import { LogRotation, LogShippingProps } from '../../src';
import { isRead, rotatedNames } from '../../src/logging/log-files';

const reading = (props: Partial<LogShippingProps>, rotatedName?: string) => () =>
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

describe('the files to read', () => {
  test('include no file that is read under its rotated name too', () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 2 }), template, name, (patterns, rotatedName, file) => {
        let refused = false;
        try {
          reading({ files: patterns }, rotatedName)();
        } catch (error) {
          refused = true;
          expect((error as Error).message).toMatch(/^\[test\/app\/logs\] '(files|rotation\.rotatedName)' /);
        }
        if (!refused && isRead(file, patterns)) {
          // a file that is read, rotated once with a number or a date
          const [first] = rotatedNames(rotatedName, file);
          const again = patterns.some(candidate => picomatch.isMatch(first, candidate, { dot: true }));
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
  ])('can be %s if rotated files are %s', (file, rotatedName) => {
    expect(reading({ files: [file] }, rotatedName)).not.toThrow();
  });

  test.each([
    ['*', '{file}.{n}', 'app.1'],
    ['app.log*', '{file}.{n}', 'app.logapp.1'],
    ['app*.log', '{name}-{n}{ext}', 'appapp-1.log'],
    ['*.log', '{name}.{date}{ext}', 'app.2026-01-31.log'],
    ['app.log.?', '{file}.{n}', undefined],
  ])('cannot be %s if rotated files are %s', (file, rotatedName, match) => {
    if (match === undefined) {
      expect(reading({ files: ['app.log', file] }, rotatedName)).toThrow(
        "'files' contains 'app.log.?', which also matches rotated files such as 'app.log.1'",
      );
    } else {
      expect(reading({ files: [file] }, rotatedName)).toThrow(
        `[test/app/logs] 'files' contains '${file}', which also matches rotated files such as '${match}', so their ` +
          'lines would be read twice. Use exact names, for example ',
      );
    }
  });

  test.each(['../app.log', 'a/b.log', '/var/log/app.log', '', '.', 'a b.log', 'a"b', 'a,b', '{a,b}.log'])(
    'cannot be named %s',
    file => {
      expect(reading({ files: [file] })).toThrow(
        `[test/app/logs] 'files' contains '${file}', which is not a file name or a pattern. Use letters, digits, `,
      );
    },
  );

  test('are not empty', () => {
    expect(reading({ files: [] })).toThrow(
      "[test/app/logs] 'files' is empty, so no file would be read. Name the files that the app writes, for example " +
        "'app.log'.",
    );
  });

  test.each(['{file}.old', 'app.{n}', '{file}.{number}', '{file}.{n} old'])(
    'cannot be identified after rotation to %s',
    rotatedName => {
      expect(reading({}, rotatedName)).toThrow(
        `[test/app/logs] 'rotation.rotatedName' is '${rotatedName}', which is not a valid template. Use '{file}', ` +
          "'{name}', '{ext}', '{n}' and '{date}', with at least the name of the file and a number or a date, for " +
          "example '{file}.{n}'.",
      );
    },
  );
});
