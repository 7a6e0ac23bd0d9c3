import { majorVersion, readImage } from '../../checks/image';
import { databaseImage, databaseServers } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import type { Container, Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const dumpNotOlderThanServer: Rule<'dump-not-older-than-server'> = {
  id: 'dump-not-older-than-server',
  summary: 'a program that dumps PostgreSQL is not older than its server',
  rationale:
    "it refuses the server: 'aborting because of server version mismatch', and there is no backup from the " +
    'upgrade on',
  severity: 'error',
  documentationUrl: 'https://www.postgresql.org/docs/current/app-pgdump.html#PG-DUMP-NOTES',
  fix: {
    construct: 'give the job the image of the server, or a newer one',
    yaml: 'give the job the image of the server, or a newer one',
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.object.kind === 'Job' || pod.object.kind === 'CronJob' ? pod.containers : []) {
      const program = /\b(?:pg_dumpall|pg_dump)\b/.exec([...container.command, ...container.args].join(' '))?.[0];
      const major = postgresMajor(container);
      const servers = program === undefined || major === undefined ? [] : serversOf(container, pod, inventory);
      // of several servers it may be meant for the oldest one
      const oldest = Math.min(...servers);
      if (servers.length > 0 && major! < oldest) {
        yield {
          at: [...container.at, 'image'],
          message:
            `container '${container.name}' runs '${program}' of PostgreSQL ${major}, which refuses the server of ` +
            `PostgreSQL ${oldest}`,
        };
      }
    }
  }),
};

/** The major version of an image whose tag begins with PostgreSQL's. */
function postgresMajor({ image }: Pick<Container, 'image'>): number | undefined {
  const reference = readImage(image);
  return databaseImage(image)?.id === 'postgresql' && /^postgres(?:ql)?$/.test(reference.name)
    ? majorVersion(reference)
    : undefined;
}

/** The major versions of the servers that a container may dump: those of the host it names, or all of its namespace. */
function serversOf({ command, args, env }: Container, { object }: Pod, inventory: Inventory): number[] {
  const host =
    /(?:^|\s)(?:-h|--host)[ =]?["']?([\w.-]+)/.exec([...command, ...args].join(' '))?.[1] ??
    env.find(({ name }) => name === 'PGHOST')?.value;
  const [name, namespace = object.namespace] = host?.split('.') ?? [];
  return inventory.pods
    .filter(pod => pod.object.namespace === object.namespace)
    .filter(
      pod =>
        host === undefined ||
        (namespace === object.namespace && inventory.selecting('Service', pod).some(service => service.name === name)),
    )
    .flatMap(pod => databaseServers(pod))
    .flatMap(({ container }) => postgresMajor(container) ?? []);
}
