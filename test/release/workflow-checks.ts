/** The checks of OpenSSF Scorecard that need no network, and a few of our own, on the text of a workflow. */
import { parse } from 'yaml';

/** Events whose workflows run with the secrets of the repository on the code of a stranger. */
const DANGEROUS_EVENTS = ['pull_request_target', 'workflow_run', 'issue_comment'];

const EVENTS = 'comment|commits|discussion|head_commit|issue|pull_request|review';

/** Expressions whose values the author of a pull request or an issue decides. */
const UNTRUSTED = new RegExp(
  String.raw`\$\{\{[^}]*(?:inputs\.|github\.(?:head_ref|actor|event\.(?:${EVENTS})))[^}]*\}\}`,
);

/** Programs that a step fetches without a fixed version. */
const FLOATING: readonly (readonly [RegExp, string])[] = [
  [/@latest\b/, 'runs the latest version of a program'],
  [/\bnpm (?:install|i)\b(?! --global \S+@\d)/, "runs 'npm install' in place of 'npm ci'"],
  [/\bnpx (?:-y |--yes )(?!\S+@\d)/, 'runs a program of the registry without a version'],
  [/\b(?:curl|wget)\b[^\n]*\|\s*(?:sudo )?(?:ba|z)?sh\b/, 'runs a downloaded script'],
  [/\bpip3? install (?!.*(?:==|--require-hashes|-r |\.whl))/, 'installs a Python package without a version'],
];

/** The jobs that may write, and what. Everything else reads the contents of the repository. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  release_github: ['contents'],
  release_npm: ['id-token', 'attestations'],
  release_maven: ['id-token', 'attestations'],
  release_pypi: ['id-token', 'attestations'],
};

/** The secrets that a job may use. Trusted publishing needs none. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  release_github: ['GITHUB_TOKEN'],
  release_golang: ['GO_GITHUB_TOKEN'],
  release_maven: [
    'MAVEN_GPG_PRIVATE_KEY',
    'MAVEN_GPG_PRIVATE_KEY_PASSPHRASE',
    'MAVEN_PASSWORD',
    'MAVEN_STAGING_PROFILE_ID',
    'MAVEN_USERNAME',
  ],
  pr: ['PROJEN_GITHUB_TOKEN'],
};

interface Job {
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly steps?: readonly { readonly uses?: string; readonly run?: string }[];
  readonly container?: unknown;
  readonly services?: Readonly<Record<string, unknown>>;
}

/** Returns the problems of a workflow. */
export function problemsOf(content: string): string[] {
  const { on, permissions, jobs = {} } = parse(content) as Record<string, any>;
  return [
    ...DANGEROUS_EVENTS.filter(event => [on].flat().includes(event) || on?.[event] !== undefined).map(
      event => `starts on ${event}`,
    ),
    ...(isReadOnly(permissions) ? [] : ['does not restrict the token at the top level']),
    ...unpinned(content),
    ...Object.entries<Job>(jobs).flatMap(([name, job]) => problemsOfJob(name, job).map(text => `${name}: ${text}`)),
  ];
}

function problemsOfJob(name: string, job: Job): string[] {
  const commands = (job.steps ?? []).flatMap(({ run }) => run ?? []);
  return [
    ...unusualPermissions(job.permissions, WRITERS[name] ?? []),
    ...commands.filter(command => UNTRUSTED.test(command)).map(command => `interpolates input into '${command}'`),
    ...commands.flatMap(command => FLOATING.filter(([pattern]) => pattern.test(command)).map(([, text]) => text)),
    ...[...new Set([...JSON.stringify(job).matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret))]
      .filter(secret => !(SECRETS[name] ?? []).includes(secret))
      .map(secret => `uses the secret ${secret}`),
    ...[job.container, ...Object.values(job.services ?? {})]
      .map(image => JSON.stringify(image))
      .filter(image => image !== undefined && !image.includes('@sha256:'))
      .map(image => `runs the image ${image} without a digest`),
  ];
}

/** Returns the actions that are not pinned by the hash of a commit, with the version in a comment. */
function unpinned(content: string): string[] {
  return [...content.matchAll(/^\s*(?:- )?uses:\s*(.*)$/gm)]
    .map(([, reference]) => reference)
    .filter(reference => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(reference))
    .map(reference => `does not pin '${reference}'`);
}

function isReadOnly(permissions: Job['permissions']): boolean {
  return permissions !== undefined && unusualPermissions(permissions, []).length === 0;
}

function unusualPermissions(permissions: Job['permissions'], writable: readonly string[]): string[] {
  if (permissions === undefined || permissions === 'read-all') {
    return [];
  }
  if (typeof permissions === 'string') {
    return [`has the permissions '${permissions}'`];
  }
  return Object.entries(permissions)
    .filter(([scope, access]) => access === 'write' && !writable.includes(scope))
    .map(([scope]) => `can write ${scope}`);
}
