/** What the workflows do beyond the defaults of projen: pinned actions, few permissions, attested releases. */
import { github, IResolver, JsonPatch } from 'projen';
import { ActionPin, ACTIONS, commentVersions } from './actions';

const { READ, WRITE } = github.workflows.JobPermission;

/** The bill of materials of the npm package, which the task `bump` writes and the release publishes. */
export const BILL_OF_MATERIALS = 'dist/sbom.cdx.json';

/** The protected part of a file that renders it. projen has no option for comments. */
interface Renderer {
  synthesizeContent(resolver: IResolver): string | undefined;
}

/** Pins the actions, removes permissions that no step needs, and attests the packages of a release. */
export function secureWorkflows(project: github.GitHub): void {
  for (const [name, { hash }] of Object.entries<ActionPin>(ACTIONS)) {
    project.actions.set(name, `${name}@${hash}`);
  }
  secureRelease(project.tryFindWorkflow('release')!.file!);
  for (const { file } of project.workflows) {
    file!.addOverride('permissions', { contents: READ });
    const renderer = file as unknown as Renderer;
    const render = renderer.synthesizeContent.bind(file);
    renderer.synthesizeContent = resolver => commentVersions(render(resolver) ?? '');
  }
}

function secureRelease(file: { patch(...patches: JsonPatch[]): void }): void {
  file.patch(
    // only the job of GitHub Releases writes
    JsonPatch.replace('/jobs/release/permissions/contents', READ),
    // every other job of the release needs this one
    JsonPatch.test('/jobs/release/steps/4/name', 'release'),
    JsonPatch.add('/jobs/release/steps/4', {
      name: 'Check that each default image has a digest',
      run: 'npx projen images:check',
    }),
    // trusted publishing needs npm 11.5
    JsonPatch.test('/jobs/release_npm/steps/0/with/node-version', '20'),
    JsonPatch.replace('/jobs/release_npm/steps/0/with/node-version', '24'),
    // the publishing tool knows its registry; no host is written down
    JsonPatch.test('/jobs/release_npm/steps/9/name', 'Release'),
    JsonPatch.remove('/jobs/release_npm/steps/9/env/NPM_REGISTRY'),
    ...attest('release_npm', 9, [
      attestation('Attest provenance', { 'subject-path': 'dist/js/*.tgz' }),
      attestation('Attest the bill of materials', {
        'subject-path': 'dist/js/*.tgz',
        'sbom-path': 'dist.old/sbom.cdx.json',
      }),
    ]),
    ...attest('release_maven', 10, [attestation('Attest provenance', { 'subject-path': 'dist/java/**/*.jar' })]),
    ...attest('release_pypi', 10, [attestation('Attest provenance', { 'subject-path': 'dist/python/*' })]),
    JsonPatch.test('/jobs/release_github/steps/3/name', 'Release'),
    JsonPatch.add('/jobs/release_github/steps/4', {
      name: 'Publish the bill of materials',
      if: '${{ !inputs.dry_run }}',
      env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
      run: `gh release upload "$(cat dist/releasetag.txt)" -R "$GITHUB_REPOSITORY" ${BILL_OF_MATERIALS} --clobber`,
    }),
  );
}

/** Adds steps before the step that publishes, and the permissions that attestations need. */
function attest(job: string, position: number, steps: object[]): JsonPatch[] {
  return [
    JsonPatch.add(`/jobs/${job}/permissions/id-token`, WRITE),
    JsonPatch.add(`/jobs/${job}/permissions/attestations`, WRITE),
    JsonPatch.test(`/jobs/${job}/steps/${position}/name`, 'Release'),
    ...steps.map((step, i) => JsonPatch.add(`/jobs/${job}/steps/${position + i}`, step)),
  ];
}

function attestation(name: string, inputs: object): object {
  const { hash } = ACTIONS['actions/attest'];
  return { name, uses: `actions/attest@${hash}`, if: '${{ !inputs.dry_run }}', with: inputs };
}
