/**
 * The address of a view: everything on screen as the fragment of the URL, so that a link shows exactly this.
 *
 *   #v=1&story=expiry&system=scylla&ttl=1h&at=41000000&entry=812&see=0-90000000&pick=queue.0.2
 *
 * Parsing is pure and forgiving: whatever is broken is named and left out, and the rest still opens. Scenario text
 * travels deflated in `text=`; packing and unpacking it is a step of its own ({@link ./packed-text.ts}).
 */
import type { Span } from '../draw/time-scale.ts';
import { parseCompared, writeCompared, type ComparedAddress } from './compared-address.ts';
import { filterText, parseFilter, type EventFilter } from '../events/event-filter.ts';
import { migrated, NEWEST_VERSION } from './address-versions.ts';
import { NO_OVERRIDES, OVERRIDES, type Overrides } from './overrides.ts';
import { parseRunMark, writeRunMark, type RunMark } from './run-mark.ts';
import type { LinkedMode } from './scenario-view.svelte.ts';
import { parseSizing, writeSizing, type SizingQuestion } from './sizing-address.ts';
import { parseTimeline, writeTimeline, type TimelineAddress } from './timeline-address.ts';
import { NOTHING, parseSelection, selectionText, type Selection } from './selection.ts';

/** What the page opens with. */
export const OPENING_STORY = 'single-outage';

export type AddressSource =
  | { readonly kind: 'story'; readonly name: string }
  | { readonly kind: 'text'; readonly packed: string }
  /** What was changed of a story; see {@link ./story-edit.ts}. */
  | { readonly kind: 'edit'; readonly name: string; readonly packed: string };

export interface Address {
  readonly source: AddressSource;
  readonly overrides: Overrides;
  /** Undefined: wherever the story is best looked at. */
  readonly moment: number | undefined;
  /** The log row within that moment, if it is not the last one. */
  readonly entry: number | undefined;
  /** Undefined: the whole run. */
  readonly span: Span | undefined;
  readonly selection: Selection;
  /** Undefined: nothing is compared. */
  readonly compared?: ComparedAddress | undefined;
  /** Undefined: no sweep is shown. */
  readonly sizing?: SizingQuestion | undefined;
  /** Undefined: the axis is even, nothing is folded, no moment is marked. */
  readonly timeline?: TimelineAddress | undefined;
  /** Undefined: the cluster map is unfolded. */
  readonly map?: 'closed' | undefined;
  /** Undefined: the event log is not shown. */
  readonly log?: EventFilter | undefined;
  /** How the scenario is shown; undefined: it is not, or as text. */
  readonly editor?: LinkedMode | undefined;
  /** Undefined: the link does not say which run it was made from. */
  readonly run?: RunMark | undefined;
}

/** The address of the page as it opens without a fragment. */
export const OPENING: Address = {
  source: { kind: 'story', name: OPENING_STORY },
  overrides: NO_OVERRIDES,
  moment: undefined,
  entry: undefined,
  span: undefined,
  selection: NOTHING,
};

export interface ParsedAddress {
  readonly address: Address;
  /** What could not be read, one sentence each. */
  readonly problems: readonly string[];
}

export function addressText(address: Address): string {
  const { source } = address;
  const fields = new URLSearchParams({ v: source.kind === 'edit' ? '2' : '1' });
  if (source.kind !== 'text') fields.set('story', source.name);
  if (source.kind !== 'story') fields.set(source.kind, source.packed);
  for (const { name } of OVERRIDES) if (address.overrides[name] !== '') fields.set(name, address.overrides[name]);
  if ((address.overrides.more ?? '') !== '') fields.set('set', address.overrides.more ?? '');
  if (address.moment !== undefined) fields.set('at', String(address.moment));
  if (address.entry !== undefined) fields.set('entry', String(address.entry));
  if (address.span) fields.set('see', `${Math.round(address.span.from)}-${Math.round(address.span.until)}`);
  if (address.selection.kind !== 'none') fields.set('pick', selectionText(address.selection));
  if (address.compared) for (const [name, value] of writeCompared(address.compared)) fields.append(name, value);
  if (address.sizing) for (const [name, value] of writeSizing(address.sizing)) fields.set(name, value);
  if (address.timeline) for (const [name, value] of writeTimeline(address.timeline)) fields.append(name, value);
  if (address.map) fields.set('map', address.map);
  if (address.log) fields.set('log', filterText(address.log) || 'all');
  if (address.editor) fields.set('editor', address.editor);
  if (address.run) fields.set('run', writeRunMark(address.run));
  return `#${fields.toString().replaceAll('%2F', '/')}`;
}

export function parseAddress(fragment: string): ParsedAddress {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  if (fields.size === 0) return { address: OPENING, problems: [] };
  const current = migrated(fields);
  if (current) return parseFields(current);
  const version = fields.get('v');
  const found = version === null ? 'names no version' : `is of version ${version}`;
  return {
    address: OPENING,
    problems: [
      `This link ${found}; this page reads versions up to ${NEWEST_VERSION}. It shows the opening story instead.`,
    ],
  };
}

function parseFields(fields: URLSearchParams): ParsedAddress {
  const problems: string[] = [];
  const read = <Value>(
    name: string,
    expected: string,
    parse: (text: string) => Value | undefined,
  ): Value | undefined => {
    const text = fields.get(name);
    if (text === null) return undefined;
    const value = parse(text);
    if (value === undefined)
      problems.push(`In the link, ${name} should be ${expected}; found '${text.slice(0, 40)}', left out.`);
    return value;
  };
  const packed = read('text', 'packed scenario text', packedText);
  const edit = read('edit', 'a packed edit of its story', packedText);
  const story = read('story', 'the name of a story', (text) => (/^[\w./-]+$/.test(text) ? text : undefined));
  const typed = Object.fromEntries(OVERRIDES.map(({ name }) => [name, fields.get(name) ?? '']));
  const more = fields.get('set');
  const overrides: Overrides = { ...NO_OVERRIDES, ...typed, ...(more === null ? {} : { more }) };
  const compared = parseCompared(fields, overrides);
  const timeline = parseTimeline(fields);
  const sizing = parseSizing(fields);
  problems.push(...compared.problems, ...timeline.problems, ...sizing.problems);
  const address: Address = {
    source: sourceOf(story ?? OPENING_STORY, packed, edit),
    overrides,
    moment: read('at', 'microseconds', micros),
    entry: read('entry', 'a row of the log', micros),
    span: read('see', 'two instants in microseconds, as from-until', spanOf),
    selection: read('pick', 'a queue, hint, write, read, node or link such as queue.0.2', parseSelection) ?? NOTHING,
    map: read('map', 'closed', (text) => (text === 'closed' ? text : undefined)),
    log: read('log', 'a filter of the event log such as node.1,kind.hints', (text) =>
      parseFilter(text === 'all' ? '' : text),
    ),
    editor: read('editor', 'form or both', (text) => (text === 'form' || text === 'both' ? text : undefined)),
    run: read('run', 'the mark of a run', parseRunMark),
    ...(timeline.address ? { timeline: timeline.address } : {}),
    ...(sizing.question ? { sizing: sizing.question } : {}),
    ...(compared.address ? { compared: compared.address } : {}),
  };
  return { address, problems };
}

function sourceOf(name: string, packed: string | undefined, edit: string | undefined): AddressSource {
  if (packed !== undefined) return { kind: 'text', packed };
  return edit === undefined ? { kind: 'story', name } : { kind: 'edit', name, packed: edit };
}

function packedText(text: string): string | undefined {
  return /^[\w-]+$/.test(text) ? text : undefined;
}

function micros(text: string): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function spanOf(text: string): Span | undefined {
  const [from, until, ...rest] = text.split('-').map(micros);
  if (from === undefined || until === undefined || rest.length > 0 || from >= until) return undefined;
  return { from, until };
}
