/** Format and lint: the configuration of oxfmt and oxlint, and the tasks that run them. */
import { JsonFile, Task, typescript } from 'projen';

/** Everything written in TypeScript. */
const PATHS = ['src', 'test', 'examples', 'projenrc', '.projenrc.ts'];
const SOURCES = PATHS.map(path => (path.endsWith('.ts') ? path : `'${path}/**/*.ts'`)).join(' ');

const FORMAT = {
  printWidth: 120,
  singleQuote: true,
  arrowParens: 'avoid',
  trailingComma: 'all',
  quoteProps: 'consistent',
  sortImports: { newlinesBetween: false, groups: ['builtin', 'external', ['sibling', 'index'], 'parent'] },
};

const RULES = {
  'curly': ['error', 'multi-line', 'consistent'],
  'import/no-duplicates': 'error',
  'no-bitwise': 'error',
  'no-shadow': 'error',
  'typescript/dot-notation': 'error',
  'typescript/no-floating-promises': 'error',
  'typescript/no-require-imports': 'error',
  'typescript/return-await': 'error',
  // a further sink, collector, format or kind is asked for wherever there is a switch
  'typescript/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: false },
  ],
  // TypeScript checks it, and knows that a property is taken out of the rest
  'no-unused-vars': 'off',
  // unions of unknown values, spread strings, defaults of absent elements and spies of jest are meant
  'no-control-regex': 'off',
  'typescript/no-base-to-string': 'off',
  'typescript/no-misused-spread': 'off',
  'typescript/no-useless-default-assignment': 'off',
  'typescript/require-array-sort-compare': 'off',
  'typescript/restrict-template-expressions': 'off',
  'typescript/unbound-method': 'off',
};

const LINT = {
  plugins: ['typescript', 'import'],
  categories: { correctness: 'error' },
  ignorePatterns: ['*.js', '*.d.ts'],
  rules: RULES,
  overrides: [{ files: ['test/**'], rules: { 'typescript/switch-exhaustiveness-check': 'off' } }],
};

/** Adds `format`, which writes, and `lint`, which checks the format, the rules and the types of all sources. */
export function addLint(project: typescript.TypeScriptProject): Task {
  project.addDevDeps('oxfmt@^0.79', 'oxlint@^1.94', 'oxlint-tsgolint@^7');
  new JsonFile(project, '.oxfmtrc.json', { obj: FORMAT, marker: false });
  new JsonFile(project, '.oxlintrc.json', { obj: LINT, marker: false });
  project.addTask('format', {
    description: 'Formats the sources, and mends what oxlint can',
    steps: [{ exec: `oxfmt ${SOURCES}` }, { exec: `oxlint --fix ${PATHS.join(' ')}` }],
  });
  return project.addTask('lint', {
    description: 'Checks the format, the rules and the types of the sources',
    steps: [
      { exec: `oxfmt --check ${SOURCES}` },
      { exec: `oxlint --type-aware --type-check --report-unused-disable-directives ${PATHS.join(' ')}` },
    ],
  });
}
