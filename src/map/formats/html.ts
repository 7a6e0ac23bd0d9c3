import { createHash } from 'crypto';
import { PAGE_SCRIPT } from './html-script';
import { PAGE_STYLE } from './html-style';
import { describeLane } from './svg';
import { Markup, markup } from '../markup/markup';
import type { MappedWorkload, Model, Row } from '../model';
import { describePicture, draw, Frame, NARROW, WIDE } from '../picture/draw';
import type { Lane } from '../picture/lanes';
import { SIGNS } from '../picture/legend';
import { PICTURE_STYLE } from '../picture/style';
import { COLUMNS, describeNotes, describeReplicas, findingsOf, openFindings, originOf, titleOf } from '../words';

/** So many workloads have their tables open. */
const OPEN_TABLES = 3;

/** One page that needs nothing but itself: the pictures, the table of each, and a field that finds a path. */
export function toHtml({ workloads, problems }: Model): string {
  const title =
    workloads.length === 1 ? `Storage map of ${titleOf(workloads[0])}` : `Storage map of ${workloads.length} workloads`;
  const hash = createHash('sha256').update(PAGE_SCRIPT).digest('base64');
  return `<!doctype html>
${
  markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="cdk8s-storage-patterns">
<title>${title}</title>
<style>${new Markup(PICTURE_STYLE)}${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>Replicas stand side by side. What crosses them is shared by them, what stands in a pod is its own, and the further down, the longer it lives.</p>
<ul class="legend" aria-label="Signs">${SIGNS.map(({ sign, width, text }) => markup`<li><svg class="sm" width="${width}" height="20" aria-hidden="true">${sign}</svg>${text}</li>`)}</ul>
${problems.map(({ file, line, column, message }) => markup`<p class="problem"><span class="alarm">Not read:</span> <code>${file}:${line}:${column}</code> ${message}</p>`)}
${workloads.length > 1 ? index(workloads) : markup``}
</header>
<main>
<div class="find" role="search"><label for="find">Find a path</label><input id="find" type="search" autocomplete="off" spellcheck="false" placeholder="/var/log, a container, a ConfigMap"><output for="find" aria-live="polite"></output></div>
${workloads.map((workload, i) => section(workload, `w${i}`, workloads.length <= OPEN_TABLES))}
</main>
<div id="tip" hidden aria-hidden="true"></div>
<script>${new Markup(PAGE_SCRIPT)}</script>
</body>
</html>
`.text
}`;
}

function index(workloads: readonly MappedWorkload[]): Markup {
  return markup`<nav aria-label="Workloads"><ul class="index">${workloads.map((workload, i) => {
    const findings = findingsOf(workload).length;
    return markup`<li><a href="#w${i}">${workload.name || '(no name)'}</a> <small style="display:inline">${workload.kind}</small>${findings > 0 ? markup` <span class="alarm">${findings}&nbsp;${findings === 1 ? 'finding' : 'findings'}</span>` : markup``}</li>`;
  })}</ul></nav>`;
}

function section(workload: MappedWorkload, id: string, isOpen: boolean): Markup {
  const rowIds = new Map(workload.rows.map((row, i) => [row, `${id}r${i}`]));
  return markup`<section id="${id}" data-name="${titleOf(workload)}" aria-label="${describePicture(workload)}">
<h2 class="sr">${titleOf(workload)}</h2>
${picture(workload, WIDE, 'wide', rowIds)}
${picture(workload, NARROW, 'narrow', rowIds)}
<details${isOpen ? markup` open` : markup``}><summary>${[`table of ${workload.rows.length} rows`, describeReplicas(workload), originOf(workload)].filter(Boolean).join(' · ')}</summary>
<table>
<thead><tr>${COLUMNS.map(({ title }) => markup`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${workload.rows.map(row => tableRow(row, rowIds.get(row)!))}</tbody>
</table>
</details>
</section>
`;
}

function picture(workload: MappedWorkload, frame: Frame, style: string, rowIds: ReadonlyMap<Row, string>): Markup {
  const link = (lane: Lane, content: Markup) => {
    const ids = lane.rows.map(row => rowIds.get(row)!);
    return markup`<a class="sm-lane" href="#${ids[0]}" data-rows="${ids.join(' ')}" aria-label="${describeLane(lane)}">${content}</a>`;
  };
  const { height, content } = draw(workload, frame, link);
  return markup`<svg class="sm ${style}" viewBox="0 0 ${frame.width} ${height}" role="group" aria-label="${`picture of ${describePicture(workload)}`}">${content}</svg>`;
}

function tableRow(row: Row, id: string): Markup {
  const [path, ...others] = COLUMNS;
  const remarks = [
    ...describeNotes(row).map(note => markup`<small>${note}</small>`),
    ...openFindings(row).map(
      ({ rule, message }) => markup`<small class="alarm">${`${rule.severity} ${rule.id}: ${message}`}</small>`,
    ),
    ...row.findings
      .filter(({ reason }) => reason !== undefined)
      .map(({ rule, reason }) => markup`<small>${`${rule.id} is waived: ${reason}`}</small>`),
  ];
  return markup`<tr id="${id}" tabindex="-1"><th scope="row"><span class="path">${path.of(row)}</span><small>${row.container}</small></th>${others.map(
    ({ title, of }, i) => markup`<td data-title="${title}">${of(row)}${i === 0 ? remarks : markup``}</td>`,
  )}</tr>
`;
}
