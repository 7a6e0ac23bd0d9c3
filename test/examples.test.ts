import { cpSync, mkdtempSync, rmSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { schemaProblems } from './schemas/kubernetes';
import { synthExample } from './synth-example';
import { findExamples } from '../examples/find-examples';

const root = join(__dirname, '..', 'examples');

describe.each(findExamples())('%s', example => {
  const yaml = synthExample(example);

  test('gives this manifest', () => {
    expect(yaml).toMatchSnapshot();
  });

  test('renders the same bytes again, also from another directory and time zone', () => {
    expect(synthExample(example)).toBe(yaml);
    const copy = mkdtempSync(join(__dirname, '.copy-'));
    try {
      cpSync(join(root, example), join(copy, example), { recursive: true });
      process.env.TZ = 'Pacific/Kiritimati';
      expect(synthExample(example, copy)).toBe(yaml);
    } finally {
      delete process.env.TZ;
      rmSync(copy, { recursive: true });
    }
  });

  test.each(['1.28', '1.34', '1.37'] as const)(
    'matches the OpenAPI schema of Kubernetes %s without unknown fields',
    version => {
      const unsupported =
        version === '1.28'
          ? /\/lifecycle\/preStop must NOT have additional properties \{"additionalProperty":"sleep"\}/
          : /^$/;
      // the examples support clusters from 1.30 on, which have the sleep action
      expect(
        parseAllDocuments(yaml)
          .flatMap(document => schemaProblems(version, document.toJS()))
          .filter(problem => !unsupported.test(problem)),
      ).toEqual([]);
    },
  );
});
