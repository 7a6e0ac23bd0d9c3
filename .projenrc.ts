import { cdk8s, github, javascript, JsonPatch, release, typescript } from 'projen';
import { addLint } from './projenrc/lint';
import { BILL_OF_MATERIALS, secureWorkflows } from './projenrc/workflows';

const name = 'cdk8s-storage-patterns';
const repository = `github.com/${name}/${name}`;

/** Suites with needs of their own, and the tasks that each begins with. */
const SUITES: Record<string, { readonly description: string; readonly before?: string[] }> = {
  'api-servers': { description: 'Sends generated programs and the examples to the API servers in API_SERVERS' },
  'browser': { description: 'Opens the storage map in Chromium' },
  'cdk8s-cli': { description: 'Validates apps with `cdk8s synth` and the packed package', before: ['compile'] },
  'cluster': { description: 'Tests against the cluster in KUBECONFIG' },
  'collectors': {
    description:
      'Runs the collectors of TEST_COLLECTOR_ROOTS or TEST_COLLECTOR_RUNTIME against recording sinks; needs Go',
  },
  'generators': {
    description: 'Checks that the generated programs use the whole public API',
    before: ['compile'],
  },
  'languages': {
    description: 'Tests the packages of all languages as users install them',
    before: ['compile', 'package:dependencies', 'package-all'],
  },
  'scanners': {
    description: 'Scans the examples with other scanners; needs Go and Python',
  },
  'yaml': { description: 'Reads the written YAML with the parsers of Node, Go and Python' },
};

/**
 * The files of the npm package, whatever else is in the directory. npm adds package.json, README and LICENSE. The
 * bundled dependencies are listed in package.json.
 */
const PUBLISHED = [
  '.jsii',
  'CHANGELOG.md',
  'lib/**/*.js',
  'lib/**/*.d.ts',
  'templates/**/*.{go,html,java,json,mod,py,ts,txt,xml}',
  'templates/**/gitignore',
];

const project = new cdk8s.ConstructLibraryCdk8s({
  name,
  description: 'Configuration, logs and databases for apps on Kubernetes: cdk8s constructs with safe defaults',
  author: `${name} authors`,
  authorAddress: `https://${repository}`,
  authorOrganization: true,
  repositoryUrl: `https://${repository}.git`,
  keywords: ['cdk8s', 'kubernetes', 'storage', 'configmap', 'logging', 'database', 'statefulset'],
  license: 'Apache-2.0',
  copyrightOwner: `${name} authors`,
  copyrightPeriod: '2026-',

  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  projenVersion: '~0.103.25',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  minNodeVersion: '20.19.0',
  workflowNodeVersion: '20',
  defaultReleaseBranch: 'main',
  majorVersion: 0,

  bin: { [name]: 'lib/cli/main.js' },

  cdk8sVersion: '2.70.106',
  constructsVersion: '10.5.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  // ini 6 and later refuse some of the Node versions served here, commander 15 and later Node 20
  bundledDeps: [
    'ajv@^8',
    'ajv-formats@^3',
    'commander@^14',
    'dot-properties@^1',
    'dotenv@^17',
    'fastest-levenshtein@^1',
    'ini@^5',
    'js-yaml@^4',
    'picomatch@^4',
    'smol-toml@^1',
    'xmlbuilder@^15',
    'yaml@^2',
  ],
  devDeps: [
    'axe-core@^4',
    'playwright-core@^1',
    '@microsoft/jest-sarif@1.0.0-beta.0',
    'cspell@^9',
    'esbuild@^0.28',
    'markdownlint@^0.40',
    '@types/sarif@^2',
    'ajv-draft-04@^1',
    '@types/node@^20',
    '@types/ini@^4',
    '@types/js-yaml@^4',
    '@types/picomatch@^4',
    'fast-check@^4',
    'fast-xml-parser@^5',
    'jest-light-runner@^0.7',
    'recheck@^4',
  ],
  bumpPackage: 'commit-and-tag-version@^12',

  sampleCode: false,
  readme: { contents: `# ${name}\n` },
  tsconfigDev: {
    compilerOptions: { paths: { [name]: ['../src/index.ts'] } },
  },
  jestOptions: {
    // the default (ALWAYS) rewrites snapshots on every run of the tests
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      // `npx projen test --coverage` collects it, and v8 (the default) costs three times the CPU of the whole suite
      collectCoverage: false,
      // the default leaves one core idle, which is half of the machines of most pipelines
      maxWorkers: '100%',
      coverageProvider: 'babel',
      globalSetup: '<rootDir>/test/temporary-directory.ts',
      globalTeardown: '<rootDir>/test/remove-temporary-directory.ts',
      // a context of its own for each suite costs more than the tests
      runner: 'jest-light-runner/child-process',
      setupFiles: ['register-typescript.mjs', 'silence-warnings.ts', 'property-seed.ts'].map(
        file => `<rootDir>/test/${file}`,
      ),
      moduleNameMapper: { [`^${name}$`]: '<rootDir>/src/index.ts' },
      testPathIgnorePatterns: ['/node_modules/', ...Object.keys(SUITES).map(suite => `<rootDir>/test/${suite}/`)],
    },
  },
  // oxlint and oxfmt take its place: see projenrc/lint.ts
  eslint: false,
  checkLicenses: {
    production: true,
    development: false,
    allow: ['Apache-2.0', 'MIT', 'ISC', 'BSD-3-Clause', 'BSD-2-Clause', 'Python-2.0'],
  },
  gitignore: ['/dist/', '.DS_Store', '/node_modules'],

  // a person decides what a release is called, in CHANGELOG.md, and when it is made
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  nextVersionCommand: 'tsx projenrc/release.ts version',
  // titles are sentences
  githubOptions: { pullRequestLint: false },
  // the tool runs with the credentials of every registry
  jsiiReleaseVersion: '0.2.1061',
  npmTrustedPublishing: true,
  // a pull request changes nothing in the repository: its author runs `npx projen build`
  buildWorkflowOptions: {
    mutableBuild: false,
    permissions: { contents: github.workflows.JobPermission.READ },
  },

  publishToPypi: { trustedPublishing: true, distName: name, module: 'cdk8s_storage_patterns' },
  publishToMaven: {
    mavenGroupId: `io.github.${name}`,
    mavenArtifactId: name,
    javaPackage: 'io.github.cdk8s_storage_patterns',
  },
  publishToGo: { moduleName: `${repository}-go` },
});

project.npmignore?.exclude('/docs/', '/examples/', '/.ci/', '/CONTRIBUTING.md', '/API.md');
// no host of a registry in package-lock.json, whoever runs npm
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');
project.package.addField('files', PUBLISHED);
// npm 11.16 and later list packages whose install scripts they skipped: none of these is needed
project.package.addField('allowScripts', { '@parcel/watcher': false, 'esbuild': false, 'unrs-resolver': false });
// a lock file made where some platforms' packages of 1.13 are missing fails `npm ci`
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// Node 20 is past its end of life: jsii prints a banner at each start
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
// jsii-pacmak's default is an empty Maven repository for each run: minutes of downloads instead of seconds
project.tasks
  .tryFind('package:java')!
  .reset('jsii-pacmak -v --target java --maven-local-repository "$HOME/.m2/repository"');
// the maps would double the package, and hold its sources a second time
project
  .tryFindObjectFile('tsconfig.json')
  ?.addOverride('compilerOptions', { inlineSourceMap: false, inlineSources: false });
const trim = project.addTask('package:trim', {
  description: 'Removes sources, maps and tests from the dependencies that are bundled',
  exec: 'tsx projenrc/trim-bundle.ts',
});
for (const target of ['js', 'java', 'python', 'go']) {
  project.tasks.tryFind(`package:${target}`)!.prependSpawn(trim);
}
for (const language of ['java', 'python', 'go']) {
  project.tasks.tryFind(`package:${language}`)!.prependExec(`tsx projenrc/package-readme.ts ${language}`);
}
project.addTask('package:dependencies', {
  description: 'Generates the Java and Go packages of the dependencies, once, for registries that lack them',
  condition: '[ ! -d node_modules/cdk8s-plus-28/dist/java ]',
  exec:
    'jsii-pacmak -v --no-npmignore --target go --target java --maven-local-repository "$HOME/.m2/repository" ' +
    'node_modules/constructs node_modules/cdk8s node_modules/cdk8s-plus-28',
});
for (const [suite, { description, before = [] }] of Object.entries(SUITES)) {
  project.addTask(`test:${suite}`, {
    description,
    steps: [
      ...before.map(spawn => ({ spawn })),
      { exec: `jest --config test/${suite}/jest.config.json --runInBand`, receiveArgs: true },
    ],
  });
}
project.buildWorkflow?.addPostBuildJob('languages', {
  runsOn: ['ubuntu-latest'],
  permissions: { contents: github.workflows.JobPermission.READ },
  tools: {
    node: { version: '20' },
    java: { version: '17' },
    python: { version: '3.x' },
    go: { version: 'stable' },
  },
  steps: [
    github.WorkflowSteps.checkout({
      with: {
        ref: '${{ github.event.pull_request.head.ref }}',
        repository: '${{ github.event.pull_request.head.repo.full_name }}',
      },
    }),
    { run: 'npm ci' },
    { run: 'npx projen test:languages' },
    { run: 'npx projen test:generators' },
  ],
});
const collectors = {
  runsOn: ['ubuntu-latest'],
  permissions: { contents: github.workflows.JobPermission.READ },
  tools: { node: { version: '20' }, go: { version: 'stable' } },
  // the images that the presets name, as users run them
  env: { TEST_COLLECTOR_RUNTIME: 'docker' },
  steps: [github.WorkflowSteps.checkout(), { run: 'npm ci' }, { run: 'npx projen test:collectors' }],
};
const nightly = project.github!.addWorkflow('nightly');
nightly.on({ schedule: [{ cron: '17 3 * * *' }], workflowDispatch: {} });
nightly.addJobs({ collectors });
const releaseWorkflow = project.github!.tryFindWorkflow('release')!;
releaseWorkflow.addJobs({ collectors });
releaseWorkflow.file!.patch(JsonPatch.add('/jobs/release/needs', ['collectors']));
for (const path of ['docs/python/**', 'docs/java/**', 'docs/go/**']) {
  project.annotateGenerated(`/${path}`);
}
const compat = project.tasks.tryFind('compat')!;
compat.reset('tsx projenrc/release.ts compat');
project.postCompileTask.spawn(compat, { condition: 'node -e "if (!process.env.CI) process.exit(1)"' });
const bump = project.tasks.tryFind('bump')!;
bump.exec('tsx projenrc/release.ts notes > dist/changelog.md');
bump.exec(`tsx projenrc/bill-of-materials.ts > ${BILL_OF_MATERIALS}`);

// an editor and oxlint look for the nearest tsconfig.json
new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../test/tsconfig.json']),
  compilerOptions: {},
  include: ['**/*.ts'],
});

const tsx = 'tsx --tsconfig test/tsconfig.json';
project.addTask('examples', {
  description: 'Synthesizes every example to dist/examples/<example>.k8s.yaml',
  exec: `${tsx} examples/synth.ts`,
});
project.postCompileTask.spawn(
  project.addTask('docs:languages', {
    description: 'Writes README and docs in the other languages',
    exec: 'tsx projenrc/samples/pages.ts',
  }),
);
// each suite loads the library: a larger nursery of the heap saves a fifth of the time
project.testTask.env('NODE_OPTIONS', '--max-semi-space-size=64');
project.addTask('docs:images', {
  description: 'Writes the table of docs/image-facts.md from the facts of images',
  exec: `${tsx} test/laws/image-facts-page.ts`,
});
project.addTask('docs:operators', {
  description: 'Writes the table of docs/audit-input.md from the facts about operators',
  exec: `${tsx} test/laws/operators-page.ts`,
});
project.addTask('docs:rules', {
  description: 'Writes the table of docs/safe-defaults.md from the rules',
  exec: `${tsx} test/laws/safe-defaults-page.ts`,
});
project.addTask('test:collectors:matrix', {
  description: 'Runs every collector with every sink and event, and writes docs/collectors.md; about two hours',
  steps: [{ exec: `MATRIX_PAGE=true ${tsx} test/collectors/matrix.ts`, receiveArgs: true }],
});
project.addTask('images:update', {
  description:
    'Writes the digests of the default images, as their registries serve them, to src/facts/image-digests.ts',
  exec: `${tsx} projenrc/image-digests.ts`,
});
project.addTask('images:check', {
  description: 'Fails if the digest of a default image is missing in src/facts/image-digests.ts',
  exec: `${tsx} projenrc/image-digests.ts check`,
});
project.addTask('lint:expressions', {
  description: 'Checks that the regular expressions of the source are linear; `--all` also checks the known ones',
  exec: `${tsx} test/laws/linear-expressions.ts`,
  receiveArgs: true,
});
project.addTask('lint:words', {
  description: 'Checks the words of docs, docstrings and messages',
  exec: `${tsx} test/words/lint.ts`,
});
// `require` then loads what a program uses, and not all
project.compileTask.exec(`${tsx} projenrc/lazy-imports.ts`);
project.compileTask.exec(`${tsx} projenrc/bundle-command.ts`);
// jsii writes the assembly for the tests and uses one core; the linters use the other
const lint = addLint(project);
project.testTask.reset(
  `sh -c 'npx projen ${lint.name} & lint=$!; npx projen compile && npx projen lint:words; ` +
    `status=$?; wait $lint && exit $status'`,
);
project.testTask.exec('jest --passWithNoTests --ci', { receiveArgs: true });
project.addTask('fuzz', {
  description: 'Audits and maps changed manifests, and compares the reader with that of kubectl; needs Go',
  exec: `${tsx} test/fuzz/fuzz.ts`,
  receiveArgs: true,
});
project.addTask('messages', {
  description: 'Prints every error, finding and message of the command, as the tests see them',
  exec: `${tsx} test/messages/print.ts`,
});
project.addTask('judgement:sample', {
  description: 'Draws findings in public manifests at random, for a reader to judge',
  steps: [{ exec: `${tsx} test/judgement/sample.ts`, receiveArgs: true }],
});
project.addTask('judgement:table', {
  description: 'Prints the table of judged findings for docs/proven.md',
  exec: `${tsx} test/judgement/table.ts`,
});
const compile = { spawn: 'compile' };
project.addTask('bench', {
  description: 'Measures the library and the command beside other programs, and prints one table',
  steps: [compile, { exec: `${tsx} test/bench/bench.ts`, receiveArgs: true }],
});
project.addTask('docs:map', {
  description: 'Draws the picture of the README',
  steps: [
    { spawn: 'examples' },
    {
      exec:
        `${tsx} src/cli/main.ts map dist/examples/composed-app.k8s.yaml --format svg --output ` +
        'docs/composed-app.svg',
    },
  ],
});
secureWorkflows(project.github!);
project.addTask('actions:update', {
  description: 'Writes the newest releases of the GitHub Actions and their hashes to projenrc/actions.json',
  exec: 'tsx projenrc/actions.ts',
});

project.synth();
