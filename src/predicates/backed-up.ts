import { DUMP_PROGRAMS } from './backups';
import { storageClassOf } from './claims-of-pod';
import {
  ARCHIVERS,
  BACKUP_IMAGE,
  BACKUP_KEY,
  BACKUP_KINDS,
  BACKUP_PARAMETER,
  BACKUP_VARIABLE,
  BackupKind,
  EXCLUSION_KEY,
  OFF_VALUE,
} from '../facts/backup-tools';
import { configUses } from '../inspect/config-use';
import type { Inventory } from '../inspect/inventory';
import { at, record, text, textMap, texts } from '../inspect/json';
import { apiGroupOf, ManifestObject } from '../inspect/manifest';
import type { Container, Pod, Volume } from '../inspect/pods';

const DUMP = new RegExp(`\\b(?:${DUMP_PROGRAMS.join('|')})\\b`);

/** The volumes of a database, and the pod that mounts them. */
export interface DatabaseVolumes {
  readonly pod: Pod;
  readonly volumes: readonly Volume[];
}

/** Finds what backs up a database: an object of a backup program, an annotation, a CronJob, or a program in a pod. */
export class BackupSearch {
  /** The pods that back up something, with the text of their spec and their configuration. */
  private readonly programs: readonly { readonly pod: Pod; readonly content: string }[];

  constructor(private readonly inventory: Inventory) {
    this.programs = inventory.pods
      .filter(pod => pod.object.kind === 'CronJob' || pod.containers.some(runsBackup))
      .map(pod => ({ pod, content: this.contentOf(pod) }));
  }

  /** Whether an object among the manifests backs up a database, or tells a program to do so. */
  public finds(database: DatabaseVolumes): boolean {
    return (
      this.hasProgram(database) ||
      this.metadataOf(database).some(requestsBackup) ||
      this.hasClass(database) ||
      this.isArchived(database) ||
      BACKUP_KINDS.some(kind => this.hasObject(kind, database))
    );
  }

  /** Whether a program in the same pod, or one that mentions the database or its claims, backs up something. */
  private hasProgram(database: DatabaseVolumes): boolean {
    const names = this.namesOf(database).map(name => name.replace(/[^\w-]/g, '\\$&'));
    const mention = new RegExp(`(?<![\\w-])(?:${names.join('|')})(?:-\\d+)?(?![\\w-])`);
    return this.programs.some(
      ({ pod, content }) =>
        pod === database.pod || (pod.object.root === database.pod.object.root && mention.test(content)),
    );
  }

  /** The names by which a client or a script refers to a database: its Services, its workload and its claims. */
  private namesOf({ pod, volumes }: DatabaseVolumes): string[] {
    const services = this.inventory.selecting('Service', pod).map(({ name }) => name);
    const governing = text(at(pod.object.content, 'spec', 'serviceName')) ?? '';
    const claims = volumes.map(({ name, type, source }) =>
      type === 'persistentVolumeClaim' ? (text(source.claimName) ?? '') : `${name}-${pod.object.name}`,
    );
    return [...services, governing, pod.object.name, ...claims].filter(Boolean);
  }

  /** The spec of a pod, and the ConfigMaps and Secrets that it uses. */
  private contentOf(pod: Pod): string {
    const configuration = configUses(pod).map(({ kind, name }) => this.inventory.find(kind, name, pod.object)?.content);
    return [pod.spec, ...configuration.flatMap(content => [content?.data, content?.stringData])]
      .map(content => JSON.stringify(content ?? ''))
      .join('\n');
  }

  private metadataOf({ pod, volumes }: DatabaseVolumes): unknown[] {
    return [
      pod.object.content.metadata,
      { labels: pod.labels, annotations: pod.annotations },
      ...volumes.map(volume => at(this.claimOf(volume, pod), 'metadata')),
    ];
  }

  /** Whether the StorageClass of a claim backs up each volume. */
  private hasClass({ pod, volumes }: DatabaseVolumes): boolean {
    return volumes.some(volume => {
      const parameters = storageClassOf(this.claimOf(volume, pod), this.inventory)?.content.parameters;
      return Object.keys(record(parameters)).some(name => BACKUP_PARAMETER.test(name));
    });
  }

  private claimOf({ type, source }: Volume, { object }: Pod): unknown {
    return type === 'persistentVolumeClaim'
      ? this.inventory.find('PersistentVolumeClaim', text(source.claimName), object)?.content
      : source;
  }

  /** Whether the configuration of a database archives its log with a program. */
  private isArchived({ pod }: DatabaseVolumes): boolean {
    return ARCHIVERS.test(this.contentOf(pod));
  }

  private hasObject(kind: BackupKind, { pod, volumes }: DatabaseVolumes): boolean {
    return this.inventory.ofKind(kind.kind, pod.object).some(object => {
      if (apiGroupOf(object) !== kind.group) {
        return false;
      }
      const claim = kind.claim && text(at(object.content, ...kind.claim));
      return isInScope(object, kind, pod.object.namespace) && (claim === undefined || isClaimOf(claim, pod, volumes));
    });
  }
}

/** Whether an object backs up a namespace. One of both can be unknown. */
function isInScope(object: ManifestObject, { namespaces }: BackupKind, namespace: string | undefined): boolean {
  const included =
    namespaces === undefined
      ? [object.namespace].filter(name => name !== undefined)
      : namespaces.flatMap(path => texts(at(object.content, ...path)));
  return namespace === undefined || included.length === 0 || included.includes('*') || included.includes(namespace);
}

function isClaimOf(claim: string, { object }: Pod, volumes: readonly Volume[]): boolean {
  return volumes.some(({ name, type, source }) =>
    type === 'persistentVolumeClaim'
      ? source.claimName === claim
      : claim.replace(/-\d+$/, '') === `${name}-${object.name}`,
  );
}

/** Whether an annotation or label tells a program to back up the volumes. */
function requestsBackup(metadata: unknown): boolean {
  const { annotations, labels } = record(metadata);
  return [annotations, labels].some(values =>
    Object.entries(textMap(values)).some(
      ([key, value]) => BACKUP_KEY.test(key) && !EXCLUSION_KEY.test(key) && !OFF_VALUE.test(value),
    ),
  );
}

/** Whether a container that keeps running backs up something, according to its image, its script and its variables. */
function runsBackup({ image, command, args, env, role }: Container): boolean {
  const script = [...command, ...args].join('\n');
  return (
    role !== 'init' &&
    (BACKUP_IMAGE.test(image) ||
      DUMP.test(script) ||
      ARCHIVERS.test(script) ||
      env.some(({ name, value = 'set' }) => BACKUP_VARIABLE.test(name) && !OFF_VALUE.test(value)))
  );
}
