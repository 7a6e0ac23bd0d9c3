import { at, JsonPath, list } from '../../inspect/json';
import type { Volume } from '../../inspect/pods';
import { writtenModeProblem } from '../../predicates/written-mode';
import { eachPod, Rule } from '../rule';

export const modeIsOctal: Rule<'mode-is-octal'> = {
  id: 'mode-is-octal',
  summary: 'A file mode is written as an octal number.',
  rationale:
    'YAML and JSON read a number without a leading zero as decimal. 444 is the mode 0674, which lets the group ' +
    'change the file.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/',
  fix: {
    construct: "Write the mode as an octal number: '0o444'.",
    yaml: 'Write the mode with a leading zero: 0444. In JSON, use the decimal number: 292.',
  },
  ...eachPod(function* (pod) {
    for (const volume of pod.volumes) {
      for (const { mode, path } of modesOf(volume)) {
        const problem = writtenModeProblem(mode);
        if (problem !== undefined) {
          yield { at: path, message: `A mode in volume '${volume.name}' ${problem}.` };
        }
      }
    }
  }),
};

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
