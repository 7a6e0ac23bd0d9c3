import { Counts, openFindings, Report } from './report';
import { plural } from '../../checks/message';
import { ownValue } from '../../checks/own-value';
import { RENDERED_KINDS } from '../../facts/rendered-kinds';
import type { SafetyKindCount } from '../safety-summary';

/** The number of kinds that a summary names. */
const NAMED_KINDS = 8;

/** `2 errors and 1 warning in 3 objects, 1 finding waived, 1 document unreadable`. */
export function summarize(report: Report): string {
  const { waived, known, unreadable } = report.counts;
  return [
    describeResult(report),
    ...(waived > 0 ? [`${plural(waived, 'finding')} waived`] : []),
    ...(known > 0 ? [`${plural(known, 'finding')} in the baseline`] : []),
    ...(unreadable > 0 ? [`${plural(unreadable, 'document')} unreadable`] : []),
  ].join(', ');
}

function describeResult({ counts, coverage: { lookedAt } }: Report): string {
  const found = describeCounts(counts);
  if (found !== undefined) {
    // custom rules also find problems in unknown kinds
    return `${found} in ${plural(lookedAt || counts.objects, 'object')}`;
  }
  return lookedAt === 0 ? 'Nothing was audited' : `No findings in ${plural(lookedAt, 'object')}`;
}

/** `2 errors and 1 warning`; `undefined` if there are none. */
export function describeCounts({ errors, warnings, infos }: Pick<Counts, 'errors' | 'warnings' | 'infos'>) {
  const found = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(infos > 0 ? [plural(infos, 'info')] : []),
  ];
  return found.length > 1 ? `${found.slice(0, -1).join(', ')} and ${found.at(-1)}` : found[0];
}

/** The input that was not audited and the parts that the report omits, each as a sentence. */
export function remarks(report: Report): string[] {
  return [...omission(report), ...notAudited(report), ...toRender(report), ...fixedEntries(report)];
}

/** States that the report contains only a part of the findings. */
export function omission(report: Report): string[] {
  const { errors, warnings, infos } = report.counts;
  const [shown, all] = [openFindings(report).length, errors + warnings + infos];
  return shown < all ? [`The report contains ${shown} of ${all} findings, the worst ones.`] : [];
}

function notAudited({ coverage: { unknownKinds, patches, passedOver } }: Report): string[] {
  const unknown = unknownKinds.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    ...(unknown > 0 ? [`${plural(unknown, 'object')} of unknown kinds (${describeKinds(unknownKinds)})`] : []),
    ...(patches > 0 ? [plural(patches, 'patch', 'patches')] : []),
    ...passedOver.map(({ count, reason }) => `${reason} (${count})`),
  ];
  return parts.length > 0 ? [`Not audited: ${parts.join(', ')}.`] : [];
}

/** The kinds that are not audited because a controller renders other objects from them. */
function toRender({ coverage: { unknownKinds } }: Report): string[] {
  return unknownKinds.flatMap(({ kind, apiGroup, count }) => {
    const command = ownValue(ownValue(RENDERED_KINDS, apiGroup) ?? {}, kind);
    return command === undefined
      ? []
      : [`Render the ${plural(count, `object`)} of kind ${kind} first, for example with '${command}'.`];
  });
}

function fixedEntries({ fixed = [] }: Report): string[] {
  return fixed.length > 0
    ? [
        `${plural(fixed.length, 'entry', 'entries')} of the baseline ${fixed.length === 1 ? 'matches' : 'match'} no ` +
          'finding any more. Write the baseline again.',
      ]
    : [];
}

function describeKinds(kinds: readonly SafetyKindCount[]): string {
  const named = kinds
    .slice(0, NAMED_KINDS)
    .map(({ kind, apiGroup, count }) => `${count} ${kind}${apiGroup && `.${apiGroup}`}`);
  const rest = kinds.length - NAMED_KINDS;
  return [...named, ...(rest > 0 ? [plural(rest, 'other kind')] : [])].join(', ');
}
