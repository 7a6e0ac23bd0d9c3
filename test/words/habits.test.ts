import { spawnSync } from 'child_process';
import { mkdtempSync, writeFileSync } from 'fs';
import { join } from 'path';
import { DOCSTRING_HABITS, habitsIn, HABITS, HEADING_HABITS, MOST_WORDS } from './habits';

const ROOT = join(__dirname, '..', '..');
const PLAIN = 'Creates a volume for each replica. The claim outlives the pod, because the data must not be lost.';

describe('the law for words', () => {
  it.each([...HABITS, ...HEADING_HABITS, ...DOCSTRING_HABITS])('finds the habit $name', habit => {
    expect(habitsIn(habit.example, [habit])).toEqual([habit]);
    expect(habitsIn(PLAIN, [habit])).toEqual([]);
  });

  it('fails on each habit, long sentence and misspelled word of a page', () => {
    const page = join(mkdtempSync(join(process.env.TMPDIR ?? '/tmp', 'words-')), 'page.md');
    const long = `The volume is ${'very '.repeat(MOST_WORDS)}large.`;
    writeFileSync(
      page,
      [
        '# Page',
        ...HEADING_HABITS.map(({ example }) => `## ${example}`),
        ...HABITS.map(({ example }) => example),
        long,
        'The behaviour of the volume.',
        '',
      ].join('\n\n'),
    );
    const { status, stdout } = spawnSync(
      'npx',
      ['tsx', '--tsconfig', 'test/tsconfig.json', 'test/words/lint.ts', page],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    expect(status).toBe(1);
    [...HABITS, ...HEADING_HABITS].forEach(({ name }) => expect(stdout).toContain(`habits ${name}: `));
    expect(stdout).toContain(`sentence-length ${long}`);
    expect(stdout).toContain('spelling Unknown word (behaviour)');
  });
});
