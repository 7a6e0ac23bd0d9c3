import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { releaseObstacle, withDigests } from '../../projenrc/image-digests';
import { IMAGE_DIGESTS } from '../../src/facts/image-digests';

const ROOT = join(__dirname, '..', '..');
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const complete = Object.fromEntries(Object.keys(IMAGE_DIGESTS).map(image => [image, DIGEST]));

test('writes a digest next to its image only', () => {
  const file = `{\n  'docker.io/a/b:1.2': '',\n  'docker.io/a/b:1x2': '',\n};\n`;
  expect(withDigests(file, { 'docker.io/a/b:1.2': DIGEST })).toBe(
    `{\n  'docker.io/a/b:1.2': '${DIGEST}',\n  'docker.io/a/b:1x2': '',\n};\n`,
  );
  expect(withDigests(withDigests(file, { 'docker.io/a/b:1.2': DIGEST }), { 'docker.io/a/b:1.2': '' })).toBe(file);
});

test('a release is possible if each image has a digest', () => {
  expect(releaseObstacle(complete)).toBeUndefined();
});

test.each(['', 'latest', 'sha256:', DIGEST.slice(0, -1), `${DIGEST}0`, DIGEST.toUpperCase(), ` ${DIGEST}`])(
  'a release is not possible with the digest %j',
  digest => {
    const image = 'docker.io/library/busybox:1.37.0';
    expect(releaseObstacle({ ...complete, [image]: digest })).toBe(
      `src/facts/image-digests.ts has no digest of '${image}', so the publishers of these images can replace them ` +
        "after the release. Run 'npx projen images:update', which needs access to the registries, and commit the " +
        'digests.',
    );
  },
);

test('names each image without a digest', () => {
  expect(releaseObstacle({ 'docker.io/a/b:1': '', 'docker.io/a/c:1': DIGEST, 'docker.io/a/d:1': '' })).toContain(
    "no digest of 'docker.io/a/b:1', 'docker.io/a/d:1', so",
  );
});

test('the task fails with the sentence, and without a stack trace', () => {
  const script = ['--tsconfig', 'test/tsconfig.json', 'projenrc/image-digests.ts', 'check'];
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules', '.bin', 'tsx'), script, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const obstacle = releaseObstacle(IMAGE_DIGESTS);
  expect({ status, stdout, stderr }).toEqual({
    status: obstacle === undefined ? 0 : 1,
    stdout: '',
    stderr: obstacle === undefined ? '' : `${obstacle}\n`,
  });
});

test('the workflow checks the digests before it publishes, also in a dry run', () => {
  const { jobs } = parse(readFileSync(join(ROOT, '.github', 'workflows', 'release.yml'), 'utf8'));
  const commands: string[] = jobs.release.steps.map(({ run = '' }: any) => run);
  const check = commands.indexOf('npx projen images:check');
  expect(commands.indexOf('npx projen release')).toBe(check + 1);
  expect(jobs.release.steps[check]).toEqual({ name: expect.any(String), run: 'npx projen images:check' });
  const needsRelease = (name: string): boolean =>
    name === 'release' || [jobs[name].needs ?? []].flat().some((needed: string) => needsRelease(needed));
  const publishing = Object.keys(jobs).filter(name => name.startsWith('release_'));
  expect(publishing).toHaveLength(5);
  expect(publishing.filter(name => !needsRelease(name))).toEqual([]);
});
