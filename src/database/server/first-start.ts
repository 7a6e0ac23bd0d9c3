/**
 * Lines of a shell that lock the volume. The server and its children hold the lock, and every container on the node
 * sees it; not every filesystem supports locks.
 */
export function lockVolume(mountPath: string): string[] {
  return [
    `exec 9> ${mountPath}/.lock`,
    'if command -v flock > /dev/null; then',
    '  flock -w 60 -E 75 9 || if [ $? = 75 ]; then',
    '    echo "another server uses this volume, and a second one would destroy the data" >&2',
    '    exit 1',
    '  fi',
    'fi',
  ];
}

/** The paths that tell a shell the state of the data. */
export interface DataState {
  /** A path that exists once the data is initialized. */
  readonly initialized: string;
  /** The file that exists while the data is being initialized. */
  readonly marker: string;
  /** Whether no new database can be created, because the data is at the root of an existing claim. */
  readonly onlyExisting: boolean;
  /** A path that exists if the root of the claim contains a database, but the data directory is below the root. */
  readonly initializedAtRoot?: string;
}

/** Lines of a shell that record that an initialization begins, and refuse data that is only half-initialized. */
export function checkFirstStart(state: DataState): string[] {
  return [
    `if [ -e ${state.initialized} ]; then`,
    ...refuseHalfInitialized(state),
    ...refuseDatabaseAtRoot(state),
    'else',
    ...beginInitialization(state),
    'fi',
  ];
}

function refuseHalfInitialized({ marker }: DataState): string[] {
  return [
    `  if [ -e ${marker} ]; then`,
    '    echo "the database is half-initialized: an init script failed, or the first start was interrupted; see the ' +
      `log of the first start, then empty the volume, or remove ${marker} to use the data as it is" >&2`,
    '    exit 1',
    '  fi',
  ];
}

function refuseDatabaseAtRoot({ initializedAtRoot }: DataState): string[] {
  return initializedAtRoot === undefined
    ? []
    : [
        `elif [ -e ${initializedAtRoot} ]; then`,
        '  echo "the root of the volume already contains a database, and a second one would be created next to it: ' +
          "set 'directory' of the claim to '.' to use the existing one\" >&2",
        '  exit 1',
      ];
}

function beginInitialization({ marker, onlyExisting }: DataState): string[] {
  return onlyExisting
    ? [
        '  echo "the root of the claim contains no database, and a new one cannot be created there: ' +
          "omit 'directory' of the claim\" >&2",
        '  exit 1',
      ]
    : [`  touch ${marker}`];
}
