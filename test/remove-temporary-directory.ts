import { rmSync } from 'fs';

/** Removes what `temporary-directory.ts` made. */
export default function removeTemporaryDirectory() {
  rmSync(process.env.TMPDIR!, { recursive: true, force: true });
}
