import { visible } from '../../checks/visible';
import type { MappedWorkload, Model, Row } from '../model';
import { describeContainer, describeReplicas, describeStorage, LIFETIME, openFindings, titleOf } from '../words';

/** Writes a flowchart from containers to their storage. Arrows are labeled with paths; thick arrows are writable. */
export function toMermaid({ workloads, problems }: Model): string {
  return [
    'flowchart LR',
    ...problems.map(
      ({ file, line, message }, index) =>
        `  problem${index}[/${label(`Unreadable document: ${file}:${line}: ${message}`)}/]`,
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

/** A node of the flowchart: the storage of one or more rows. */
interface StorageNode {
  readonly id: string;
  readonly row: Row;
}

function flowchart(workload: MappedWorkload, number: number): string[] {
  const id = `w${number}`;
  const containers = new Map(workload.containers.map(({ name }, index) => [name, `${id}c${index}`]));
  const rows = workload.rows.filter(isDrawn);
  const nodes = storageNodes(rows, id);
  const inPod = ({ row }: StorageNode) => row.lifetime === 'pod' || row.lifetime === 'container';
  return [
    `  subgraph ${id}[${label(`${titleOf(workload)}: ${describeReplicas(workload)}`)}]`,
    `    subgraph ${id}pod[${label('each pod')}]`,
    ...workload.containers.map(
      container => `      ${containers.get(container.name)}[${label(describeContainer(container))}]`,
    ),
    ...[...nodes.values()].filter(inPod).map(node => `      ${storageNode(node)}`),
    '    end',
    ...[...nodes.values()].filter(node => !inPod(node)).map(node => `    ${storageNode(node)}`),
    '  end',
    ...rows.map(row => `  ${containers.get(row.container)} ${arrow(row)} ${nodes.get(storageKey(row))!.id}`),
  ];
}

function storageNodes(rows: readonly Row[], workloadId: string): ReadonlyMap<string, StorageNode> {
  const nodes = new Map<string, StorageNode>();
  for (const row of rows) {
    const key = storageKey(row);
    nodes.set(key, nodes.get(key) ?? { id: `${workloadId}v${nodes.size}`, row });
  }
  return nodes;
}

function isDrawn({ kind, writable }: Row): boolean {
  return kind !== 'shared-memory' && (kind !== 'writable-layer' || writable);
}

/** Returns the same key for rows that show the same storage. */
function storageKey({ container, kind, source, lifetime, volume, subPath }: Row): string {
  return lifetime === 'container'
    ? `${container}/`
    : `${kind}/${source}/${lifetime === 'pod' ? volume : ''}/${subPath}`;
}

function storageNode({ id, row }: StorageNode): string {
  const life = [LIFETIME[row.lifetime], ...(row.sizeLimit === undefined ? [] : [row.sizeLimit])].join(', ');
  const sign = openFindings(row).length > 0 ? ' !' : '';
  return `${id}[(${label(describeStorage({ ...row, environment: false }), `${life}${sign}`)})]:::${styleOf(row)}`;
}

function styleOf({ lifetime }: Row): string {
  if (lifetime === 'independent') {
    return 'outside';
  }
  return lifetime === 'stateful-set' || lifetime === 'retained' ? 'replica' : lifetime;
}

function arrow({ path, writable }: Row): string {
  return `${writable ? '==>' : '-->'}|${label(path)}|`;
}

/** Quotes the lines of a label. Mermaid reads `#code;` as a character; all characters with a meaning are escaped. */
function label(...lines: readonly string[]): string {
  const escaped = lines.map(line =>
    visible(line).replace(/[^\p{L}\p{N} .,/:-]/gu, character => `#${character.codePointAt(0)};`),
  );
  return `"${escaped.join('<br/>')}"`;
}
