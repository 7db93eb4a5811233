/**
 * The grade of the conformance kit, in full: every broken store over many seeds, with the scenarios it took to find and
 * the size of its transcript; then the correct stores over 10^5 scenarios each. `npm run conform:grade`, two to three minutes.
 *
 * Exit code 1 if a broken store passes, a transcript is longer than six operations, or a correct store is rejected.
 */
import { conformVectors } from '../../sim/cli/conform-vectors.ts';
import { conform, CONFORM_PROFILES, type ConformReport } from '../../sim/conform/index.ts';
import { asked, nothing } from '../support/arguments.ts';
import { BROKEN_STORES, type BrokenStore } from './broken-stores.ts';
import { coreSubject } from './core-subject.ts';
import { carryTo, exampleSubject, type Subject } from './in-process.ts';

const SEEDS = 20;
const MOST_SCENARIOS = 5_000;
const CORRECT_SCENARIOS = 100_000;
const MAX_OPERATIONS = 6;

asked('npm run conform:grade: every broken store is rejected, and every correct one accepted', nothing);

const VECTORS = conformVectors();

function grade(makeSubject: () => Subject, scenarios: number, seed: number): ConformReport {
  const campaign = { scenarios, seed, profiles: CONFORM_PROFILES };
  const result = carryTo(conform({ vectors: VECTORS, campaign }), makeSubject);
  if (result.kind === 'unusable') throw new Error(result.why);
  return result.report;
}

/** The value below which `share` of the sorted numbers lie. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

interface Row {
  readonly found: number;
  readonly median: number;
  readonly p95: number;
  /** Most operations in a transcript, over all seeds. */
  readonly operations: number;
  readonly vectors: number;
}

async function gradeBroken({ patches }: BrokenStore): Promise<Row> {
  const makeSubject = await exampleSubject(patches);
  const runs: number[] = [];
  let operations = 0;
  let vectors = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { random, vectors: written } = grade(makeSubject, MOST_SCENARIOS, seed);
    vectors = written.failed.length;
    if (random.find === undefined || !random.find.minimal) continue;
    runs.push(random.scenarios);
    operations = Math.max(operations, random.find.transcript.length - 1);
  }
  const sorted = runs.toSorted((a, b) => a - b);
  return { found: runs.length, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), operations, vectors };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

let failures = 0;
print(`bug  found of ${SEEDS}  scenarios: median, p95  operations  vectors`);
for (const store of BROKEN_STORES) {
  const { found, median, p95, operations, vectors } = await gradeBroken(store);
  const good = found === SEEDS && operations <= MAX_OPERATIONS;
  failures += good ? 0 : 1;
  const columns = [String(store.bug ?? '').padStart(3), String(found).padStart(6), String(median).padStart(10)];
  columns.push(String(p95).padStart(8), String(operations).padStart(8), String(vectors).padStart(8));
  print(`${columns.join('  ')}  ${store.name}${good ? '' : '  FAILED'}`);
}

const correct: readonly [string, () => Subject][] = [
  ['ring store', await exampleSubject()],
  ['hintlab core', () => coreSubject()],
];
for (const [name, makeSubject] of correct) {
  const started = process.cpuUsage().user;
  const { verdict, random } = grade(makeSubject, CORRECT_SCENARIOS, 1);
  const seconds = Math.round((process.cpuUsage().user - started) / 1e6);
  failures += verdict === 'conforms' && random.scenarios === CORRECT_SCENARIOS ? 0 : 1;
  print(
    `${name}: ${verdict} over ${random.scenarios} scenarios, ${random.operations} requests, ${seconds} s of CPU time`,
  );
}
print(failures === 0 ? 'the kit holds its grade' : `${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
