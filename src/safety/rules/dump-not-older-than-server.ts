import { majorVersion, readImage } from '../../checks/image';
import type { DatabaseId } from '../../facts/images/database-image';
import { JOB_KINDS } from '../../facts/kubernetes';
import { commandLine, databaseImage, databaseServers } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import type { Container, Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const dumpNotOlderThanServer: Rule<'dump-not-older-than-server'> = {
  id: 'dump-not-older-than-server',
  summary: 'A program that dumps PostgreSQL is not older than the server.',
  rationale:
    "The program refuses a newer server with 'aborting because of server version mismatch', so every backup " +
    'fails after the server is upgraded.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://www.postgresql.org/docs/current/app-pgdump.html#PG-DUMP-NOTES',
  fix: {
    construct: 'Set the image of the Job to the image of the server or a newer one.',
    yaml: 'Set the image of the Job to the image of the server or a newer one.',
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of JOB_KINDS.includes(pod.object.kind) ? pod.containers : []) {
      const dump = dumpOf(container);
      const servers = dump === undefined ? [] : serverVersions(dump.id, container, pod, inventory);
      // of several servers, the dump can be that of the oldest one
      const oldest = Math.min(...servers);
      if (dump !== undefined && servers.length > 0 && dump.major < oldest) {
        yield {
          at: [...container.at, 'image'],
          message:
            `Container '${container.name}' runs '${dump.program}' of ${dump.title} ${dump.major}, which refuses the ` +
            `server of ${dump.title} ${oldest}.`,
        };
      }
    }
  }),
};

interface Dump {
  readonly id: DatabaseId;
  readonly title: string;
  readonly program: string;
  readonly major: number;
}

/** Returns the dump program of a container that refuses newer servers. */
function dumpOf(container: Container): Dump | undefined {
  const image = databaseImage(container.image);
  const major = serverMajor(container);
  if (!image?.dumpsRefuseNewerServer || major === undefined) {
    return undefined;
  }
  const [program] = new RegExp(`\\b(?:${image.dumpPrograms.join('|')})\\b`).exec(commandLine(container)) ?? [];
  return program === undefined ? undefined : { id: image.id, title: image.title, program, major };
}

/** The major version of the server in an image, if its tag begins with it. */
function serverMajor({ image }: Container): number | undefined {
  const reference = readImage(image);
  return databaseImage(image)?.repositories.includes(reference.name) ? majorVersion(reference) : undefined;
}

/** The versions of the servers that a container can dump: those of the host that it names, or all in its namespace. */
function serverVersions(id: DatabaseId, container: Container, { object }: Pod, inventory: Inventory): number[] {
  const host = hostOf(container);
  const [name, namespace = object.namespace] = host?.split('.') ?? [];
  return inventory.pods
    .filter(pod => pod.object.namespace === object.namespace)
    .filter(
      pod =>
        host === undefined ||
        (namespace === object.namespace && inventory.selecting('Service', pod).some(service => service.name === name)),
    )
    .flatMap(pod => databaseServers(pod))
    .filter(({ image }) => image.id === id)
    .flatMap(server => serverMajor(server.container) ?? []);
}

function hostOf(container: Container): string | undefined {
  return (
    /(?:^|\s)(?:-h|--host)[ =]?["']?([\w.-]+)/.exec(commandLine(container))?.[1] ??
    container.env.find(({ name }) => name === 'PGHOST')?.value
  );
}
