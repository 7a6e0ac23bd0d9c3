import { existsSync, mkdirSync, readFileSync, appendFileSync } from 'fs';
import { dirname, join } from 'path';
import type { Result } from './rig/result';
import type { Speed } from './speed';

const { MATRIX_RESULTS = join(__dirname, '../../dist/collectors/results.jsonl') } = process.env;
const SPEEDS = MATRIX_RESULTS.replace(/\.jsonl$/, '-speed.jsonl');

export const keyOf = ({ collector, sink, scenario }: Pick<Result, 'collector' | 'sink' | 'scenario'>) =>
  `${collector} × ${sink} × ${scenario}`;

/** Returns the latest result of each cell. */
export function results(): Result[] {
  return latest(read<Result>(MATRIX_RESULTS), keyOf);
}

export function speeds(): Speed[] {
  return latest(read<Speed>(SPEEDS), ({ collector, kind }) => `${collector} ${kind}`);
}

export const keep = (result: Result) => append(MATRIX_RESULTS, result);
export const keepSpeed = (speed: Speed) => append(SPEEDS, speed);

function read<T>(file: string): T[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line))
    : [];
}

function latest<T>(values: T[], key: (value: T) => string): T[] {
  return [...new Map(values.map(value => [key(value), value])).values()];
}

function append(file: string, value: object): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(value)}\n`);
}
