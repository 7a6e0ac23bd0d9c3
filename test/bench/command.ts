import { clusterObjects, toStream } from './cluster-objects';
import { processRows, Row } from './rows';
import { inTurns, Program } from './runs';
import { findProgram, Workshop } from './workshop';
import { goProgram } from '../scanners/install';

const OBJECTS = 10_000;
const ROUNDS = { start: 11, stream: 3 };

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

/** The audit and the map of a stream, beside a parser that does nothing else and beside kube-score. */
async function measureStream(workshop: Workshop, leaveOut: (reason: string) => void): Promise<Row[]> {
  const file = workshop.write('stream.yaml', toStream(clusterObjects(OBJECTS)));
  const parse = `require('js-yaml').loadAll(require('fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`;
  const parser: Program = { name: 'js-yaml, parser only', command: [process.execPath, '--eval', parse] };
  const linter = kubeScore(leaveOut);
  const peers: Program[] = [
    parser,
    ...(linter === undefined ? [] : [{ name: 'kube-score', command: [linter, 'score', file], statuses: [0, 1] }]),
  ];
  const commands = ['audit', 'map'].map(name => workshop.command(name, file));
  const [audits, maps, ...peerRuns] = await inTurns([...commands, ...peers], ROUNDS.stream);
  return [
    ...peers.flatMap(({ name }, index) => processRows(`audit of ${OBJECTS} objects`, audits, name, peerRuns[index])),
    ...processRows(`map of ${OBJECTS} objects`, maps, parser.name, peerRuns[0]),
  ];
}

/** The command, from its start to the written report. */
export async function measureCommand(workshop: Workshop, leaveOut: (reason: string) => void): Promise<Row[]> {
  return [...(await measureStart(workshop)), ...(await measureStream(workshop, leaveOut))];
}
