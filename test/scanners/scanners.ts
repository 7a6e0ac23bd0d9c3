import { spawnSync } from 'child_process';
import { basename, dirname } from 'path';
import { goProgram, pythonProgram, schemaFolder } from './install';
import { KINDS } from '../schemas/strict';

/** What a scanner has to say of an object. */
export interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly object: string;
  readonly message: string;
}

/** A scanner that is installed and can be asked about manifests, all in one folder. */
export type Scan = (files: readonly string[]) => Finding[];

function ask(program: string, args: readonly string[], env: Record<string, string> = {}): string {
  const { stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 28,
  });
  if (error || stdout.trim() === '') {
    throw error ?? new Error(`${basename(program)} ${args.join(' ')} says nothing: ${stderr}`);
  }
  return stdout;
}

/** The tests that are off by default and contradict nothing are asked for too. */
const OPTIONAL = [
  'container-memory-requests-equal-limits',
  'container-ephemeral-storage-request-equals-limit',
  'container-ports-check',
  'container-seccomp-profile',
];

export function kubeScore(): Scan {
  const program = goProgram('kube-score', 'github.com/zegl/kube-score/cmd/kube-score');
  const optional = OPTIONAL.flatMap(test => ['--enable-optional-test', test]);
  return files =>
    files.flatMap(file =>
      JSON.parse(
        ask(program, ['score', '--output-format', 'json', '--kubernetes-version', 'v1.37', ...optional, file]),
      ).flatMap((object: any) =>
        object.checks
          .filter(({ skipped, grade }: any) => !skipped && grade < 10)
          .map((check: any) => ({
            rule: check.check.id,
            file: basename(file),
            object: `${object.type_meta.kind}/${object.object_meta.name}`,
            message: (check.comments ?? []).map(({ path, summary }: any) => `${path} ${summary}`).join('; '),
          })),
      ),
    );
}

/** Kinds that are not of Kubernetes itself, which has no schema for them. */
const CUSTOM = ['PodMonitor'];

export function kubeconform(version: string): Scan {
  const program = goProgram('kubeconform', 'github.com/yannh/kubeconform/cmd/kubeconform');
  const schemas = schemaFolder(version, KINDS);
  const location = `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
  const options = [
    '-skip',
    CUSTOM.join(),
    '-strict',
    '-output',
    'json',
    '-verbose',
    '-kubernetes-version',
    version,
    '-schema-location',
    location,
  ];
  return files =>
    JSON.parse(ask(program, [...options, ...files]))
      .resources.filter(({ status }: any) => !['statusValid', 'statusSkipped'].includes(status))
      .map(({ filename, kind, name, status, msg }: any) => ({
        rule: status,
        file: basename(filename),
        object: `${kind}/${name}`,
        message: msg,
      }));
}

export function kubesec(): Scan {
  const program = goProgram('kubesec', 'github.com/controlplaneio/kubesec/v2');
  const version = '1.34.4';
  const schemas = schemaFolder(version, KINDS);
  const options = [
    'scan',
    '--kubernetes-version',
    version,
    '--schema-location',
    `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`,
  ];
  return files =>
    files.flatMap(file =>
      JSON.parse(ask(program, [...options, file])).flatMap(({ object, valid, message, scoring }: any) =>
        [
          ...(valid || CUSTOM.includes(object.split('/')[0]) || /not supported/.test(message)
            ? []
            : [{ id: 'invalid', reason: message }]),
          ...(scoring.critical ?? []),
          ...(scoring.advise ?? []),
        ].map(({ id, reason }: any) => ({ rule: id, file: basename(file), object, message: reason })),
      ),
    );
}

/** The object is in the sentence alone. */
function trivyObject(message: string): string {
  const [, kind, name] =
    / of (\w+) '([^']+)'/.exec(message) ?? /^(\w+) '([^']+)'/.exec(message) ?? / in (\w+) (\S+)/.exec(message) ?? [];
  return `${kind}/${name}`;
}

export function trivy(): Scan {
  const program = goProgram('trivy', 'github.com/aquasecurity/trivy/cmd/trivy', { GOEXPERIMENT: 'jsonv2' });
  return files =>
    (
      JSON.parse(ask(program, ['config', '--quiet', '--skip-check-update', '--format', 'json', dirname(files[0])]))
        .Results ?? []
    ).flatMap(({ Target: file, Misconfigurations: found }: any) =>
      (found ?? [])
        .filter(({ Status: status }: any) => status === 'FAIL')
        .map(({ ID: rule, Message: message }: any) => ({
          rule,
          file: basename(file),
          object: trivyObject(message),
          message,
        })),
    );
}

export function checkov(): Scan {
  const program = pythonProgram('checkov');
  const options = ['--framework', 'kubernetes', '--skip-download', '--quiet', '--compact', '--output', 'json'];
  return files =>
    JSON.parse(ask(program, [...options, '--directory', dirname(files[0])])).results.failed_checks.map(
      (check: any) => ({
        rule: check.check_id,
        file: basename(check.file_path),
        object: check.resource,
        message: check.check_name,
      }),
    );
}

export function podSecurityAdmission(level = 'restricted'): Scan {
  const program = goProgram('pod-security-admission', '.');
  return files =>
    files.flatMap(file => {
      const { status, stdout, stderr } = spawnSync(program, ['-level', level, file], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      });
      if (status !== 0 && status !== 1) {
        throw new Error(stderr);
      }
      return stdout
        .split('\n')
        .filter(Boolean)
        .map(line => ({ ...JSON.parse(line), file: basename(file) }));
    });
}
