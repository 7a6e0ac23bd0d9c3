import { hasBackup, operatorObjects, replicasOf } from '../../inspect/operators';
import type { Rule } from '../rule';

export const operatorTakesBackups: Rule<'operator-takes-backups'> = {
  id: 'operator-takes-backups',
  summary: 'An operator that can take backups of a database takes them.',
  rationale: 'Replicas copy a deleted table as well, and a deleted volume is lost without a backup.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
  fix: {
    construct: 'Configure a scheduled backup in the custom resource.',
    yaml: 'Configure a scheduled backup to storage outside of the cluster.',
  },
  check: inventory =>
    operatorObjects(inventory).flatMap(operator => {
      const { object, facts } = operator;
      const { backup } = facts;
      if (backup === undefined || hasBackup(object, backup, inventory)) {
        return [];
      }
      const [path] = backup.paths.map(pattern => pattern.replace(/\[\]/g, ''));
      const kinds = (backup.objects ?? []).map(({ kind }) => kind);
      const causes = [
        ...(path === undefined ? [] : [`'${path}' is missing`]),
        ...(kinds.length === 0 ? [] : [`no ${kinds.join(' or ')} refers to it`]),
      ];
      return [
        {
          object,
          at: path?.split('.') ?? ['spec'],
          // replicas have other copies, so a lost volume alone loses nothing
          severity: (replicasOf(operator) ?? 1) > 1 ? 'info' : undefined,
          message: `The ${object.kind} has no backup: ${causes.join(', and ')}.`,
        },
      ];
    }),
};
