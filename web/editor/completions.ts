/**
 * What may be typed where the caret stands: the keys that the schema knows and the map lacks, the words that a value may
 * be, examples of quantities, distributions, and the names of the nodes.
 */
import { caretSite, type CaretSite } from './caret-site.ts';
import { guidesAt, headOf, keysOf, listOf, type KeyGuide, type Placed } from './guide.ts';
import { lex, MOST_EDITED_CHARS } from './lex.ts';

/** A line of the list. */
export interface Completion {
  readonly label: string;
  /** What it means, or what it is; may be empty. */
  readonly note: string;
  /** What replaces the letters typed so far. */
  readonly insert: string;
  /** Letters at its end that the caret stays in front of. */
  readonly back: number;
}

/** The lines for a caret, and the letters that they replace. */
export interface Completions {
  readonly from: number;
  readonly until: number;
  readonly typed: string;
  readonly items: readonly Completion[];
}

/** What completion knows beside the text. */
export interface Knowledge {
  /** The JSON Schema of scenario files. */
  readonly schema: unknown;
  /** Names of nodes, in their order. */
  readonly nodes: readonly string[];
}

/** Lines at most. */
export const MOST_COMPLETIONS = 50;
/** Where names of nodes are given, not used. */
const NAMING: ReadonlySet<string> = new Set(['nodes', 'datacentres', 'proxies']);

/** The completions at a caret; undefined where there are none. O(length of the text). */
export function completionsAt(text: string, caret: number, knowledge: Knowledge): Completions | undefined {
  if (text.length > MOST_EDITED_CHARS) return undefined;
  const site = caretSite(text, lex(text), caret);
  if (site === undefined) return undefined;
  const guides = guidesAt(knowledge.schema, site.path);
  const all = [
    ...(site.role === 'value' ? [] : keyCompletions(site, site.role === 'item' ? itemKeys(guides) : guides, knowledge)),
    ...(site.role === 'key' ? [] : valueCompletions(site, guides, knowledge)),
  ];
  const items = fitting(all, site.typed).slice(0, MOST_COMPLETIONS);
  const { from, until, typed } = site;
  const isDone = items.length === 1 && items[0]?.label === typed;
  return items.length === 0 || isDone ? undefined : { from, until, typed, items };
}

/** At the beginning of an item only what tells its kind is of use. */
function itemKeys(guides: readonly Placed[]): readonly Placed[] {
  return guides.map(({ guide, meaning }) => {
    const head = headOf(guide);
    const { properties } = guide;
    if (head === undefined || typeof properties !== 'object' || properties === null) return { guide, meaning };
    const only = Object.entries(properties).filter(([key]) => key === head);
    return { guide: { ...guide, properties: Object.fromEntries(only) }, meaning };
  });
}

function keyCompletions(site: CaretSite, guides: readonly Placed[], { nodes }: Knowledge): readonly Completion[] {
  const keys = keysOf(guides, site.siblings.keys()).filter(({ key }) => !site.siblings.has(key));
  const ordered = [...keys.filter(({ required }) => required), ...keys.filter(({ required }) => !required)];
  const offered = ordered.map((guide) => ({
    label: guide.key,
    note: guide.meaning,
    insert: guide.key + (site.hasColon ? '' : afterKey(guide, site)),
    back: 0,
  }));
  if (site.path.at(-1) !== 'clocks') return offered;
  const free = nodes.filter((name) => !site.siblings.has(name));
  return free.map((name) => ({ label: name, note: 'node', insert: site.hasColon ? name : `${name}: `, back: 0 }));
}

/** A map that is told by no key of its own gets a line of its own; everything else goes on behind the colon. */
function afterKey({ options }: KeyGuide, { flow, indent }: CaretSite): string {
  const isMap = options.every(({ type }) => type === 'object') && options.every((guide) => headOf(guide) === undefined);
  return isMap && !flow ? `:\n${' '.repeat(indent + 2)}` : ': ';
}

function valueCompletions(site: CaretSite, guides: readonly Placed[], { nodes }: Knowledge): readonly Completion[] {
  const offered = new Map<string, Completion>();
  const offer = (label: string, note: string, insert = label, back = 0): void => {
    if (!offered.has(label)) offered.set(label, { label, note, insert, back });
  };
  for (const { guide, meaning } of guides) {
    for (const word of [...listOf(guide['enum']), guide['const']])
      if (typeof word === 'string' || typeof word === 'number') offer(String(word), '');
    if (guide['type'] === 'boolean') for (const flag of ['true', 'false']) offer(flag, '');
    for (const example of listOf(guide['examples'])) offer(String(example), 'for example');
    const isName = guide['type'] === 'string' && guide['pattern'] !== undefined;
    if (isName && isOfNodes(site.path[0] ?? '', meaning)) for (const name of nodes) offer(name, 'node');
    const head = headOf(guide);
    if (guide['type'] === 'object' && head !== undefined && site.role === 'value')
      offer(`{ ${head}: … }`, meaningOf(guide, head), `{ ${head}:  }`, 2);
  }
  return [...offered.values()];
}

/**
 * Whether a name that may stand somewhere is that of a node: the schema says so in the meaning of its key.
 * @param topic the key of the root that it stands below
 */
export function isOfNodes(topic: string, meaning: string): boolean {
  return !NAMING.has(topic) && /\bnodes?\b|\bcoordinator\b/.test(meaning);
}

function meaningOf(guide: Placed['guide'], head: string): string {
  return keysOf([{ guide, meaning: '' }], []).find(({ key }) => key === head)?.meaning ?? '';
}

/** What begins with the letters typed, then what contains them; everything where none are typed. */
function fitting(items: readonly Completion[], typed: string): readonly Completion[] {
  const wanted = typed.toLowerCase();
  const at = ({ label }: Completion) => label.toLowerCase().indexOf(wanted);
  return [...items.filter((item) => at(item) === 0), ...items.filter((item) => at(item) > 0)];
}
