/**
 * Edits of faults, as functions from scenario text to scenario text. An edit changes the letters of one entry and
 * leaves every other letter alone: comments, order and layout of the rest are the user's.
 *
 * Whether the new text can be run is for the parser to say; what is refused here is what would break the text itself.
 */
import { writeDuration } from '../../sim/scenario/text/quantities.ts';
import { FAULT_KEYS, MOMENTARY, type FaultEntry } from '../lanes/fault-entry.ts';
import { faultEntries, readEntry } from './fault-entries.ts';
import { faultsIn, lineEnd, lineStart, type EntryText, type FieldText } from './fault-text.ts';
import { faultText, type NewFault } from './new-fault.ts';

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
  const site = faultsIn(text);
  const entry = faultText(fault);
  switch (site.kind) {
    case 'unreadable':
      return UNREADABLE;
    case 'absent': {
      const key = site.style === 'flow' ? `, faults: [${entry}]` : `\nfaults:\n  - ${entry}`;
      return checked(text, splice(text, site.at, site.at, indented(key, site.column)), 0, 1);
    }
    case 'empty': {
      const value = site.style === 'flow' ? ` [${entry}]` : indented(`\n  - ${entry}`, columnOfLine(text, site.from));
      return checked(text, splice(text, site.from, site.until, value), 0, 1);
    }
    case 'list':
      return addTo(text, site.style, site.entries, entry);
  }
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

/** Sets fields of a fault as they would be typed; an empty text takes the field away. */
export function changeFault(text: string, index: number, fields: ReadonlyMap<string, string>): FaultEdit {
  const found = find(text, index);
  if (found.kind === 'refused') return found;
  const sets = [...fields].map(([key, value]): readonly [string, string] => [key, value.trim()]);
  const keys: readonly string[] = FAULT_KEYS;
  if (sets.some(([key, value]) => value === '' && keys.includes(key)))
    return { kind: 'refused', reason: 'broken', why: 'A fault needs to say what it breaks.' };
  return applied(text, index, sets);
}

/** Takes a fault out of the list. */
export function removeFault(text: string, index: number): FaultEdit {
  const found = find(text, index);
  if (found.kind === 'refused') return found;
  const { entry, entries, listFrom } = found;
  if (entries.length === 1) return checked(text, withoutOnly(text, entry, listFrom), index, 0);
  const count = entries.length - 1;
  if (entry.hyphen >= 0) {
    return checked(text, withoutLines(text, entry.hyphen, entry.until), index, count);
  }
  const [before, after] = [entries[index - 1], entries[index + 1]];
  const range = before ? [before.until, entry.until] : [entry.from, after?.from ?? entry.until];
  return checked(text, splice(text, range[0] ?? 0, range[1] ?? 0, ''), index, count);
}

const UNREADABLE = {
  kind: 'refused',
  reason: 'unreadable',
  why: 'The scenario text cannot be read as it stands; mend it first.',
} as const;

type Found =
  | {
      readonly kind: 'found';
      readonly entry: EntryText;
      readonly entries: readonly EntryText[];
      readonly listFrom: number;
    }
  | Extract<FaultEdit, { readonly kind: 'refused' }>;

function find(text: string, index: number): Found {
  const site = faultsIn(text);
  if (site.kind === 'unreadable') return UNREADABLE;
  const entries = site.kind === 'list' ? site.entries : [];
  const entry = entries[index];
  if (site.kind !== 'list' || entry === undefined)
    return { kind: 'refused', reason: 'noSuchFault', why: `There is no fault ${index + 1} in this scenario any more.` };
  return { kind: 'found', entry, entries, listFrom: site.from };
}

/** Sets times of an entry that can be moved; `times` may say why it cannot. */
function edit(
  text: string,
  index: number,
  times: (entry: FaultEntry) => readonly (readonly [string, string])[] | string,
): FaultEdit {
  const found = find(text, index);
  if (found.kind === 'refused') return found;
  const entry = readEntry(found.entry, index);
  const sets = entry.locked ?? times(entry);
  if (typeof sets === 'string') return { kind: 'refused', reason: 'locked', why: sets };
  return applied(text, index, sets);
}

/** Sets fields one after the other; each is found anew, as the one before has moved it. */
function applied(text: string, index: number, sets: readonly (readonly [string, string])[]): FaultEdit {
  let edited = text;
  for (const [key, value] of sets) {
    const found = find(edited, index);
    if (found.kind === 'refused') return BROKEN;
    const next = withField(edited, found.entry, key, value);
    const after = faultEntries(next);
    if (after === undefined || after.length !== found.entries.length) return BROKEN;
    if (after[index]?.fields.get(key) !== (value === '' ? undefined : value)) return BROKEN;
    edited = next;
  }
  return { kind: 'edited', text: edited, index };
}

const BROKEN = {
  kind: 'refused',
  reason: 'broken',
  why: 'That cannot be written into this entry; change it in the scenario text.',
} as const;

/** The edit, unless the text has other than `count` faults after it. */
function checked(before: string, text: string, index: number, count: number): FaultEdit {
  if (text === before || faultEntries(text)?.length !== count) return BROKEN;
  return { kind: 'edited', text, index };
}

function addTo(text: string, style: 'flow' | 'block', entries: readonly EntryText[], fault: string): FaultEdit {
  const last = entries.at(-1);
  if (last === undefined) return BROKEN;
  const index = entries.length;
  if (style === 'flow') return checked(text, splice(text, last.until, last.until, `, ${fault}`), index, index + 1);
  const at = lineEnd(text, last.until);
  const column = last.hyphen - lineStart(text, last.hyphen);
  return checked(text, splice(text, at, at, indented(`\n- ${fault}`, column)), index, index + 1);
}

/** The list without its only entry: `[]` behind the key, and the entry's lines gone. */
function withoutOnly(text: string, entry: EntryText, listFrom: number): string {
  if (entry.hyphen < 0) return splice(text, entry.from, entry.until, '');
  return splice(withoutLines(text, entry.hyphen, entry.until), listFrom, listFrom, ' []');
}

function withField(text: string, entry: EntryText, key: string, value: string): string {
  const position = entry.fields.findIndex((field) => field.key === key);
  const field = entry.fields[position];
  if (value === '') return field === undefined ? text : withoutField(text, entry, position, field);
  if (field !== undefined) {
    const gap = field.from === field.until ? ' ' : ''; // a key without a value ends at its colon
    return splice(text, field.from, field.until, gap + value);
  }
  // Times stand together, right behind what is broken.
  const behind = entry.fields.find((each) => each.key === 'at' && key !== 'at') ?? entry.fields[0];
  if (behind === undefined) return text;
  if (entry.style === 'flow') return splice(text, behind.until, behind.until, `, ${key}: ${value}`);
  const at = lineEnd(text, behind.until);
  const column = behind.keyAt - lineStart(text, behind.keyAt);
  return splice(text, at, at, indented(`\n${key}: ${value}`, column));
}

function withoutField(text: string, entry: EntryText, position: number, field: FieldText): string {
  const [before, after] = [entry.fields[position - 1], entry.fields[position + 1]];
  if (before === undefined) return after === undefined ? text : splice(text, field.keyAt, after.keyAt, '');
  if (entry.style === 'flow') return splice(text, before.until, field.until, '');
  return withoutLines(text, field.keyAt, field.until);
}

/** `lines` with `column` blanks before every line but the first. */
function indented(lines: string, column: number): string {
  return lines.replaceAll('\n', `\n${' '.repeat(column)}`);
}

function columnOfLine(text: string, at: number): number {
  return /^ */.exec(text.slice(lineStart(text, at)))?.[0].length ?? 0;
}

/** Without the lines from that of `from` to that of `until`. */
function withoutLines(text: string, from: number, until: number): string {
  const newline = text.indexOf('\n', until);
  return splice(text, lineStart(text, from), newline < 0 ? text.length : newline + 1, '');
}

function splice(text: string, from: number, until: number, inserted: string): string {
  return text.slice(0, from) + inserted + text.slice(until);
}
