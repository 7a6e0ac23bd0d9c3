import { readImage } from '../checks/image';
import { configFiles } from '../inspect/config-use';
import type { Inventory } from '../inspect/inventory';
import type { Container, Pod } from '../inspect/pods';

/** An agent that keeps the offsets of all its inputs in one directory or file. */
interface OffsetStore {
  /** The last path segments of its repositories. */
  readonly repositories: readonly string[];
  /** The registry of offsets, for messages. */
  readonly name: string;
  /** The default path. */
  readonly path: string;
  /** Matches the setting with another path, in a configuration file or on the command line. */
  readonly setting: RegExp;
}

/**
 * The agents with one registry of offsets.
 *
 * @see https://www.elastic.co/docs/reference/beats/filebeat/directory-layout
 * @see https://grafana.com/docs/loki/latest/send-data/promtail/configuration/#positions
 * @see https://grafana.com/docs/alloy/latest/reference/cli/run/
 */
const OFFSET_STORES: readonly OffsetStore[] = [
  {
    repositories: ['filebeat', 'filebeat-oss', 'filebeat-wolfi'],
    name: 'registry',
    path: '/usr/share/filebeat/data',
    setting: /(?:path\.data|filebeat\.registry\.path)\s*[:=]\s*["']?(\/[^\s"']+)/,
  },
  {
    repositories: ['promtail'],
    name: 'positions',
    path: '/var/log/positions.yaml',
    setting: /(?:positions:\s*(?:\{\s*)?filename:|positions\.file[= ])\s*["']?([^\s"'}]+)/,
  },
  {
    repositories: ['alloy', 'agent'],
    name: 'positions',
    path: '/var/lib/alloy/data',
    setting: /--storage\.path[= ]["']?([^\s"']+)/,
  },
];

/** The offsets of an agent. */
export interface AgentOffsets {
  readonly name: string;
  /** The path of the file or directory. */
  readonly offsets: string;
}

/** Returns where an agent keeps its offsets, if its image keeps them in one place. */
export function agentOffsets(container: Container, pod: Pod, inventory: Inventory): AgentOffsets[] {
  const { name: image, repository } = readImage(container.image);
  const store = OFFSET_STORES.find(({ repositories }) => repositories.includes(image));
  // other vendors have images of this name too
  if (!store || (image === 'agent' && !repository.includes('grafana'))) {
    return [];
  }
  const commandLine = [...container.command, ...container.args].join(' ');
  const settings = [...configFiles(container, pod, inventory).values(), commandLine];
  const configured = settings.flatMap(content => store.setting.exec(content)?.[1] ?? [])[0];
  return [{ name: store.name, offsets: configured ?? store.path }];
}
