import { posix } from 'path';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { checkSettingName, checkSettingValue } from './settings';
import { fail } from '../../checks/fail';
import { isWithin } from '../../checks/paths';
import { checkContainerPath, checkInteger, checkNumber, checkSize, checkRelativePath } from '../../checks/values';

const MIB_OF_4_EIB = 2 ** 42;
const LEAST_UNIT = 1 / 1024;
const MOST_COUNTED = 9999999;

/** Refuses facts of an engine with which its server could not run, or would not keep what it is given. */
export function checkEngine(scope: IConstruct, spec: DatabaseEngineSpec): void {
  checkInteger(scope, "the engine's 'runAsUser'", spec.runAsUser, 1, 2147483647);
  checkInteger(scope, "the engine's 'runAsGroup'", spec.runAsGroup, 1, 2147483647);
  checkSize(scope, "the engine's 'minimumStorage'", spec.minimumStorage);
  checkSize(scope, "the engine's 'minimumMemory'", spec.minimumMemory);
  checkPaths(scope, spec);
  checkSettings(scope, spec);
  checkBudgets(scope, spec);

  const { command, startupCommand, readinessCommand, livenessCommand } = spec;
  for (const [name, words] of Object.entries({ command, startupCommand, readinessCommand, livenessCommand })) {
    if (words?.length === 0) {
      fail(
        scope,
        `The engine's '${name}' is empty.`,
        `Give it a program${name === 'command' ? '' : ', or leave it out'}.`,
      );
    }
  }
  const texts = [...command, ...(spec.preStartCommands ?? [])];
  if (!spec.passwordFileVariables?.length && !texts.some(text => text.includes('{password}'))) {
    fail(
      scope,
      "The engine's image is not told the password, and would be open to everybody.",
      "Give its spec 'passwordFileVariables', or '{password}' in 'command' or 'prepare'.",
    );
  }
}

function checkPaths(scope: IConstruct, spec: DatabaseEngineSpec): void {
  const {
    mountPath,
    dataPath = mountPath,
    initializedMarker,
    configPath,
    declaredVolumes = [],
    writableDirectories: scratch = [],
  } = spec;
  for (const [what, path] of Object.entries({ mountPath, dataPath })) {
    if (!/^[-\w./]+$/.test(checkContainerPath(scope, `the engine's '${what}'`, path))) {
      fail(
        scope,
        `The engine's '${what}' is '${path}', which a shell would not read as one word.`,
        "Use letters, digits, '-', '_' and '.' between '/'.",
      );
    }
  }
  if (!isWithin(dataPath, mountPath)) {
    fail(
      scope,
      `The engine keeps its data at '${dataPath}', outside of '${mountPath}', where the claim is ` + 'mounted.',
      'Mount the claim there.',
    );
  }
  for (const volume of declaredVolumes) {
    if (volume !== mountPath && !scratch.some(({ path }) => path === volume)) {
      fail(
        scope,
        `The engine's image declares a volume at '${volume}', which neither the claim at '${mountPath}' ` +
          'nor a scratch directory covers, and what is written there would be lost.',
        'Mount one of them exactly there.',
      );
    }
  }
  if (configPath !== undefined) {
    if (posix.basename(checkContainerPath(scope, "the engine's 'configPath'", configPath)) === '') {
      fail(
        scope,
        `The engine's 'configPath' is '${configPath}', which is no file.`,
        "Give it a name, as in '/etc/engine/engine.conf'.",
      );
    }
    checkRelativePath(scope, posix.basename(configPath));
  }
  if (initializedMarker !== undefined && !/^\w[-\w.]*(\/\w[-\w.]*)*$/.test(initializedMarker)) {
    fail(
      scope,
      `The engine's 'initializedMarker' is '${initializedMarker}', which is no path below its data.`,
      "Use letters, digits, '-', '_' and '.' between '/'.",
    );
  }
  if (
    initializedMarker !== undefined &&
    !(spec.initDirectory !== undefined && (spec.initExtensions ?? ['.sh']).includes('.sh'))
  ) {
    fail(
      scope,
      "The engine has an 'initializedMarker', but runs no '.sh' of an 'initDirectory', so that nothing " +
        'would say that its data is initialised, and it would never start.',
      "Leave 'initializedMarker' out.",
    );
  }
}

function checkSettings(scope: IConstruct, spec: DatabaseEngineSpec): void {
  const {
    settings = {},
    lowMemorySettings = {},
    volumeBudget: volume = [],
    memoryBudget: memory = [],
    concurrencyLimits: counts = [],
    hugePagesSetting,
    configPath,
  } = spec;
  const same = memory.flatMap(({ aliases = [] }) => aliases);
  const derived = [...[...volume, ...memory, ...counts].map(({ setting }) => setting), ...same, hugePagesSetting];
  const names = [...Object.keys(settings), ...Object.keys(lowMemorySettings), ...derived].filter(
    name => name !== undefined,
  );
  if (names.length > 0 && configPath === undefined) {
    fail(scope, `The engine has the setting '${names[0]}', but no 'configPath' to write it to.`, 'Give it one.');
  }
  names.forEach(name => checkSettingName(scope, name));
  [...Object.entries(settings), ...Object.entries(lowMemorySettings)].forEach(([name, value]) =>
    checkSettingValue(scope, name, value),
  );
}

/** What is reckoned with, so that no sum comes out as anything but an amount. */
function checkBudgets(
  scope: IConstruct,
  { memoryBudget = [], concurrencyLimits = [], volumeBudget = [], storagePerMemory = 0 }: DatabaseEngineSpec,
): void {
  const check = (of: string, least: number, most: number, numbers: Record<string, number | undefined>) =>
    Object.entries(numbers).forEach(
      ([name, value]) => value === undefined || checkNumber(scope, `'${name}' of ${of}`, value, least, most),
    );
  check('the engine', 0, 1000, { storagePerMemory });
  for (const { setting, memoryPerUnitMib, min, max } of concurrencyLimits) {
    const of = `'${setting}' of 'concurrencyLimits'`;
    check(of, LEAST_UNIT, MIB_OF_4_EIB, { memoryPerUnitMib });
    checkInteger(
      scope,
      `'max' of ${of}`,
      max,
      checkInteger(scope, `'min' of ${of}`, min, 0, MOST_COUNTED),
      MOST_COUNTED,
    );
  }
  for (const item of memoryBudget) {
    const { description, share, minMib, maxMib, factor, unitlessKib, granularityMib, multiplyBy = [] } = item;
    const of = `'${description}' of 'memoryBudget'`;
    check(of, 0, 1, { share });
    check(of, 0, MIB_OF_4_EIB, { minMib, maxMib, factor });
    check(of, LEAST_UNIT, MIB_OF_4_EIB, { unitlessKib, granularityMib });
    const unknown = multiplyBy.find(name => concurrencyLimits.every(({ setting }) => setting !== name));
    if (unknown !== undefined) {
      fail(scope, `${of} is multiplied by '${unknown}', which is none of the 'concurrencyLimits'.`, 'Add it there.');
    }
  }
  for (const key of ['takesRemainder', 'sharedMemory'] as const) {
    const [, second] = memoryBudget.filter(item => item[key]);
    if (second) {
      fail(scope, `'${second.description}' of 'memoryBudget' is the second item with '${key}'.`, 'Leave it to one.');
    }
  }
  for (const { setting, share, maxMib, unitlessKib } of volumeBudget) {
    const of = `'${setting}' of 'volumeBudget'`;
    check(of, 0, 1, { share });
    check(of, 0, MIB_OF_4_EIB, { maxMib });
    check(of, LEAST_UNIT, MIB_OF_4_EIB, { unitlessKib });
  }
}
