import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Creates a temporary directory for all files of a test run, which is removed at its end. */
export default function makeTemporaryDirectory() {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'storage-patterns-tests-'));
}
