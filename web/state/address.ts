/**
 * The address of a view: everything on screen as the fragment of the URL, so that a link shows exactly this.
 *
 *   #v=1&story=expiry&system=scylla&ttl=1h&at=41000000&entry=812&see=0-90000000&pick=queue.0.2
 *
 * Parsing is pure and forgiving: whatever is broken is named and left out, and the rest still opens. Scenario text
 * travels deflated in `text=`; packing and unpacking it is a step of its own ({@link ./packed-text.ts}).
 */
import type { Span } from '../draw/time-scale.ts';
import { NO_OVERRIDES, OVERRIDES, type Overrides } from './overrides.ts';
import { NOTHING, parseSelection, selectionText, type Selection } from './selection.ts';

const VERSION = '1';
/** What the page opens with. */
export const OPENING_STORY = 'single-outage';

export type AddressSource =
  { readonly kind: 'story'; readonly name: string } | { readonly kind: 'text'; readonly packed: string };

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
  const fields = new URLSearchParams({ v: VERSION });
  if (address.source.kind === 'story') fields.set('story', address.source.name);
  else fields.set('text', address.source.packed);
  for (const { name } of OVERRIDES) if (address.overrides[name] !== '') fields.set(name, address.overrides[name]);
  if (address.moment !== undefined) fields.set('at', String(address.moment));
  if (address.entry !== undefined) fields.set('entry', String(address.entry));
  if (address.span) fields.set('see', `${Math.round(address.span.from)}-${Math.round(address.span.until)}`);
  if (address.selection.kind !== 'none') fields.set('pick', selectionText(address.selection));
  return `#${fields.toString().replaceAll('%2F', '/')}`;
}

export function parseAddress(fragment: string): ParsedAddress {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  if (fields.size === 0) return { address: OPENING, problems: [] };
  const version = fields.get('v');
  if (version !== VERSION) {
    const found = version === null ? 'names no version' : `is of version ${version}`;
    return {
      address: OPENING,
      problems: [`This link ${found}; this page reads version ${VERSION}. It shows the opening story instead.`],
    };
  }
  return parseFields(fields);
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
  const packed = read('text', 'packed scenario text', (text) => (/^[\w-]+$/.test(text) ? text : undefined));
  const story = read('story', 'the name of a story', (text) => (/^[\w./-]+$/.test(text) ? text : undefined));
  const overrides = Object.fromEntries(OVERRIDES.map(({ name }) => [name, fields.get(name) ?? '']));
  const address: Address = {
    source: packed === undefined ? { kind: 'story', name: story ?? OPENING_STORY } : { kind: 'text', packed },
    overrides: { ...NO_OVERRIDES, ...overrides },
    moment: read('at', 'microseconds', micros),
    entry: read('entry', 'a row of the log', micros),
    span: read('see', 'two instants in microseconds, as from-until', spanOf),
    selection: read('pick', 'a queue, hint or write such as queue.0.2', parseSelection) ?? NOTHING,
  };
  return { address, problems };
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
