import * as fc from 'fast-check';
import { AppProgram, Program, run } from './arbitraries/program';
import { PROGRAMS } from './arbitraries/programs';

/** A value in the props of an app that a user of plain JavaScript can set to anything. */
interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** The props, and those of the structs in them; values of classes are leaves. */
function leaves(value: unknown, path: readonly string[] = []): Leaf[] {
  const children = Array.isArray(value) ? Object.entries(value) : isPlain(value) ? Object.entries(value) : [];
  const nested = children
    .filter(([, child]) => child !== undefined)
    .flatMap(([key, child]) => leaves(child, [...path, key]));
  return path.length === 0 ? nested : [{ path, value }, ...nested];
}

/** A value of another type that nobody means. */
function wrong(value: unknown): unknown {
  return typeof value === 'string' ? 7 : 'wrong';
}

function replaced(value: any, [key, ...rest]: readonly string[], replacement: unknown): any {
  const child = rest.length === 0 ? replacement : replaced(value[key], rest, replacement);
  return Array.isArray(value) ? value.map((old, i) => (String(i) === key ? child : old)) : { ...value, [key]: child };
}

function isAccepted(program: Program): boolean {
  try {
    run(program);
    return true;
  } catch {
    return false;
  }
}

/** The names of a path that a message can contain: the prop, or the struct or list that it is in. */
function names(path: readonly string[]): string[] {
  return path.filter(key => !/^\d+$/.test(key));
}

afterAll(() => jest.restoreAllMocks());

test('refuses each prop of a wrong type with its name', () => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  const checked = new Set<string>();
  fc.assert(
    fc.property(PROGRAMS.workloads, fc.nat(), (program, choice) => {
      const all = leaves(program.apps[0].props);
      if (all.length === 0 || !isAccepted(program)) {
        return;
      }
      const { path, value } = all[choice % all.length];
      const app: AppProgram = { ...program.apps[0], props: replaced(program.apps[0].props, path, wrong(value)) };
      let error = '';
      try {
        run({ ...program, apps: [app] });
      } catch (thrown) {
        error = (thrown as Error).message;
      }
      checked.add(names(path).join('.'));
      expect({ path, error }).toEqual({ path, error: expect.stringMatching(/^\[[^\]]*\] [^]+\. [^]+/) });
      expect(names(path).some(name => error.includes(name))).toBe(true);
    }),
    { numRuns: 200 },
  );
  expect(checked.size).toBeGreaterThan(20);
});
