/**
 * Edits of faults, as functions from scenario text to scenario text. An edit changes the letters of one entry and
 * leaves every other letter alone: comments, order and layout of the rest are the user's.
 *
 * Whether the new text can be run is for the parser to say; what is refused here is what would break the text itself.
 */
import { writeDuration } from '../../sim/scenario/text/quantities.ts';
import { MOMENTARY, type FaultEntry } from '../lanes/fault-entry.ts';
import { faultEntries } from './fault-entries.ts';
import { faultText, type NewFault } from './new-fault.ts';
import { addItem, removeAt, setAt, type TextChange } from './text-edits.ts';

/** The new text, or why there is none, in one sentence. */
export type FaultEdit =
  | { readonly kind: 'edited'; readonly text: string; /** The entry that was edited. */ readonly index: number }
  | {
      readonly kind: 'refused';
      readonly reason: 'unreadable' | 'noSuchFault' | 'locked' | 'broken';
      readonly why: string;
    };

/** Adds a fault behind all others. O(length of the text), as every edit. */
export function addFault(text: string, fault: NewFault): FaultEdit {
  const entries = faultEntries(text);
  if (entries === undefined) return UNREADABLE;
  return madeBy(addItem(text, ['faults'], faultText(fault)), entries.length, entries.length + 1);
}

/** Moves a fault as a whole, so that it begins at `at` (microseconds, not below 0); its length stays. */
export function moveFault(text: string, index: number, at: number): FaultEdit {
  return edit(text, index, (entry) => {
    const to = Math.max(0, Math.round(at));
    const times: [string, string][] = [['at', writeDuration(to)]];
    if (entry.fields.has('until')) times.push(['until', writeDuration(entry.end + to - entry.at)]);
    return times;
  });
}

/** Moves one edge of a fault to `to`, microseconds; the other stays, and a microsecond is left between them. */
export function resizeFault(text: string, index: number, edge: 'from' | 'until', to: number): FaultEdit {
  return edit(text, index, (entry) => {
    const { at, end, fields, kind } = entry;
    if (kind !== undefined && MOMENTARY.has(kind)) return 'It lasts no time, so it has no edge to move.';
    const lasts: [string, string][] = [];
    const from = edge === 'from' ? Math.max(0, Math.min(Math.round(to), end - 1)) : at;
    const until = edge === 'until' ? Math.max(at + 1, Math.round(to)) : end;
    if (edge === 'from') lasts.push(['at', writeDuration(from)]);
    if (!Number.isFinite(until)) return lasts;
    if (!fields.has('until')) lasts.push(['for', writeDuration(until - from)]);
    else if (edge === 'until') lasts.push(['until', writeDuration(until)]);
    return lasts;
  });
}

/** Takes a fault out of the list. */
export function removeFault(text: string, index: number): FaultEdit {
  const found = find(text, index);
  if (found.kind === 'refused') return found;
  return madeBy(removeAt(text, ['faults', index]), index, found.count - 1);
}

const UNREADABLE = {
  kind: 'refused',
  reason: 'unreadable',
  why: 'The scenario text cannot be read as it stands; mend it first.',
} as const;

const BROKEN = {
  kind: 'refused',
  reason: 'broken',
  why: 'That cannot be written into this entry; change it in the scenario text.',
} as const;

type Found =
  | { readonly kind: 'found'; readonly entry: FaultEntry; readonly count: number }
  | Extract<FaultEdit, { readonly kind: 'refused' }>;

function find(text: string, index: number): Found {
  const entries = faultEntries(text);
  if (entries === undefined) return UNREADABLE;
  const entry = entries[index];
  if (entry === undefined)
    return { kind: 'refused', reason: 'noSuchFault', why: `There is no fault ${index + 1} in this scenario any more.` };
  return { kind: 'found', entry, count: entries.length };
}

/** Sets times of an entry that can be moved; `times` may say why it cannot. */
function edit(
  text: string,
  index: number,
  times: (entry: FaultEntry) => readonly (readonly [string, string])[] | string,
): FaultEdit {
  const found = find(text, index);
  if (found.kind === 'refused') return found;
  const sets = found.entry.locked ?? times(found.entry);
  if (typeof sets === 'string') return { kind: 'refused', reason: 'locked', why: sets };
  return applied(text, index, sets);
}

/** Sets times one after the other, each as it is written and as nothing else. */
function applied(text: string, index: number, sets: readonly (readonly [string, string])[]): FaultEdit {
  let edited = text;
  for (const [key, value] of sets) {
    const found = find(edited, index);
    if (found.kind === 'refused') return BROKEN;
    const made = madeBy(withField(edited, found.entry, key, value), index, found.count);
    if (made.kind === 'refused') return made;
    edited = made.text;
    const after = faultEntries(edited)?.[index]?.fields.get(key);
    if (after !== value) return BROKEN;
  }
  return { kind: 'edited', text: edited, index };
}

function withField(text: string, { fields, index }: FaultEntry, key: string, value: string): TextChange {
  const [first = key] = fields.keys();
  // Times stand together, right behind what is broken.
  return setAt(text, ['faults', index, key], value, () => [first, 'at', key]);
}

/** The edit, unless the text has other than `count` faults after it. */
function madeBy(change: TextChange, index: number, count: number): FaultEdit {
  if (change.kind === 'refused' || faultEntries(change.text)?.length !== count) return BROKEN;
  return { kind: 'edited', text: change.text, index };
}
