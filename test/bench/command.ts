import { join } from 'path';
import { clusterObjects, toStream } from './cluster-objects';
import { processRows, Row } from './rows';
import { inTurns, Program } from './runs';
import { findProgram, Workshop } from './workshop';
import { goProgram } from '../scanners/install';

const OBJECTS = 10_000;
const FILES = 30_000;
const ROUNDS = { start: 11, stream: 3, files: 1 };

/** The linters whose findings resemble those of the audit. They exit with 1 if they have findings. */
function linters(file: string, leaveOut: (reason: string) => void): Program[] {
  const score = kubeScore(leaveOut);
  const kubeLinter = findProgram('kube-linter', 'KUBE_LINTER');
  if (kubeLinter === undefined) {
    leaveOut("'kube-linter' is not installed. Set KUBE_LINTER to its path.");
  }
  return [
    ...(score === undefined ? [] : [{ name: 'kube-score', command: [score, 'score', file], statuses: [0, 1] }]),
    ...(kubeLinter === undefined
      ? []
      : [{ name: 'kube-linter', command: [kubeLinter, 'lint', file], statuses: [0, 1] }]),
  ];
}

/** The linter in KUBE_SCORE or on the search path; otherwise it is built with Go. */
function kubeScore(leaveOut: (reason: string) => void): string | undefined {
  const installed = findProgram('kube-score', 'KUBE_SCORE');
  if (installed !== undefined) {
    return installed;
  }
  try {
    return goProgram('kube-score', 'github.com/zegl/kube-score/cmd/kube-score');
  } catch {
    leaveOut("'kube-score' is not installed, and Go cannot build it. Set KUBE_SCORE to its path.");
    return undefined;
  }
}

/** The start of the command, beside Node.js without a program. */
async function measureStart(workshop: Workshop): Promise<Row[]> {
  const file = workshop.write('small.yaml', toStream(clusterObjects(1)));
  const commands = ['audit', 'map'].map(name => workshop.command(name, file));
  const bare: Program = { name: 'node without a program', command: [process.execPath, '--eval', '0'] };
  const [audits, maps, starts] = await inTurns([...commands, bare], ROUNDS.start);
  return [
    ...processRows('audit of one object', audits, bare.name, starts),
    ...processRows('map of one object', maps, bare.name, starts),
  ];
}

/** The audit and the map of a stream, beside a parser that does nothing else and beside other linters. */
async function measureStream(workshop: Workshop, leaveOut: (reason: string) => void): Promise<Row[]> {
  const file = workshop.write('stream.yaml', toStream(clusterObjects(OBJECTS)));
  const parse = `require('js-yaml').loadAll(require('fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`;
  const parser: Program = { name: 'js-yaml, parser only', command: [process.execPath, '--eval', parse] };
  const peers = [parser, ...linters(file, leaveOut)];
  const commands = ['audit', 'map'].map(name => workshop.command(name, file));
  const [audits, maps, ...peerRuns] = await inTurns([...commands, ...peers], ROUNDS.stream);
  return [
    ...peers.flatMap(({ name }, index) => processRows(`audit of ${OBJECTS} objects`, audits, name, peerRuns[index])),
    ...processRows(`map of ${OBJECTS} objects`, maps, parser.name, peerRuns[0]),
  ];
}

/** The audit and the map of a folder with a file for each object, beside Node.js that only reads the files. */
async function measureFiles(workshop: Workshop): Promise<Row[]> {
  clusterObjects(FILES).forEach((object, i) => workshop.write(`files/${i % 100}/${i}.yaml`, toStream([object])));
  const folder = join(workshop.folder, 'files');
  const read = `
    const { readdirSync, readFileSync } = require('fs');
    for (const file of readdirSync(${JSON.stringify(folder)}, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) readFileSync(file.parentPath + '/' + file.name, 'utf8');
    }`;
  const reader: Program = { name: 'node, reading only', command: [process.execPath, '--eval', read] };
  const commands = ['audit', 'map'].map(name => workshop.command(name, folder));
  const [audits, maps, reads] = await inTurns([...commands, reader], ROUNDS.files);
  return [
    ...processRows(`audit of ${FILES} files`, audits, reader.name, reads),
    ...processRows(`map of ${FILES} files`, maps, reader.name, reads),
  ];
}

/** The command, from its start to the written report. */
export async function measureCommand(workshop: Workshop, leaveOut: (reason: string) => void): Promise<Row[]> {
  return [
    ...(await measureStart(workshop)),
    ...(await measureStream(workshop, leaveOut)),
    ...(await measureFiles(workshop)),
  ];
}
