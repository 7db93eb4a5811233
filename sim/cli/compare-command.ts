/**
 * `hintlab compare`: one scenario under several systems. Each column is a run of the same document with another preset under
 * it, so that what the document says itself stays; the clients ask for the same in all of them.
 *
 * One trace is kept beside the one that runs: that of the first column, which the others are held against.
 */
import { examine, firstDivergence, formatNote, outcomesOf, SYSTEM_NAMES, type Trace } from '../index.ts';
import { type ColumnPlan, type ComparedColumn, planColumns, type Variant } from './compare-columns.ts';
import { comparisonJson, comparisonLines } from './compare-report.ts';
import { drive } from './drive.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { type Changes, openScenario, type Opened } from './open-scenario.ts';
import { paintFor } from './paint.ts';
import { stoppedLines } from './run-command.ts';
import { tell } from './tell.ts';

/** What to compare, and how to tell. */
export interface CompareOptions {
  /** What to change in every column; the columns say the system. */
  readonly changes: Omit<Changes, 'system'>;
  /** Without them: that of the document if there are variants of it, or else all. */
  readonly systems?: readonly string[];
  readonly variants: readonly Variant[];
  /** One JSON object instead of a table. */
  readonly json: boolean;
}

/** Compares systems on the scenario or story called `name`. */
export async function compareCommand(name: string, options: CompareOptions, io: Io): Promise<ExitCode> {
  const systems = systemsOf(name, options);
  if (systems.kind === 'refused') return tell(io, systems.lines);
  const plan = planColumns(systems.names, options.variants);
  if (plan.kind === 'refused') return tell(io, [plan.why]);
  const columns = await runColumns(name, plan.columns, options, io);
  if (columns === undefined) return EXIT.interrupted;
  const ran = columns.some(({ kind }) => kind === 'ran');
  const [first] = columns;
  if (!ran && first?.kind === 'refused') return tell(io, first.lines);
  const text = options.json
    ? JSON.stringify(comparisonJson(columns), undefined, 2)
    : comparisonLines(columns, paintFor(io.colour)).join('\n');
  io.out(`${text}\n`);
  return EXIT.ok;
}

/** The systems to compare; or why the document does not say its own. */
function systemsOf(
  name: string,
  { changes, systems, variants }: CompareOptions,
): { readonly kind: 'systems'; readonly names: readonly string[] } | (Opened & { kind: 'refused' }) {
  if (systems !== undefined) return { kind: 'systems', names: systems };
  if (variants.length === 0) return { kind: 'systems', names: SYSTEM_NAMES };
  const opened = openScenario(name, changes);
  return opened.kind === 'opened' ? { kind: 'systems', names: [opened.scenario.system] } : opened;
}

/** Runs the columns one after the other; undefined if the person at the terminal stopped one. */
async function runColumns(
  name: string,
  plans: readonly ColumnPlan[],
  { changes }: CompareOptions,
  io: Io,
): Promise<readonly ComparedColumn[] | undefined> {
  const told = new Set<string>();
  const columns: ComparedColumn[] = [];
  let first: Trace | undefined;
  for (const plan of plans) {
    const opened = openFully(name, { ...changes, system: plan.system, sets: [...changes.sets, ...plan.sets] });
    if (opened.kind === 'refused') {
      columns.push({ ...plan, kind: 'refused', lines: opened.lines });
      continue;
    }
    for (const note of opened.notes.map(formatNote).filter((line) => !told.has(line))) {
      told.add(note);
      io.err(`${note}\n`);
    }
    const driven = await drive(opened.scenario, io);
    if (driven.kind === 'interrupted') {
      tell(io, stoppedLines(driven));
      return undefined;
    }
    if (driven.kind === 'limit') {
      columns.push({ ...plan, kind: 'refused', lines: stoppedLines(driven) });
      continue;
    }
    columns.push(columnOf(plan, driven.trace, first));
    first ??= driven.trace;
  }
  return columns;
}

function columnOf(plan: ColumnPlan, trace: Trace, first: Trace | undefined): ComparedColumn {
  return {
    ...plan,
    kind: 'ran',
    scenario: trace.scenario,
    level: trace.level,
    digest: trace.digest,
    outcomes: outcomesOf(trace, examine(trace)),
    divergence: first === undefined ? undefined : firstDivergence(first, trace),
  };
}

/** Recording everything if that is within limits and nobody asked for less: only then are single requests told of. */
function openFully(name: string, changes: Changes): Opened {
  if (changes.sets.some((set) => set.startsWith('record='))) return openScenario(name, changes);
  const full = openScenario(name, { ...changes, sets: [...changes.sets, 'record=full'] });
  return full.kind === 'opened' ? full : openScenario(name, changes);
}
