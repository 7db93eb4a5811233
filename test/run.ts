/**
 * `npm test`: every check of the project, cheapest first, stopping at the first that fails.
 *
 * Each step is a command of its own, so its output is its own; here are only the order, the headlines, the seconds and the
 * sum of tests. The last line is always `N passed, N failed` alone on a line, where a failed step without tests (types,
 * lint, build) counts as one failure. Exit code 0 or 1.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asked, nothing } from './support/arguments.ts';
import { ensureChromium } from './support/chromium.ts';
import { NO_TESTS, ONE_FAILURE, plus, type Runner, type Tally, tallyOf } from './support/tally.ts';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Whose report it leaves behind, if it runs tests. */
  readonly report?: Runner;
}

const BIN = 'node_modules/.bin';
/** Absolute, since each runner takes a relative path from elsewhere. */
const REPORT = resolve('node_modules/.cache/hintlab/tests.json');
const VITEST = [`${BIN}/vitest`, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];

const STEPS: readonly Step[] = [
  { name: 'types', command: ['node', 'node_modules/@typescript/native/bin/tsc', '-b'] },
  {
    name: 'types in .svelte',
    command: [`${BIN}/svelte-check`, '--tsconfig', 'web/tsconfig.json', '--fail-on-warnings'],
  },
  { name: 'lint', command: ['npm', 'run', '-s', 'lint'] },
  { name: 'tidy', command: [...VITEST, '--project', 'tidy'], report: 'vitest' },
  {
    name: 'unit and component tests',
    command: [...VITEST, '--project', 'unit', '--project', 'dom'],
    report: 'vitest',
  },
  { name: 'same digests in three engines', command: ['node', '--import', 'tsx', 'test/engines/run.ts'] },
  { name: 'packaged command', command: ['npm', 'run', '-s', 'smoke:bin'] },
  { name: 'build of the page', command: [`${BIN}/vite`, 'build', '--logLevel', 'warn'] },
  { name: 'first-load budget', command: ['node', '--import', 'tsx', 'test/budget.ts'] },
  {
    name: 'browser tests',
    command: [`${BIN}/playwright`, 'test', '-c', 'test/playwright.config.ts', '--reporter=list,json'],
    report: 'playwright',
  },
];

function main(): number {
  mkdirSync(dirname(REPORT), { recursive: true });
  let sum = NO_TESTS;
  for (const step of STEPS) {
    const tally = take(step);
    sum = plus(sum, tally);
    if (tally.failed > 0) break;
  }
  if (sum.skipped > 0) console.log(`\n${sum.skipped} skipped`);
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}

/** Runs one step under its headline. */
function take(step: Step): Tally {
  console.log(`\n== ${step.name}`);
  const started = performance.now();
  const tally = step.report === 'playwright' && !browserIsThere() ? ONE_FAILURE : runStep(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(tally.failed > 0 ? `== ${step.name}: FAILED after ${seconds} s` : `== ${step.name}: ok, ${seconds} s`);
  return tally;
}

function runStep({ command: [program = '', ...args], report }: Step): Tally {
  rmSync(REPORT, { force: true });
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: REPORT };
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  if (error !== undefined) console.log(`could not start ${program}: ${error.message}`);
  const tally = report === undefined ? NO_TESTS : readReport(report);
  // A runner can fail beside its tests: a file that does not load, a server that does not start.
  return status !== 0 && tally.failed === 0 ? plus(tally, ONE_FAILURE) : tally;
}

function browserIsThere(): boolean {
  const ensured = ensureChromium((line) => console.log(line));
  if (ensured.kind === 'found') {
    process.env.CHROMIUM_PATH = ensured.path;
    console.log(`Chromium: ${ensured.path}`);
    return true;
  }
  console.log(ensured.advice);
  return false;
}

/** A report that is missing or unreadable is a failure of its own. */
function readReport(runner: Runner): Tally {
  try {
    return tallyOf(runner, readFileSync(REPORT, 'utf8'));
  } catch (problem) {
    console.log(`no report of ${runner}: ${String(problem)}`);
    return ONE_FAILURE;
  }
}

// Last, when all above is defined.
asked('npm test: every check of the project, cheapest first; stops at the first that fails', nothing);
process.exitCode = main();
