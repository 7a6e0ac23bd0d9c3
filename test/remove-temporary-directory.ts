import { rmSync } from 'fs';

/** Removes the directory that `temporary-directory.ts` created. */
export default function removeTemporaryDirectory() {
  rmSync(process.env.TMPDIR!, { recursive: true, force: true, maxRetries: 5 });
}
