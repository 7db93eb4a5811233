/**
 * The bench contract, how a sample is taken and what is concluded from the samples.
 *
 * Times of one machine drift with whatever else it does, and V8 compiles a function for what it has seen. So every
 * sample is a fresh process, samples of the contenders of a row alternate (A B C A B C …), time is CPU time, and the
 * verdict is the median of the ratios within each round. A bench is read by people; it is never a test.
 */
import { execFileSync } from 'node:child_process';
import type { CompiledBench } from './compile.ts';

/** Set-up and warm-up, untimed, then the body to time. The body returns how many operations it did. */
export type Contender = () => () => number;

/** One comparison: the same job, done by each contender. */
export interface BenchRow {
  readonly name: string;
  readonly contenders: Readonly<Record<string, Contender>>;
  /** What the project promises: this contender takes at most `atMost` times what the reference takes. */
  readonly bar?: { readonly contender: string; readonly atMost: number };
}

/** What a `*.bench.ts` file exports by default. */
export interface Bench {
  readonly title: string;
  /** What one operation is, in the singular: times are given per `unit`. */
  readonly unit: string;
  /** The contender of every row that ratios are relative to. */
  readonly reference: string;
  readonly rows: readonly BenchRow[];
}

/** What the samples of one contender in one row come to. */
export interface Finding {
  readonly row: string;
  readonly contender: string;
  /** CPU nanoseconds per operation, median over rounds. */
  readonly nanos: number;
  /** Half the interquartile range of the nanoseconds, relative to their median. */
  readonly spread: number;
  /** The median over rounds of this contender's time over the reference's time in the same round. */
  readonly ratio: number;
  /** The bar of the row, if it is about this contender. */
  readonly bar?: { readonly atMost: number; readonly passed: boolean };
}

/** Loads the bench that a file exports; `file` is a file URL. */
export async function loadBench(file: string): Promise<Bench> {
  const module: { default: Bench } = await import(file);
  return module.default;
}

/** The row of that name; throws if there is none. */
export function rowOf(bench: Bench, name: string): BenchRow {
  const row = bench.rows.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`no row "${name}" in "${bench.title}"`);
  return row;
}

/** Takes `rounds` samples of every contender of a row, alternating, and concludes. Throws if a sample crashes. */
export function measureRow(compiled: CompiledBench, bench: Bench, row: BenchRow, rounds: number): Finding[] {
  const contenders = Object.keys(row.contenders);
  const samples = new Map<string, number[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [contender, nanos] of samples) nanos.push(sampleInChild(compiled, row.name, contender));
  }
  const reference = samples.get(bench.reference);
  if (reference === undefined) throw new Error(`row "${row.name}" lacks the reference "${bench.reference}"`);
  return contenders.map((contender) => conclude(row, contender, samples.get(contender) ?? [], reference));
}

/** One sample in a process of its own: nanoseconds per operation. */
function sampleInChild(compiled: CompiledBench, row: string, contender: string): number {
  const output = execFileSync(process.execPath, [compiled.child, compiled.bench, row, contender], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const nanos = Number(output);
  if (!(nanos > 0)) throw new Error(`"${contender}" in "${row}" measured ${output.trim()} ns`);
  return nanos;
}

function conclude(row: BenchRow, contender: string, nanos: readonly number[], reference: readonly number[]): Finding {
  const median = quantile(nanos, 0.5);
  const ratio = quantile(
    nanos.map((value, round) => value / (reference[round] ?? NaN)),
    0.5,
  );
  const finding: Finding = {
    row: row.name,
    contender,
    nanos: median,
    spread: (quantile(nanos, 0.75) - quantile(nanos, 0.25)) / 2 / median,
    ratio,
  };
  if (row.bar?.contender !== contender) return finding;
  return { ...finding, bar: { atMost: row.bar.atMost, passed: ratio <= row.bar.atMost } };
}

/** The quantile at `p`, on straight lines between the sorted values. */
function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const position = p * (sorted.length - 1);
  const left = sorted[Math.floor(position)] ?? NaN;
  const right = sorted[Math.ceil(position)] ?? NaN;
  return left + (position - Math.floor(position)) * (right - left);
}
