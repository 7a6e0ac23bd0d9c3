import { posix } from 'path';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { SIZE_UNITS } from './setting-size';
import { checkSettingName, checkSettingValue } from './settings';
import { fail, listed } from '../../checks/fail';
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
      fail(scope, `the engine's '${name}' is empty. give it a program${name === 'command' ? '' : ', or leave it out'}`);
    }
  }
  const texts = [...command, ...(spec.prepare ?? [])];
  if (!spec.passwordFileVariables?.length && !texts.some(text => text.includes('{password}'))) {
    fail(
      scope,
      "the engine's image is not told the password, and would be open to everybody. give its spec " +
        "'passwordFileVariables', or '{password}' in 'command' or 'prepare'",
    );
  }
}

function checkPaths(scope: IConstruct, spec: DatabaseEngineSpec): void {
  const { mountPath, dataPath = mountPath, existsPath, configPath, imageVolumes = [], scratch = [] } = spec;
  for (const [what, path] of Object.entries({ mountPath, dataPath })) {
    if (!/^[-\w./]+$/.test(checkContainerPath(scope, `the engine's '${what}'`, path))) {
      fail(
        scope,
        `the engine's '${what}' is '${path}', which a shell would not read as one word. use letters, digits, '-', ` +
          `'_' and '.' between '/'`,
      );
    }
  }
  if (!isWithin(dataPath, mountPath)) {
    fail(
      scope,
      `the engine keeps its data at '${dataPath}', outside of '${mountPath}', where the claim is mounted. mount ` +
        'the claim there',
    );
  }
  for (const volume of imageVolumes) {
    if (volume !== mountPath && !scratch.some(({ path }) => path === volume)) {
      fail(
        scope,
        `the engine's image declares a volume at '${volume}', which neither the claim at '${mountPath}' nor a ` +
          'scratch directory covers, and what is written there would be lost. mount one of them exactly there',
      );
    }
  }
  if (configPath !== undefined) {
    if (posix.basename(checkContainerPath(scope, "the engine's 'configPath'", configPath)) === '') {
      fail(
        scope,
        `the engine's 'configPath' is '${configPath}', which is no file. give it a name, as in ` +
          `'/etc/engine/engine.conf'`,
      );
    }
    checkRelativePath(scope, posix.basename(configPath));
  }
  if (existsPath !== undefined && !/^\w[-\w.]*(\/\w[-\w.]*)*$/.test(existsPath)) {
    fail(
      scope,
      `the engine's 'existsPath' is '${existsPath}', which is no path below its data. use letters, digits, '-', ` +
        `'_' and '.' between '/'`,
    );
  }
  if (
    existsPath !== undefined &&
    !(spec.initDirectory !== undefined && (spec.initExtensions ?? ['.sh']).includes('.sh'))
  ) {
    fail(
      scope,
      "the engine has an 'existsPath', but runs no '.sh' of an 'initDirectory', so that nothing would say that " +
        "its data is initialised, and it would never start. leave 'existsPath' out",
    );
  }
}

function checkSettings(scope: IConstruct, spec: DatabaseEngineSpec): void {
  const {
    settings = {},
    smallSettings = {},
    volume = [],
    memory = [],
    counts = [],
    hugePagesSetting,
    configPath,
  } = spec;
  const same = memory.flatMap(({ sameAs = [] }) => sameAs);
  const derived = [...[...volume, ...memory, ...counts].map(({ setting }) => setting), ...same, hugePagesSetting];
  const names = [...Object.keys(settings), ...Object.keys(smallSettings), ...derived].filter(
    name => name !== undefined,
  );
  if (names.length > 0 && configPath === undefined) {
    fail(scope, `the engine has the setting '${names[0]}', but no 'configPath' to write it to. give it one`);
  }
  names.forEach(name => checkSettingName(scope, name));
  [...Object.entries(settings), ...Object.entries(smallSettings)].forEach(([name, value]) =>
    checkSettingValue(scope, name, value),
  );
  for (const { setting = "a line of 'memory'", unit } of [...memory, ...volume]) {
    if (unit !== undefined && !SIZE_UNITS.includes(unit)) {
      fail(
        scope,
        `the engine writes '${setting}' in the unit '${unit}', which is not known. use ${listed(SIZE_UNITS, 'or')}`,
      );
    }
  }
}

/** What is reckoned with, so that no sum comes out as anything but an amount. */
function checkBudgets(
  scope: IConstruct,
  { memory = [], counts = [], volume = [], storagePerMemory = 0 }: DatabaseEngineSpec,
): void {
  const check = (of: string, least: number, most: number, numbers: Record<string, number | undefined>) =>
    Object.entries(numbers).forEach(
      ([name, value]) => value === undefined || checkNumber(scope, `'${name}' of ${of}`, value, least, most),
    );
  check('the engine', 0, 1000, { storagePerMemory });
  for (const { setting, onePer, min, max } of counts) {
    const of = `the engine's count '${setting}'`;
    check(of, LEAST_UNIT, MIB_OF_4_EIB, { onePer });
    checkInteger(
      scope,
      `'max' of ${of}`,
      max,
      checkInteger(scope, `'min' of ${of}`, min, 0, MOST_COUNTED),
      MOST_COUNTED,
    );
  }
  for (const { what, share, min, max, factor, bareUnit, step, times = [] } of memory) {
    const of = `the engine's line '${what}' of 'memory'`;
    check(of, 0, 1, { share });
    check(of, 0, MIB_OF_4_EIB, { min, max, factor });
    check(of, LEAST_UNIT, MIB_OF_4_EIB, { bareUnit, step });
    const unknown = times.find(name => counts.every(({ setting }) => setting !== name));
    if (unknown !== undefined) {
      fail(scope, `${of} is taken '${unknown}' times, which is none of its 'counts'. add it there`);
    }
  }
  for (const key of ['rest', 'sharedMemory'] as const) {
    const [, second] = memory.filter(term => term[key]);
    if (second) {
      fail(scope, `the engine's line '${second.what}' of 'memory' is the second with '${key}'. leave it to one`);
    }
  }
  for (const { setting, share, max, bareUnit } of volume) {
    const of = `the engine's '${setting}'`;
    check(of, 0, 1, { share });
    check(of, 0, MIB_OF_4_EIB, { max });
    check(of, LEAST_UNIT, MIB_OF_4_EIB, { bareUnit });
  }
}
