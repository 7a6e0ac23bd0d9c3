import { commandLine } from '../inspect/command-line';
import type { Pod } from '../inspect/pods';

/** Commands that keep existing files, and conditions on a missing file. */
const KEEPS_EXISTING =
  /\bcp[ \t]+(?:-\w*n|--no-clobber|--update=none)|\[[ \t]+![ \t]+-[efsd][ \t]|\btest[ \t]+![ \t]+-[efsd][ \t]/;

/** Whether only init containers mount a volume, and copy its files only if the target does not exist yet. */
export function isOnlyCopiedOnce({ containers }: Pod, volume: string): boolean {
  const users = containers.filter(({ mounts }) => mounts.some(mount => mount.volume === volume));
  return (
    users.length > 0 &&
    users.every(container => container.role === 'init' && KEEPS_EXISTING.test(commandLine(container)))
  );
}
