import { firstObjects, GROUPS, KINDS } from './kinds';
import { growthRow, Row } from './rows';
import { Inventory } from '../../src/inspect/inventory';
import { ManifestObject, objectsOf } from '../../src/inspect/manifest';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';

const FEW = 1000;
const MANY = 10_000;
const ROUNDS = 3;
/** Other kinds, and groups of kinds, are in the law that counts the work. */
const MEASURED = ['Deployment', 'StatefulSet', 'ConfigMap', 'Secret', 'Service', 'PersistentVolumeClaim'];

function cpuMsOf(objects: readonly ManifestObject[]): number {
  const { user } = process.cpuUsage();
  audit(new Inventory(objects), { rules: RULES });
  return (process.cpuUsage().user - user) / 1000;
}

/** The audit of objects in memory, with all rules, as their number grows tenfold. */
export function measureGrowth(): Row[] {
  return MEASURED.map(name => {
    const objectsAt = KINDS.get(name) ?? GROUPS.get(name)!;
    const source = { file: 'stream.yaml', locate: () => undefined };
    const objects = firstObjects(objectsAt, MANY).flatMap(object => objectsOf(object, source));
    cpuMsOf(objects.slice(0, FEW));
    const turns = Array.from({ length: ROUNDS }, () => ({
      few: cpuMsOf(objects.slice(0, FEW)),
      many: cpuMsOf(objects),
    }));
    return growthRow(
      `rules on ${FEW} and ${MANY} objects: ${name}`,
      { few: turns.map(({ few }) => few), many: turns.map(({ many }) => many) },
      MANY / FEW,
    );
  });
}
