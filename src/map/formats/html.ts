import { createHash } from 'crypto';
import { PAGE_SCRIPT } from './html-script';
import { PAGE_STYLE } from './html-style';
import { describeLane } from './svg';
import { plural } from '../../checks/message';
import type { ManifestProblem } from '../../inspect/manifest';
import { element, Markup, markup } from '../markup/markup';
import type { MappedWorkload, Model, Row, StorageKind } from '../model';
import { describePicture, draw } from '../picture/draw';
import type { Lane } from '../picture/lanes';
import { Frame, NARROW, WIDE } from '../picture/layout';
import { SIGNS } from '../picture/legend';
import { PICTURE_STYLE } from '../picture/style';
import {
  COLUMNS,
  describeFinding,
  describeNotes,
  describeReplicas,
  findingsOf,
  openFindings,
  originOf,
  titleOf,
} from '../words';

/** The tables are expanded on pages with at most this number of workloads. */
const EXPANDED_TABLES = 3;

const INTRODUCTION =
  'Replicas are drawn side by side. Storage that spans the replicas is shared by them, storage inside a pod belongs ' +
  'to that pod, and storage further down lives longer.';

/** Writes a page without external resources: the pictures, a table for each, and a search field for paths. */
export function toHtml({ workloads, problems }: Model): string {
  const title = `Storage map of ${workloads.length === 1 ? titleOf(workloads[0]) : `${workloads.length} workloads`}`;
  const page = markup`<html lang="en">
${head(title)}
<body>
<header>
<h1>${title}</h1>
<p>${INTRODUCTION}</p>
${signList()}
${problems.map(problemNote)}
${workloads.length > 1 ? workloadIndex(workloads) : ''}
</header>
<main>
${searchField()}
${workloads.map((workload, index) => section(workload, `w${index}`, workloads.length <= EXPANDED_TABLES))}
</main>
<div id="tip" hidden aria-hidden="true"></div>
<script>${new Markup(PAGE_SCRIPT)}</script>
</body>
</html>
`;
  return `<!doctype html>\n${page.text}`;
}

/** The page runs its own script only, and makes no network requests. */
function contentSecurityPolicy(): string {
  const scriptHash = createHash('sha256').update(PAGE_SCRIPT).digest('base64');
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${scriptHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function head(title: string): Markup {
  return markup`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(contentSecurityPolicy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="cdk8s-storage-patterns">
<title>${title}</title>
<style>${new Markup(PICTURE_STYLE)}${new Markup(PAGE_STYLE)}</style>
</head>`;
}

function signList(): Markup {
  return element(
    'ul',
    { 'class': 'legend', 'aria-label': 'Legend' },
    SIGNS.map(({ sign, width, meaning }) =>
      element('li', {}, element('svg', { 'class': 'sm', width, 'height': 20, 'aria-hidden': 'true' }, sign), meaning),
    ),
  );
}

function problemNote({ file, line, column, message }: ManifestProblem): Markup {
  return element(
    'p',
    { class: 'problem' },
    element('span', { class: 'alarm' }, 'Unreadable document:'),
    ' ',
    element('code', {}, `${file}:${line}:${column}`),
    ` ${message}`,
  );
}

function workloadIndex(workloads: readonly MappedWorkload[]): Markup {
  const items = workloads.map((workload, index) => {
    const findings = findingsOf(workload).length;
    return element(
      'li',
      {},
      element('a', { href: `#w${index}` }, workload.name || '(no name)'),
      ' ',
      element('small', { class: 'kind' }, workload.kind),
      findings > 0 ? markup` ${element('span', { class: 'alarm' }, plural(findings, 'finding'))}` : '',
    );
  });
  return element('nav', { 'aria-label': 'Workloads' }, element('ul', { class: 'index' }, items));
}

function searchField(): Markup {
  const input = {
    id: 'find',
    type: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: '/var/log, a container, a ConfigMap',
  };
  return element(
    'div',
    { class: 'find', role: 'search' },
    element('label', { for: 'find' }, 'Find a path'),
    element('input', input),
    element('output', { 'for': 'find', 'aria-live': 'polite' }, ''),
  );
}

function section(workload: MappedWorkload, id: string, isExpanded: boolean): Markup {
  const rowIds = new Map(workload.rows.map((row, index) => [row, `${id}r${index}`]));
  const title = titleOf(workload);
  const content = markup`
<h2 class="sr">${title}</h2>
${picture(workload, WIDE, 'wide', rowIds)}
${picture(workload, NARROW, 'narrow', rowIds)}
${table(workload, rowIds, isExpanded)}
`;
  const attributes = { id, 'data-name': title, 'aria-label': describePicture(workload) };
  return markup`${element('section', attributes, content)}\n`;
}

type RowIds = ReadonlyMap<Row, string>;

function picture(workload: MappedWorkload, frame: Frame, style: string, rowIds: RowIds): Markup {
  const { height, content } = draw(workload, frame, (lane, inner) => linkToRows(lane, inner, rowIds));
  return element(
    'svg',
    {
      'class': `sm ${style}`,
      'viewBox': `0 0 ${frame.width} ${height}`,
      'role': 'group',
      'aria-label': `Picture of ${describePicture(workload)}`,
    },
    content,
  );
}

function linkToRows(lane: Lane, content: Markup, rowIds: RowIds): Markup {
  const ids = lane.rows.map(row => rowIds.get(row)!);
  return element(
    'a',
    { 'class': 'sm-lane', 'href': `#${ids[0]}`, 'data-rows': ids.join(' '), 'aria-label': describeLane(lane) },
    content,
  );
}

function table(workload: MappedWorkload, rowIds: RowIds, isExpanded: boolean): Markup {
  const summary = [`${plural(workload.rows.length, 'path')}`, describeReplicas(workload), originOf(workload)];
  const common = workload.rows.filter(isCommon);
  return element(
    'details',
    { open: isExpanded },
    element('summary', {}, summary.filter(Boolean).join(' · ')),
    tableOf(
      workload.rows.filter(row => !isCommon(row)),
      rowIds,
    ),
    common.length === 0
      ? ''
      : element(
          'details',
          { class: 'common' },
          element('summary', {}, `${plural(common.length, 'path')} that every container has`),
          tableOf(common, rowIds),
        ),
  );
}

/** The storage that Kubernetes and the container runtime add to every container. */
const COMMON_KINDS: readonly StorageKind[] = [
  'image-layers',
  'writable-layer',
  'shared-memory',
  'service-account-token',
];

/** Whether a row describes storage that is the same in every container, and no error concerns it. */
function isCommon(row: Row): boolean {
  const hasError = openFindings(row).some(({ rule }) => rule.severity === 'error');
  return COMMON_KINDS.includes(row.kind) && row.volume === undefined && !hasError;
}

function tableOf(rows: readonly Row[], rowIds: RowIds): Markup {
  if (rows.length === 0) {
    return markup``;
  }
  const titles = COLUMNS.map(({ title }) => element('th', { scope: 'col' }, title));
  return markup`
<table>
<thead>${element('tr', {}, titles)}</thead>
<tbody>
${rows.map(row => tableRow(row, rowIds.get(row)!))}</tbody>
</table>
`;
}

function tableRow(row: Row, id: string): Markup {
  const [path, ...others] = COLUMNS;
  const heading = element(
    'th',
    { scope: 'row' },
    element('span', { class: 'path' }, path.valueOf(row)),
    element('small', {}, row.container),
  );
  const cells = others.map(({ title, valueOf }, index) =>
    element('td', { 'data-title': title }, valueOf(row), index === 0 ? remarks(row) : ''),
  );
  return markup`${element('tr', { id, tabindex: -1 }, heading, cells)}\n`;
}

/** Returns the notes, findings and waivers of a row. */
function remarks(row: Row): Markup[] {
  const waived = row.findings.filter(({ reason }) => reason !== undefined);
  return [
    ...describeNotes(row).map(note => element('small', {}, note)),
    ...openFindings(row).map(finding => element('small', { class: 'alarm' }, describeFinding(finding))),
    ...waived.map(({ rule, reason }) => element('small', {}, `${rule.id} is waived: ${reason}`)),
  ];
}
