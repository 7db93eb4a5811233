/**
 * `hintlab explain`: the life of one hint, write or read in a run, step by step, with the rule that decided each.
 */
import {
  formatCount,
  formatInstant,
  type Life,
  lifeOfHint,
  lifeOfRead,
  lifeOfWrite,
  type Trace,
  type TraceLevel,
} from '../index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { type Changes, openScenario, type Opened } from './open-scenario.ts';
import { paintFor } from './paint.ts';
import { runToEnd } from './run-command.ts';
import { tell, tellNotes } from './tell.ts';

/** Which row of the trace to tell about, by its id: the order of storing or issuing, from 0. */
export interface Subject {
  readonly kind: 'hint' | 'write' | 'read';
  readonly id: number;
}

/** Runs the scenario or story called `name` with enough recorded to tell about `subject`. */
export async function explainCommand(name: string, subject: Subject, changes: Changes, io: Io): Promise<ExitCode> {
  const opened = openRecording(name, subject.kind, changes);
  if (opened.kind === 'refused') return tell(io, opened.lines);
  tellNotes(io, opened.notes);
  const ended = await runToEnd(opened.scenario, io);
  if (typeof ended === 'number') return ended;
  const { trace } = ended;
  const count = countOf(trace, subject.kind);
  if (subject.id >= count) return tell(io, [`expected a ${subject.kind} from ${range(count)}, found ${subject.id}`]);
  io.out(asText(LIVES[subject.kind](trace, subject.id), io));
  return EXIT.ok;
}

/** How each is told. */
const LIVES: Readonly<Record<Subject['kind'], (trace: Trace, id: number) => Life>> = {
  hint: lifeOfHint,
  write: lifeOfWrite,
  read: lifeOfRead,
};

/** Recording everything if that is within limits; a hint can be told about from less. */
function openRecording(name: string, kind: Subject['kind'], changes: Changes): Opened {
  const at = (record: TraceLevel): Opened =>
    openScenario(name, { ...changes, sets: [...changes.sets, `record=${record}`] });
  const full = at('full');
  if (full.kind === 'opened' || kind !== 'hint') return full;
  const thinner = at('hints');
  return thinner.kind === 'opened' ? thinner : full;
}

function countOf({ hints, writes, reads }: Trace, kind: Subject['kind']): number {
  const columns = { hint: hints.storedAt, write: writes.issuedAt, read: reads.issuedAt };
  return columns[kind].length;
}

function range(count: number): string {
  return count === 0 ? 'a run that has any (this one has none)' : `0 to ${formatCount(count - 1)}`;
}

function asText({ title, steps }: Life, io: Io): string {
  const times = steps.map(({ at }) => formatInstant(at));
  const width = Math.max(0, ...times.map((time) => time.length));
  const lines = steps.map(({ text }, index) => `  ${(times[index] ?? '').padStart(width)}  ${text}`);
  return `${[paintFor(io.colour).strong(title), ...lines].join('\n')}\n`;
}
