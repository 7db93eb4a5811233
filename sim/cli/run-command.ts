/**
 * `hintlab run`: a scenario to its end, and what came of it, as text or as one JSON object. The exit code is the verdict on
 * the properties.
 */
import {
  describeLimit,
  encodeTrace,
  type Examination,
  examine,
  formatBytes,
  formatCount,
  formatInstant,
  type Scenario,
  type Trace,
} from '../index.ts';
import { drive, type Driven } from './drive.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { checkWritable, writeOut } from './files.ts';
import type { Io } from './io.ts';
import { type Changes, openScenario, type Opened } from './open-scenario.ts';
import { paintFor } from './paint.ts';
import { propertyLines } from './property-lines.ts';
import { reportOf } from './report.ts';
import { summaryLines } from './summary.ts';
import { tell, tellNotes } from './tell.ts';
import { verdictOf } from './verdict.ts';

export interface RunOptions {
  /** What to change before running. */
  readonly changes: Changes;
  /** One JSON object instead of text. */
  readonly json: boolean;
  /** Where to write the trace, if anywhere. */
  readonly traceFile?: string;
  /** Check the properties; without it a run that comes to its end is a success. */
  readonly check: boolean;
  /** The properties that must be violated, and no other. Undefined: none is expected, and all that are get told. */
  readonly expected?: readonly string[];
  /** Tell of every property, not only of violated ones. */
  readonly allProperties: boolean;
}

/** Runs the scenario or story called `name`. */
export async function runCommand(name: string, options: RunOptions, io: Io): Promise<ExitCode> {
  const { traceFile } = options;
  const unwritable = traceFile === undefined ? undefined : checkWritable(traceFile, name);
  if (unwritable !== undefined) return tell(io, [unwritable]);
  const opened = traceFile === undefined ? openScenario(name, options.changes) : openWithHints(name, options.changes);
  if (opened.kind === 'refused') return tell(io, opened.lines);
  tellNotes(io, opened.notes);
  const ended = await runToEnd(opened.scenario, io);
  if (typeof ended === 'number') return ended;
  const { trace, wallSeconds } = ended;
  const found = options.check ? examine(trace) : null;
  print(trace, wallSeconds, found, options, io);
  const saved = traceFile === undefined ? EXIT.ok : save(trace, traceFile, io);
  if (saved !== EXIT.ok || found === null) return saved;
  const { code, complaint } = verdictOf(found.properties, options.expected);
  return complaint === undefined ? code : tell(io, [complaint], code);
}

/** Runs to the end; or says why it did not come to that, and gives the exit code. */
export async function runToEnd(scenario: Scenario, io: Io): Promise<{ trace: Trace; wallSeconds: number } | ExitCode> {
  const driven = await drive(scenario, io);
  if (driven.kind === 'finished') return driven;
  return tell(io, stoppedLines(driven), driven.kind === 'interrupted' ? EXIT.interrupted : EXIT.badInput);
}

/** Why a run did not come to its end, and what to do about it. */
export function stoppedLines(driven: Exclude<Driven, { kind: 'finished' }>): readonly string[] {
  const where = `at ${formatInstant(driven.nowMicros)} of ${formatInstant(driven.endMicros)}, after ${formatCount(driven.events)} events`;
  if (driven.kind === 'interrupted') return [`interrupted ${where}; there is no result`];
  const outgrown = describeLimit(driven.limit, driven.allowed);
  const isOwn = driven.limit === 'events' || driven.limit === 'traceBytes';
  const recordLess = driven.limit === 'traceBytes' ? 'record less (--set record=counters), ' : '';
  return [
    `stopped ${where}: the run outgrew ${isOwn ? `limits.${driven.limit}, ` : ''}${outgrown}`,
    `${recordLess}shorten it, lower its rates${isOwn ? ', or raise that limit in the scenario' : ''}`,
  ];
}

function print(
  trace: Trace,
  wallSeconds: number,
  found: Examination | null,
  { json, allProperties }: RunOptions,
  io: Io,
): void {
  const report = reportOf(trace, wallSeconds, found);
  const properties = found === null ? [] : propertyLines(found.properties, allProperties);
  const text = json
    ? JSON.stringify(report, undefined, 2)
    : summaryLines(report, trace, properties, paintFor(io.colour)).join('\n');
  io.out(`${text}\n`);
}

function save(trace: Trace, file: string, io: Io): ExitCode {
  const bytes = encodeTrace(trace);
  const problem = writeOut(file, bytes);
  if (problem !== undefined) return tell(io, [problem]);
  const thin =
    trace.level === 'counters'
      ? '; it holds totals, outages and client outcomes, but no single hints (record: counters)'
      : '';
  io.err(`wrote ${file}: ${formatBytes(bytes.byteLength)}, level ${trace.level}${thin}\n`);
  return EXIT.ok;
}

/** A trace to keep should tell hints apart: counts alone are raised to that, if asked for by nobody and within limits. */
function openWithHints(name: string, changes: Changes): Opened {
  const opened = openScenario(name, changes);
  const isThin = opened.kind === 'opened' && opened.scenario.record === 'counters';
  if (!isThin || changes.sets.some((set) => set.startsWith('record='))) return opened;
  const fuller = openScenario(name, { ...changes, sets: [...changes.sets, 'record=hints'] });
  return fuller.kind === 'opened' ? fuller : opened;
}
