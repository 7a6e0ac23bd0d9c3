import { at, JsonPath, list } from '../../inspect/json';
import { formatMode } from '../../inspect/mode';
import type { Volume } from '../../inspect/pods';
import { eachPod, Found, Rule } from '../rule';

export const modeIsOctal: Rule<'mode-is-octal'> = {
  id: 'mode-is-octal',
  summary: 'A file mode is written as an octal number.',
  rationale:
    'YAML and JSON read a number without a leading zero as decimal. 444 is the mode 0674, which lets the group ' +
    'change the file.',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/',
  fix: {
    construct: "Write the mode as an octal number: '0o444'.",
    yaml: 'Write the mode with a leading zero: 0444. In JSON, use the decimal number: 292.',
  },
  ...eachPod(function* (pod) {
    for (const volume of pod.volumes) {
      for (const { mode, path } of modesOf(volume)) {
        const problem = problemOf(mode);
        if (problem !== undefined) {
          yield { at: path, message: `${problem} (volume '${volume.name}').` } satisfies Found;
        }
      }
    }
  }),
};

/** Modes that people set on files of volumes. Each is written as its octal digits. */
const USUAL = [
  400, 440, 444, 500, 550, 555, 600, 640, 644, 660, 664, 666, 700, 740, 744, 750, 755, 760, 764, 770, 774, 775, 777,
];

const MAX_MODE = 0o777;

function problemOf(mode: unknown): string | undefined {
  if (typeof mode === 'string') {
    return /^(?:0o?)?[0-7]{3}$/.test(mode) ? `The mode '${mode}' is a string, which the API server rejects` : undefined;
  }
  if (typeof mode !== 'number' || (mode <= MAX_MODE && !USUAL.includes(mode))) {
    return undefined;
  }
  return mode > MAX_MODE
    ? `The mode is the decimal number ${mode}, which the API server rejects because it is more than 0777`
    : `The mode is the decimal number ${mode}, which is ${formatMode(mode)} and not 0${mode}`;
}

interface WrittenMode {
  readonly mode: unknown;
  readonly path: JsonPath;
}

/** Returns the modes in a volume: its default, and those of its items. */
function modesOf({ type, source, at: path }: Volume): WrittenMode[] {
  const sourceAt = [...path, type];
  return [
    { mode: source.defaultMode, path: [...sourceAt, 'defaultMode'] },
    ...modesOfItems(source, sourceAt),
    ...list(source.sources).flatMap((projection, i) =>
      ['configMap', 'secret', 'downwardAPI'].flatMap(kind =>
        modesOfItems(at(projection, kind), [...sourceAt, 'sources', i, kind]),
      ),
    ),
  ];
}

function modesOfItems(source: unknown, path: JsonPath): WrittenMode[] {
  return list(at(source, 'items')).map((item, i) => ({ mode: at(item, 'mode'), path: [...path, 'items', i, 'mode'] }));
}
