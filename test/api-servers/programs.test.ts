import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { ApiServer, kubeconfigs } from './api-server';
import { KubernetesVersion } from '../../src';
import { runOrRefuse } from '../laws/arbitraries/program';
import { PROGRAMS } from '../laws/arbitraries/programs';
import { restrictedViolations } from '../laws/pod-security';
import { synthExamples, synthExamplesFor } from '../run-examples';

// each server is asked about so many programs in all, others in each run
const { PROGRAMS: RUNS = '10000', PROPERTY_SEED: SEED = String(Date.now() % 2 ** 31) } = process.env;

jest.spyOn(process, 'emitWarning').mockImplementation();

/** What a server refuses or warns of; another law checks that each violation of Pod Security is waived. */
async function problemsOf(server: ApiServer, objects: any[]): Promise<string[]> {
  const isPermitted = objects.some(object => restrictedViolations(object).length > 0);
  const problems = await server.problems(objects);
  return isPermitted ? problems.filter(problem => !problem.includes('would violate PodSecurity')) : problems;
}

describe.each(kubeconfigs())('the API server of %s', kubeconfig => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await ApiServer.connect(kubeconfig);
  });
  afterAll(() => server?.disconnect());

  test('takes every example without a warning', async () => {
    // the default minimum is 1.30
    const examples = server.serves(KubernetesVersion.V1_30) ? synthExamples() : synthExamplesFor('V1_28');
    const objects = Object.values(examples).flatMap(yaml => parseAllDocuments(yaml).map(document => document.toJS()));
    expect(await problemsOf(server, objects)).toEqual([]);
    process.stdout.write(
      `    ${server.version}: ${Object.keys(examples).length} examples accepted with ${objects.length} objects\n`,
    );
  });

  test.each(Object.keys(PROGRAMS))('takes without a warning what we do not refuse of programs of %s', async subject => {
    const numRuns = Math.ceil(Number(RUNS) / Object.keys(PROGRAMS).length);
    const count = { accepted: 0, refused: 0, objects: 0 };
    const programs = PROGRAMS[subject].filter(({ minimum }) => server.serves(minimum));
    const began = Date.now();
    await fc.assert(
      fc.asyncProperty(programs, async program => {
        const objects = runOrRefuse(program, count);
        if (!objects) {
          return;
        }
        count.objects += objects.length;
        expect(await problemsOf(server, objects)).toEqual([]);
      }),
      { numRuns, seed: Number(SEED) },
    );
    const { accepted, refused, objects } = count;
    process.stdout.write(
      `    ${server.version}: ${numRuns} programs of ${subject}, seed ${SEED}: ${accepted} accepted with ${objects} ` +
        `objects, ${refused} refused by us, ${Math.round((Date.now() - began) / 1000)} s\n`,
    );
    expect(accepted).toBeGreaterThan(numRuns / 20);
  });
});
