/**
 * What the caret stands on: the path of keys that leads there, whether a key or a value is being typed, and which keys
 * its map has already. Told from the tokens alone, so that a text that is half typed and no YAML yet will do.
 */
import type { Token } from './lex.ts';

/** A step of a path: a key, or {@link ITEM} into a list. */
export type Step = string;
/** Into an item of a list, whichever it is. */
export const ITEM = '*';

/** The place of the caret in the document. */
export interface CaretSite {
  /** From the root to the map, list or value that is being typed in. */
  readonly path: readonly Step[];
  /** `item`: the beginning of an item of a list, which may be a value or the first key of a map. */
  readonly role: 'key' | 'value' | 'item';
  /** Keys of the map around the caret and their plain values, without the key being typed. */
  readonly siblings: ReadonlyMap<string, string>;
  /** What is typed so far, and the letters that a completion replaces. */
  readonly typed: string;
  readonly from: number;
  readonly until: number;
  /** Within braces or brackets. */
  readonly flow: boolean;
  /** A colon follows already. */
  readonly hasColon: boolean;
  /** Columns before a key of this map. */
  readonly indent: number;
}

/** A map or list that is open at a token. */
interface Frame {
  readonly list: boolean;
  readonly flow: boolean;
  /** Columns before its keys or hyphens; of no meaning in flow. */
  readonly indent: number;
  readonly keys: Map<string, string>;
  /** The key whose value comes next. */
  key: string | undefined;
}

/** The site of the caret, or undefined where nothing is to be completed: in comments, prose and quotes. O(tokens). */
export function caretSite(text: string, tokens: readonly Token[], caret: number): CaretSite | undefined {
  const at = tokens.findIndex(({ until }) => until >= caret);
  const under = tokens[at];
  const touching = under !== undefined && under.from < caret ? under : undefined;
  if (touching && ['comment', 'prose', 'quoted'].includes(touching.kind)) return undefined;
  const word = touching && touching.kind !== 'mark' ? touching : undefined;
  const first = word ? at : tokens.findIndex(({ from }) => from >= caret);
  const before = first === -1 ? tokens.length : first;
  const outline = new Outline(text);
  for (const token of tokens.slice(0, before)) outline.take(token);
  const from = word?.from ?? caret;
  const site = outline.site(from, tokens[before - 1]);
  if (site === undefined) return undefined;
  const { frame, ...rest } = site;
  // Keys below the caret belong to the map as well.
  for (const token of tokens.slice(before)) outline.take(token);
  const hasColon = word?.kind === 'key';
  const own = hasColon ? word.source : undefined;
  const siblings = new Map([...(frame?.keys ?? [])].filter(([key]) => key !== own));
  const until = word?.until ?? caret;
  return { ...rest, siblings, typed: text.slice(from, caret), from, until, hasColon };
}

/** Follows the tokens of a text and keeps the maps and lists that are open. */
class Outline {
  readonly #text: string;
  readonly #frames: Frame[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  take(token: Token): void {
    const { kind, source } = token;
    const top = this.#frames.at(-1);
    if (kind === 'comment' || kind === 'prose') return;
    if (kind === 'mark') this.#mark(source, token.from);
    else if (kind === 'key') {
      const frame = top?.flow === true ? top : this.#blockMap(this.#columnOf(token.from));
      frame.key = source;
      frame.keys.set(source, '');
    } else if (top?.key !== undefined) top.keys.set(top.key, source);
  }

  /** What may be typed at an offset, after the token `last`. */
  site(from: number, last: Token | undefined) {
    const top = this.#frames.at(-1);
    if (top?.flow === true) {
      const role: CaretSite['role'] = !top.list && top.key === undefined ? 'key' : 'value';
      const isOver = role === 'value' && last?.kind !== 'mark'; // two values, one after the other
      const frame = role === 'key' ? top : undefined;
      return isOver ? undefined : { path: this.#path(role === 'value'), role, frame, flow: true, indent: top.indent };
    }
    const indent = this.#columnOf(from);
    const opens = last === undefined || this.#lineOf(last.from) !== this.#lineOf(from);
    if (opens) {
      const frame = this.#blockMap(indent);
      return { path: this.#path(false), role: 'key' as const, frame, flow: false, indent };
    }
    if (last.kind !== 'mark') return undefined;
    if (last.source === ':')
      return {
        path: this.#path(true),
        role: 'value' as const,
        frame: undefined,
        flow: false,
        indent: top?.indent ?? 0,
      };
    if (last.source !== '-') return undefined;
    return { path: this.#path(true), role: 'item' as const, frame: undefined, flow: false, indent };
  }

  #mark(source: string, from: number): void {
    const top = this.#frames.at(-1);
    const column = this.#columnOf(from);
    if (source === '{' || source === '[') {
      const indent = top?.indent ?? 0;
      this.#frames.push({ list: source === '[', flow: true, indent, keys: new Map(), key: undefined });
    } else if (source === '}' || source === ']') {
      if (top?.flow === true) this.#frames.pop();
    } else if (source === ',') {
      if (top?.flow === true) top.key = undefined;
    } else if (source === '-') {
      this.#close(({ indent }) => indent > column);
      const open = this.#frames.at(-1);
      if (open?.list !== true || open.indent !== column)
        this.#frames.push({ list: true, flow: false, indent: column, keys: new Map(), key: undefined });
    }
  }

  /** The map whose keys stand at a column: the one that is open there, or a new one. */
  #blockMap(column: number): Frame {
    this.#close(({ indent, list }) => indent > column || (list && indent === column));
    const top = this.#frames.at(-1);
    if (top && !top.list && top.indent === column) {
      top.key = undefined;
      return top;
    }
    const frame: Frame = { list: false, flow: false, indent: column, keys: new Map(), key: undefined };
    this.#frames.push(frame);
    return frame;
  }

  #close(isOver: (frame: Frame) => boolean): void {
    for (let top = this.#frames.at(-1); top && isOver(top); top = this.#frames.at(-1)) this.#frames.pop();
  }

  /** @param whole the step out of the innermost map or list counts, too */
  #path(whole: boolean): readonly Step[] {
    const frames = whole ? this.#frames : this.#frames.slice(0, -1);
    return frames.flatMap(({ list, key }) => (list ? [ITEM] : key === undefined ? [] : [key]));
  }

  #columnOf(offset: number): number {
    return offset - this.#lineOf(offset);
  }

  /** The offset at which the line of an offset begins. */
  #lineOf(offset: number): number {
    return this.#text.lastIndexOf('\n', offset - 1) + 1;
  }
}
