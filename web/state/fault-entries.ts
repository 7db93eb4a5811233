/**
 * The entries of `faults:` as things on the time axis: what each breaks, from when to when, and whether it can be moved
 * by hand. Read from the draft's text, so they are there while a scenario is still being computed, or is refused.
 */
import { readDuration } from '../../sim/scenario/text/quantities.ts';
import { FAULT_KEYS, MOMENTARY, type FaultEntry, type FaultKey } from '../lanes/fault-entry.ts';
import { faultsIn, type FieldText } from './fault-text.ts';

/** What a restart takes when nothing is said, as the parser of scenarios has it. In microseconds. */
const RESTART_MICROS = 2_000_000;

/** The entries of a text, or undefined if it is no text that faults can be found in. */
export function faultEntries(text: string): readonly FaultEntry[] | undefined {
  return faultsIn(text)?.map(readEntry);
}

/** What an entry says of its times and nodes. */
function readEntry(written: readonly FieldText[], index: number): FaultEntry {
  const field = (key: string) => written.find((each) => each.key === key);
  const kinds = FAULT_KEYS.filter((key) => field(key) !== undefined);
  const kind = kinds.length === 1 ? kinds[0] : undefined;
  const at = micros(field('at')) ?? (kind === 'flap' || kind === 'lanl' ? 0 : undefined);
  const times = { at, end: endOf(kind, at ?? 0, field('for'), field('until')), every: optional(field('every'), 0) };
  return {
    index,
    kind,
    nodes: nodesOf(kind, field),
    at: at ?? 0,
    end: times.end ?? Infinity,
    every: times.every ?? 0,
    times: field('times') === undefined ? Infinity : Number(field('times')?.plain ?? 1),
    locked: lockedBecause(kind, times),
    fields: new Map(written.map(({ key, source }) => [key, source])),
  };
}

type FieldOf = (key: string) => FieldText | undefined;

function nodesOf(kind: FaultKey | undefined, field: FieldOf): readonly string[] {
  if (kind === undefined || kind === 'lanl') return [];
  const named = kind === 'loss' ? [field('from'), field('to')] : [field(kind)];
  const names = named.flatMap((each) => (each?.plain === undefined ? (each?.names.flat() ?? []) : [each.plain]));
  return [...new Set(names)];
}

function endOf(
  kind: FaultKey | undefined,
  at: number,
  length: FieldText | undefined,
  until: FieldText | undefined,
): number | undefined {
  if (kind !== undefined && MOMENTARY.has(kind)) return at;
  if (until !== undefined) return micros(until);
  if (length === undefined) return kind === 'restart' ? at + RESTART_MICROS : Infinity;
  const lasts = micros(length);
  return lasts === undefined ? undefined : at + lasts;
}

function lockedBecause(
  kind: FaultKey | undefined,
  { at, end, every }: Record<'at' | 'end' | 'every', number | undefined>,
): string | undefined {
  if (kind === 'lanl') return 'These outages come from a file of what really happened; they are moved in that file.';
  if (kind === undefined) return 'It is not written as a fault of its own; change it in the scenario text.';
  const isRead = at !== undefined && end !== undefined && every !== undefined;
  return isRead ? undefined : 'One of its times cannot be read; change it in the scenario text.';
}

function micros(field: FieldText | undefined): number | undefined {
  if (field?.plain === undefined) return undefined;
  const reading = readDuration(field.plain);
  return reading.kind === 'read' ? reading.value : undefined;
}

/** The value of a field, `otherwise` where there is none, undefined where it cannot be read. */
function optional(field: FieldText | undefined, otherwise: number): number | undefined {
  return field === undefined ? otherwise : micros(field);
}
