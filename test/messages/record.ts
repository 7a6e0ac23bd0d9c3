import { appendFileSync } from 'fs';

/** What a test has seen, and the call in the sources that it comes from. */
export interface Recorded {
  readonly site: string;
  readonly text: string;
}

const FILE = process.env.MESSAGES_FILE;

/** The call in the sources behind `fail`, `warn` and `message`. */
function mockSite(): string {
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  const places = frames.flatMap(frame => /\/(src\/[^:]+:\d+):\d+\)?$/.exec(frame)?.[1] ?? []);
  return places.find(place => !/^src\/checks\/(?:fail|message|reason)\.ts/.test(place)) ?? 'unknown';
}

function mockRecord(text: string): void {
  appendFileSync(FILE!, `${JSON.stringify({ site: mockSite(), text } satisfies Recorded)}\n`);
}

if (FILE !== undefined) {
  jest.mock('../../src/checks/fail', () => {
    const actual = jest.requireActual<typeof import('../../src/checks/fail')>('../../src/checks/fail');
    return {
      ...actual,
      fail: (...args: Parameters<typeof actual.fail>) => {
        try {
          return actual.fail(...args);
        } catch (error) {
          mockRecord((error as Error).message);
          throw error;
        }
      },
      warn: (...[scope, problem, remedy]: Parameters<typeof actual.warn>) => {
        mockRecord(`[${scope.node.path}] ${problem} ${remedy}`);
        actual.warn(scope, problem, remedy);
      },
    };
  });
}
