import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Whatever a run of the tests writes to a temporary directory is in one of its own, which goes when the run ends. */
export default function makeTemporaryDirectory() {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'storage-patterns-tests-'));
}
