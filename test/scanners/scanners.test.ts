import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Exception, EXCEPTIONS } from './exceptions';
import { checkov, Finding, kubeconform, kubeScore, kubesec, podSecurityAdmission, Scan, trivy } from './scanners';
import { findExamples } from '../../examples/find-examples';

/** The manifests of all examples in one folder, for clusters from a version on. */
function manifests(oldest?: 'V1_28'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'scanners-'));
  process.env.CDK8S_OUTDIR = folder;
  for (const example of findExamples()) {
    jest.isolateModules(() => {
      if (oldest) {
        const { KubernetesVersion } = jest.requireActual('../../src');
        jest.spyOn(KubernetesVersion, 'minimumOf').mockReturnValue(KubernetesVersion[oldest]);
      }
      jest.requireActual(join(__dirname, '..', '..', 'examples', example, 'main.ts'));
    });
  }
  delete process.env.CDK8S_OUTDIR;
  return readdirSync(folder).map(name => join(folder, name));
}

const files = manifests();
const bare = join(mkdtempSync(join(tmpdir(), 'scanners-')), 'bare.yaml');
copyFileSync(join(__dirname, '..', 'corpus', 'article-database.yaml'), bare);
const line = ({ file, object, rule, message }: Finding) => `${file} ${object}: ${rule}: ${message}`;

function excepted(scanner: string, { rule, object }: Finding): Exception | undefined {
  return EXCEPTIONS.find(
    exception => exception.scanner === scanner && exception.rule === rule && (exception.of?.test(object) ?? true),
  );
}

describe.each<[string, () => Scan]>([
  ['kube-score', kubeScore],
  ['kubesec', kubesec],
  ['checkov', checkov],
  ['pod-security-admission', () => podSecurityAdmission()],
  ['trivy', trivy],
])('%s', (scanner, install) => {
  let scan: Scan;
  let findings: Finding[];
  beforeAll(() => {
    scan = install();
    findings = scan(files);
  });

  test('finds something in a bare Pod', () => {
    expect(scan([bare])).not.toEqual([]);
  });

  test('finds nothing in the examples', () => {
    expect(findings.filter(finding => !excepted(scanner, finding)).map(line)).toEqual([]);
  });

  test('needs each of its exceptions', () => {
    const needed = new Set(findings.map(finding => excepted(scanner, finding)));
    expect(EXCEPTIONS.filter(exception => exception.scanner === scanner && !needed.has(exception))).toEqual([]);
  });
});

describe('kubeconform', () => {
  const oldest = manifests('V1_28');
  const unknownField = join(mkdtempSync(join(tmpdir(), 'scanners-')), 'unknown.yaml');
  writeFileSync(unknownField, readFileSync(bare, 'utf8').replace('spec:', 'spec:\n  replicas: 2'));

  test.each(['1.28.15', '1.29.6', '1.30.14', '1.31.14', '1.32.13', '1.33.13', '1.34.4', '1.35.4', '1.36.3', '1.37.2'])(
    'finds nothing in the examples by the schema of Kubernetes %s, strictly',
    version => {
      // clusters before 1.30 are served when they are asked for
      const scan = kubeconform(version);
      expect(scan([unknownField]).map(({ rule }) => rule)).toEqual(['statusInvalid']);
      expect(scan(/^1\.2[89]/.test(version) ? oldest : files).map(line)).toEqual([]);
    },
  );
});
