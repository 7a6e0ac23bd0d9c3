import { visible } from '../markup/visible';
import type { MappedWorkload, Model, Row } from '../model';
import { describeContainer, describeReplicas, describeWhat, LIFETIME, openFindings, titleOf } from '../words';

/** A flowchart: containers, what they mount, and at which path; a thick arrow may write. */
export function toMermaid({ workloads, problems }: Model): string {
  return [
    'flowchart LR',
    ...problems.map(
      ({ file, line, message }, i) => `  problem${i}[/"${escape(`not read: ${file}:${line}: ${message}`)}"/]`,
    ),
    ...workloads.flatMap(flowchart),
    '  classDef container fill:#fdeccd,stroke:#b45309,color:#3b2506',
    '  classDef pod fill:#d6f1ea,stroke:#0f766e,color:#06302c',
    '  classDef replica fill:#dbe7fd,stroke:#1d4ed8,color:#0b1f55',
    '  classDef node fill:#e7e9ee,stroke:#566075,color:#1c2230',
    '  classDef outside fill:#ece3fb,stroke:#6d28d9,color:#2a0f5e',
    '',
  ].join('\n');
}

function flowchart(workload: MappedWorkload, number: number): string[] {
  const id = `w${number}`;
  const containers = new Map(workload.containers.map((container, i) => [container.name, `${id}c${i}`]));
  const targets = new Map<string, { id: string; row: Row }>();
  for (const row of workload.rows.filter(isDrawn)) {
    const key = targetOf(row);
    targets.set(key, targets.get(key) ?? { id: `${id}v${targets.size}`, row });
  }
  const inPod = [...targets.values()].filter(({ row }) => row.lifetime === 'pod' || row.lifetime === 'container');
  const beyond = [...targets.values()].filter(({ row }) => row.lifetime !== 'pod' && row.lifetime !== 'container');
  return [
    `  subgraph ${id}["${escape(`${titleOf(workload)}: ${describeReplicas(workload)}`)}"]`,
    `    subgraph ${id}pod["${escape('in each pod')}"]`,
    ...workload.containers.map(
      container => `      ${containers.get(container.name)}["${escape(describeContainer(container))}"]`,
    ),
    ...inPod.map(target => `      ${node(target)}`),
    '    end',
    ...beyond.map(target => `    ${node(target)}`),
    '  end',
    ...workload.rows
      .filter(isDrawn)
      .map(
        row =>
          `  ${containers.get(row.container)} ${row.writable ? '==>' : '-->'}|"${escape(row.path)}"| ` +
          `${targets.get(targetOf(row))!.id}`,
      ),
  ];
}

function isDrawn(row: Row): boolean {
  return row.what !== 'shared-memory' && (row.what !== 'writable-layer' || row.writable);
}

/** Rows that lead to one thing have one node. */
function targetOf(row: Row): string {
  return row.lifetime === 'container'
    ? `${row.container}/`
    : `${row.what}/${row.source}/${row.lifetime === 'pod' ? row.volume : ''}/${row.subPath}`;
}

function node({ id, row }: { id: string; row: Row }): string {
  const label = `${describeWhat({ ...row, environment: false })}<br/>${LIFETIME[row.lifetime]}${row.sizeLimit ? `, ${row.sizeLimit}` : ''}${openFindings(row).length > 0 ? ' !' : ''}`;
  const kind = row.lifetime === 'stateful-set' || row.lifetime === 'beyond-stateful-set' ? 'replica' : row.lifetime;
  return `${id}[("${label.split('<br/>').map(escape).join('<br/>')}")]:::${kind}`;
}

/** Mermaid takes `#code;` for a character; nothing else that it or HTML would act on is left. */
function escape(text: string): string {
  return visible(text).replace(/[^\p{L}\p{N} .,/:-]/gu, character => `#${character.codePointAt(0)};`);
}
