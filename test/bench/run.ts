/**
 * `npm run bench [-- name …] [--rounds N] [--json FILE]`: runs the benches whose file name contains a given name, or
 * all of them, and prints a table for each. A bar is reported as pass or miss, and fails nothing: the exit code is
 * 0 unless a sample crashes. `page` is measured in a browser, and only when it is asked for by that name.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { asked, checkName, countFrom1, known } from '../support/arguments.ts';
import { compileBench } from './compile.ts';
import type { Bench, Finding } from './harness.ts';
import { loadBench, measureRow } from './harness.ts';
import { benchPage } from './page.ts';

const USAGE = `npm run bench -- [name …] [options]: what parts of hintlab cost

  name           benches whose file name contains it; all without one. \`page\` is measured in a browser
  --rounds N     of which the median counts, 7 unless said
  --json FILE    writes what was measured to a file too`;
const OPTIONS = { rounds: { type: 'string' }, json: { type: 'string' } } as const;
const ROUNDS = 7;
const FOLDER = new URL('./', import.meta.url);
const ENDING = '.bench.ts';

const { rounds, json, positionals } = asked(USAGE, readOptions);
const reports: { readonly title: string; readonly unit: string; readonly findings: Finding[] }[] = [];
const names = positionals.filter((name) => name !== 'page');
const onlyPage = positionals.length > 0 && names.length === 0;
if (names.length < positionals.length) await benchPage();
for (const file of onlyPage ? [] : benchFiles(names)) {
  const bench = await loadBench(file);
  const compiled = await compileBench(file);
  console.log(
    `\n${bench.title}: CPU time per ${bench.unit}, median of ${rounds} rounds, ratio to ${bench.reference}\n`,
  );
  const findings: Finding[] = [];
  for (const row of bench.rows) {
    const found = measureRow(compiled, bench, row, rounds);
    for (const finding of found) console.log(lineOf(bench, finding));
    findings.push(...found);
  }
  reports.push({ title: bench.title, unit: bench.unit, findings });
}
if (json !== undefined) writeFileSync(json, `${JSON.stringify(reports, null, 2)}\n`);

function readOptions(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: known(args, OPTIONS, true),
    options: OPTIONS,
    allowPositionals: true,
  });
  const names = [...benchNames(), 'page'];
  for (const name of positionals) if (!names.some((each) => each.includes(name))) checkName(name, 'bench', names);
  return { rounds: countFrom1('--rounds', values.rounds, ROUNDS), json: values.json, positionals };
}

function benchNames(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(ENDING));
  return files.map((file) => file.slice(0, -ENDING.length)).toSorted();
}

/** The URLs of the bench files whose name contains one of `names`; all of them if there are no names. */
function benchFiles(names: readonly string[]): string[] {
  const chosen = benchNames().filter((each) => names.length === 0 || names.some((name) => each.includes(name)));
  return chosen.map((name) => new URL(name + ENDING, FOLDER).href);
}

function lineOf(bench: Bench, { row, contender, nanos, spread, ratio, bar }: Finding): string {
  const rowWidth = longest(bench.rows.map(({ name }) => name));
  const nameWidth = longest(bench.rows.flatMap(({ contenders }) => Object.keys(contenders)));
  const time = `${timeOf(nanos).padStart(10)} ±${(100 * spread).toFixed(0).padStart(2)} %`;
  const verdict = bar === undefined ? '' : `  ${bar.passed ? 'pass' : 'miss'} (bar ${bar.atMost.toFixed(2)})`;
  return `${row.padEnd(rowWidth)}  ${contender.padEnd(nameWidth)}  ${time}  ${ratio.toFixed(2).padStart(6)}x${verdict}`;
}

function longest(names: readonly string[]): number {
  return Math.max(...names.map((name) => name.length));
}

function timeOf(nanos: number): string {
  if (nanos < 1e4) return `${nanos.toFixed(1)} ns`;
  return nanos < 1e7 ? `${(nanos / 1e3).toFixed(1)} µs` : `${(nanos / 1e6).toFixed(1)} ms`;
}
