import { at, JsonPath, list, wholeNumber } from '../../inspect/json';
import { formatMode, othersWrite } from '../../inspect/mode';
import type { Volume } from '../../inspect/pods';
import { writtenModeProblem } from '../../predicates/written-mode';
import { eachPodWith, Rule } from '../rule';

export const secretFileMode: Rule<'secret-file-mode'> = {
  id: 'secret-file-mode',
  summary: 'Only their owner and group can change files of Secrets and tokens.',
  rationale:
    'Such a mode is a mistake, often 0777 against an error that has another cause. Many programs refuse a key that ' +
    'others can change.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions',
  fix: {
    construct: "Omit 'mode' of the source.",
    yaml: "Set 'defaultMode: 0440', and omit 'mode' of the items.",
  },
  ...eachPodWith(['secret', 'serviceAccountToken'], function* (pod) {
    for (const volume of pod.volumes) {
      for (const { value, path } of secretModes(volume)) {
        const mode = wholeNumber(value);
        // another rule reports a decimal number
        if (mode !== undefined && writtenModeProblem(mode) === undefined && othersWrite(mode)) {
          yield {
            at: path,
            message: `Volume '${volume.name}' contains credentials with the mode ${formatMode(mode)}.`,
          };
        }
      }
    }
  }),
};

interface ModeField {
  readonly value: unknown;
  readonly path: JsonPath;
}

/** Returns the modes of the files of Secrets and tokens in a volume. */
function secretModes({ type, source, at: location }: Volume): ModeField[] {
  if (type === 'secret') {
    return modesIn(source, [...location, 'secret']);
  }
  if (type !== 'projected') {
    return [];
  }
  const sources = list(source.sources);
  const isCredential = (entry: unknown) =>
    at(entry, 'secret') !== undefined || at(entry, 'serviceAccountToken') !== undefined;
  const items = sources.flatMap((entry, i) =>
    isCredential(entry) ? modesIn(at(entry, 'secret'), [...location, 'projected', 'sources', i, 'secret']) : [],
  );
  return sources.some(isCredential)
    ? [{ value: source.defaultMode, path: [...location, 'projected', 'defaultMode'] }, ...items]
    : [];
}

function modesIn(source: unknown, path: JsonPath): ModeField[] {
  return [
    { value: at(source, 'defaultMode'), path: [...path, 'defaultMode'] },
    ...list(at(source, 'items')).map((item, i) => ({ value: at(item, 'mode'), path: [...path, 'items', i, 'mode'] })),
  ];
}
