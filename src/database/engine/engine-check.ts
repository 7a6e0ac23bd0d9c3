import { posix } from 'path';
import type { IConstruct } from 'constructs';
import { checkBudgets } from './budget-check';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { checkPlaceholders, hasPlaceholder } from './placeholders';
import { checkSettingName, checkSettingValue } from './settings';
import { fail } from '../../checks/fail';
import { isWithin } from '../../checks/paths';
import { checkContainerPath, checkInteger, checkRelativePath, checkSize } from '../../checks/values';
import { HealthCheck } from '../../pod/health-check';

/** The name of the server's port. */
export const DATABASE_PORT = 'database';

/** Refuses an engine whose server could not run, or would lose its data. */
export function checkEngine(scope: IConstruct, spec: DatabaseEngineSpec): void {
  checkInteger(scope, "the engine's 'runAsUser'", spec.runAsUser, 1, 2147483647);
  checkInteger(scope, "the engine's 'runAsGroup'", spec.runAsGroup, 1, 2147483647);
  checkSize(scope, "the engine's 'minimumStorage'", spec.minimumStorage);
  checkSize(scope, "the engine's 'minimumMemory'", spec.minimumMemory);
  checkDataPath(scope, spec);
  checkDeclaredVolumes(scope, spec);
  checkConfigPath(scope, spec);
  checkInitializedMarker(scope, spec);
  checkSettings(scope, spec);
  checkBudgets(scope, spec);
  checkCommands(scope, spec);
  checkHealth(scope, spec);
  checkPlaceholders(scope, spec);
  checkPassword(scope, spec);
}

function checkDataPath(scope: IConstruct, { mountPath, dataPath = mountPath }: DatabaseEngineSpec): void {
  for (const [prop, path] of Object.entries({ mountPath, dataPath })) {
    if (!/^[-\w./]+$/.test(checkContainerPath(scope, `the engine's '${prop}'`, path))) {
      fail(
        scope,
        `The engine's '${prop}' is '${path}', which a shell does not read as one word.`,
        "Use letters, digits, '-', '_' and '.' between slashes.",
      );
    }
  }
  if (!isWithin(dataPath, mountPath)) {
    fail(
      scope,
      `The engine's 'dataPath' is '${dataPath}', outside of its 'mountPath' '${mountPath}'. ` +
        'The data would not be on the claim.',
      "Set 'mountPath' to the data directory or a parent of it.",
    );
  }
}

function checkDeclaredVolumes(
  scope: IConstruct,
  { mountPath, declaredVolumes = [], writableDirectories = [] }: DatabaseEngineSpec,
): void {
  for (const volume of declaredVolumes) {
    if (volume !== mountPath && !writableDirectories.some(({ path }) => path === volume)) {
      fail(
        scope,
        `The engine's 'declaredVolumes' contains '${volume}', which is neither its 'mountPath' '${mountPath}' nor ` +
          "one of its 'writableDirectories'. Data there would be lost.",
        `Set 'mountPath' to '${volume}', or add it to 'writableDirectories'.`,
      );
    }
  }
}

function checkConfigPath(scope: IConstruct, { configPath }: DatabaseEngineSpec): void {
  if (configPath === undefined) {
    return;
  }
  const name = posix.basename(checkContainerPath(scope, "the engine's 'configPath'", configPath));
  if (name === '') {
    fail(
      scope,
      `The engine's 'configPath' is '${configPath}', which is not a file.`,
      "Use the path of a file, for example '/etc/engine/engine.conf'.",
    );
  }
  checkRelativePath(scope, name);
}

function checkInitializedMarker(
  scope: IConstruct,
  { initializedMarker, initDirectory, initExtensions = ['.sh'] }: DatabaseEngineSpec,
): void {
  if (initializedMarker === undefined) {
    return;
  }
  if (!/^\w[-\w.]*(\/\w[-\w.]*)*$/.test(initializedMarker)) {
    fail(
      scope,
      `The engine's 'initializedMarker' is '${initializedMarker}', which is not a path below the data directory.`,
      "Use letters, digits, '-', '_' and '.' between slashes.",
    );
  }
  if (initDirectory === undefined || !initExtensions.includes('.sh')) {
    fail(
      scope,
      "The engine has an 'initializedMarker', but its image runs no '.sh' scripts of an 'initDirectory'. " +
        'No script could report that the data is initialized, and the server would never become ready.',
      "Omit 'initializedMarker'.",
    );
  }
}

function checkSettings(scope: IConstruct, spec: DatabaseEngineSpec): void {
  const {
    settings = {},
    lowMemorySettings = {},
    volumeBudget = [],
    memoryBudget = [],
    concurrencyLimits = [],
    hugePagesSetting,
    configPath,
  } = spec;
  const names = [
    ...Object.keys(settings),
    ...Object.keys(lowMemorySettings),
    ...[...volumeBudget, ...memoryBudget, ...concurrencyLimits].map(({ setting }) => setting),
    ...memoryBudget.flatMap(({ aliases = [] }) => aliases),
    hugePagesSetting,
  ].filter(name => name !== undefined);
  if (names.length > 0 && configPath === undefined) {
    fail(
      scope,
      `The engine has the setting '${names[0]}', but no configuration file to write it to.`,
      "Set 'configPath' of the engine.",
    );
  }
  names.forEach(name => checkSettingName(scope, name));
  [...Object.entries(settings), ...Object.entries(lowMemorySettings)].forEach(([name, value]) =>
    checkSettingValue(scope, name, value),
  );
}

function checkCommands(
  scope: IConstruct,
  { command, startupCommand, readinessCommand, livenessCommand }: DatabaseEngineSpec,
): void {
  for (const [prop, words] of Object.entries({ command, startupCommand, readinessCommand, livenessCommand })) {
    if (words?.length === 0) {
      fail(
        scope,
        `The engine's '${prop}' is empty.`,
        prop === 'command' ? 'Add a program.' : 'Add a program or omit the prop.',
      );
    }
  }
}

function checkHealth(
  scope: IConstruct,
  { healthCheck, startupCommand, initializedMarker, port }: DatabaseEngineSpec,
): void {
  if (!healthCheck) {
    return;
  }
  if (!(healthCheck instanceof HealthCheck)) {
    fail(scope, "The engine's 'healthCheck' is not a HealthCheck.", "Use one, for example 'HealthCheck.tcp()'.");
  }
  if (healthCheck._isRestartOnly) {
    fail(scope, "The engine's 'healthCheck' only restarts the server.", "Remove '.restartOnly()'.");
  }
  if (healthCheck._setsStartupTimeout) {
    fail(
      scope,
      "The engine's 'healthCheck' sets 'startupTimeout', but the time that a recovery takes depends on the data.",
      "Set 'startupTimeout' of the database instead.",
    );
  }
  if (healthCheck._handlers(scope, { ports: { [DATABASE_PORT]: port } }).readiness.exec) {
    fail(
      scope,
      "The engine's 'healthCheck' is a command.",
      "Set 'readinessCommand' instead, which can contain placeholders.",
    );
  }
  if (initializedMarker !== undefined && startupCommand === undefined) {
    fail(
      scope,
      "The engine has an 'initializedMarker', which its 'healthCheck' cannot look for. A server that is being " +
        'initialized would receive clients.',
      "Set 'startupCommand' in addition, or omit 'initializedMarker'.",
    );
  }
}

function checkPassword(
  scope: IConstruct,
  { passwordFileVariables = [], command, preStartCommands = [] }: DatabaseEngineSpec,
): void {
  if (
    passwordFileVariables.length === 0 &&
    ![...command, ...preStartCommands].some(text => hasPlaceholder(text, 'password'))
  ) {
    fail(
      scope,
      'The engine does not get a password, and would admit every client.',
      "Set 'passwordFileVariables', or use '{password}' in 'command' or 'preStartCommands'.",
    );
  }
}
