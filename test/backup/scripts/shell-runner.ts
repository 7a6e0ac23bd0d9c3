import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A program that does with local directories what rclone does with an object store. */
const RCLONE = `#!/bin/sh
set -eu
command="$1"; shift
exclude=; include=
while [ "\${1#--}" != "$1" ]; do
  case "$1" in
    --exclude) exclude="\${2#/}"; shift ;;
    --include) include="\${2##*/}"; shift ;;
  esac
  shift
done
local_path() {
  case "$1" in
    s3:*) echo "$STORE/\${1#s3:}" ;;
    encrypted:*) echo "$STORE/encrypted/\${1#*:}" ;;
    *) echo "$1" ;;
  esac
}
source="$(local_path "$1")"
target="$(local_path "\${2:-.}")"
case "\${FAIL:-}" in "$command") echo "cannot $command" >&2; exit 1 ;; esac
case "$command" in
  lsf)
    [ -d "$source" ] || exit 3
    cd "$source"
    if [ -n "$include" ]; then find . -mindepth 2 -name "$include" | sed 's|^./||'
    else for file in *; do [ ! -f "$file" ] || echo "$file"; [ ! -d "$file" ] || echo "$file/"; done; fi ;;
  copy)
    mkdir -p "$target"
    for file in "$source"/*; do [ "\${file##*/}" = "$exclude" ] || cp "$file" "$target"; done ;;
  copyto) mkdir -p "\${target%/*}"; cp "$source" "$target" ;;
  move) mkdir -p "$target"; mv "$source"/* "$target"; rmdir "$source" ;;
  check)
    for file in "$source"/*; do
      name="\${file##*/}"
      [ "$name" = "$exclude" ] || [ -n "$include" -a "$name" != "$include" ] || cmp "$file" "$target/$name" || exit 1
    done ;;
  obscure) head -n 1 ;;
  size) printf '{"count":1,"bytes":%s,"sizeless":0}\\n' "$(cat "$source"/* | wc -c)" ;;
  deletefile) rm "$source" ;;
  purge) rm -r "$source" ;;
  *) echo "unknown command $command" >&2; exit 2 ;;
esac
`;

/** The result of a script. */
export interface ScriptResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs the scripts of containers in a temporary directory, in place of `/backup` and `/tmp`. */
export class ShellRunner {
  public readonly work: string;
  public readonly store: string;
  /** The directory in place of `/run`. */
  public readonly secrets: string;

  private readonly folder = mkdtempSync(join(tmpdir(), 'shell-'));

  constructor() {
    const { folder } = this;
    this.work = join(folder, 'backup');
    this.store = join(folder, 'store');
    this.secrets = join(folder, 'run/secrets');
    ['backup', 'store', 'tmp', 'bin', 'run/secrets/encryption', 'run/secrets/destination'].forEach(name =>
      mkdirSync(join(folder, name), { recursive: true }),
    );
    writeFileSync(join(folder, 'bin', 'rclone'), RCLONE, { mode: 0o755 });
  }

  public run([, , script]: readonly string[], env: Record<string, string> = {}): ScriptResult {
    const local = script.replace(/(?<=^|[\s"'=<>|])\/(backup|tmp|run)(?=[/\s"']|$)/gm, `${this.folder}/$1`);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', local], {
      encoding: 'utf8',
      cwd: this.folder,
      env: {
        PATH: `${this.folder}/bin:${process.env.PATH}`,
        HOSTNAME: 'orders-1-abcde',
        STORE: this.store,
        ROOT: 's3:bucket',
        BACKUP_PATH: 'shop/orders',
        FETCH_DIRECTORY: this.work,
        ENGINE: 'PostgreSQL',
        KEEP: '2',
        MINIMUM_BYTES: '0',
        MINIMUM_PERCENT: '0',
        ...env,
      },
    });
    return { status, output: stdout + stderr };
  }
}
