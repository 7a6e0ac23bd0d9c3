import { isAbsolute, relative } from 'path';
import { openFindings, placeOf, remedyOf, Report, worstFirst } from './report';
import { remarks, summarize } from './summary';
import { plural } from '../../checks/message';
import { visible, visibleLine } from '../../checks/visible';
import { describeObject, Place } from '../../inspect/manifest';
import type { Severity } from '../rule';
import type { Finding } from '../run';

/**
 * The number of annotations of one type that GitHub shows for a step.
 *
 * @see https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
 */
const MAX_ANNOTATIONS = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

interface Annotation {
  readonly command: string;
  readonly title: string;
  readonly place?: Place;
  readonly message: string;
}

/**
 * Formats a report as workflow commands of GitHub Actions, which show findings next to the lines of a pull request. Of
 * each type, it contains as many as GitHub shows, the worst first, and states how many there are.
 *
 * @param directory the directory that paths are relative to: the root of the repository
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function toGithub(report: Report, { directory = process.cwd() }: { readonly directory?: string } = {}): string {
  const annotations = [...unreadable(report), ...worstFirst(openFindings(report)).map(toAnnotation)];
  const lines = Object.values(COMMANDS).flatMap(command => {
    const all = annotations.filter(annotation => annotation.command === command);
    return [
      ...all.slice(0, MAX_ANNOTATIONS).map(annotation => toCommand(annotation, directory)),
      ...(all.length > MAX_ANNOTATIONS
        ? [
            `GitHub shows ${MAX_ANNOTATIONS} annotations of one type for each step, which are the worst of ` +
              `${all.length} of type '${command}'. Use another format to read all.`,
          ]
        : []),
    ];
  });
  return [...lines, ...[summarize(report), ...remarks(report)].map(visibleLine)].map(line => `${line}\n`).join('');
}

/** One annotation for all unreadable documents, so that they leave room for findings. */
function unreadable({ problems: [first, ...others] }: Report): Annotation[] {
  if (first === undefined) {
    return [];
  }
  const rest = others.length > 0 ? ` ${plural(others.length, 'other document')} cannot be read either.` : '';
  return [{ command: COMMANDS.error, title: 'unreadable', place: first, message: `${first.message}${rest}` }];
}

function toAnnotation(finding: Finding): Annotation {
  const { severity, rule, object, message } = finding;
  return {
    command: COMMANDS[severity],
    title: rule.id,
    place: placeOf(finding),
    message: `${describeObject(object)}: ${message} Fix: ${remedyOf(finding)}`,
  };
}

function toCommand({ command, title, place, message }: Annotation, directory: string): string {
  const properties = {
    ...(place && { file: pathFrom(directory, place.file), line: place.line, col: place.column }),
    title,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${command} ${list.join(',')}::${escapeData(message)}`;
}

/** Returns a path relative to a directory, with slashes. */
function pathFrom(directory: string, file: string): string {
  return (isAbsolute(file) ? relative(directory, file) : file).replaceAll('\\', '/');
}

/** Escapes the text of a workflow command, as GitHub's own toolkit does, and what it does not show. */
function escapeData(text: string): string {
  return visible(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
