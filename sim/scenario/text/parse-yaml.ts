/**
 * From YAML text to the source tree. Everything that YAML allows and a scenario has no use for stops here: several
 * documents, tags, keys that are no text, duplicate keys, and inputs made to exhaust the reader.
 *
 * The library reads the text in two steps. The first (tokens) is iterative and linear, so nesting and size are
 * measured on its result; the second (composition) recurses and only ever sees what passed.
 */
import { Composer, isAlias, isMap, isScalar, Parser } from 'yaml';
import type { CST, Pair, ParsedNode, YAMLParseError } from 'yaml';
import type { Findings, Place } from '../problem.ts';
import { childPath, shownText } from './source-tree.ts';
import type { MapEntry, SourceNode } from './source-tree.ts';
import { sayOfSyntaxError } from './syntax-errors.ts';
import { excessOf, FITTING, MAX_DEPTH, MAX_SCENARIO_CHARS, MAX_SOURCE_NODES } from './yaml-bounds.ts';
import type { Excess } from './yaml-bounds.ts';

/** Where a text comes from: the name for messages, and where its first character stands in there. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Of the first character; 1 and 1 but for options of the command line. */
  readonly line?: number;
  readonly column?: number;
}

/** The document of a YAML text, its root called `path`, or undefined if `findings` says why there is none. */
export function parseYaml(source: SourceText, findings: Findings, path = ''): SourceNode | undefined {
  const reader = new YamlReader(source, findings);
  return reader.document(path);
}

class YamlReader {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #findings: Findings;
  /** Offsets at which lines begin. The library's own counter loses lines once a text is no YAML. */
  readonly #lineStarts: readonly number[];
  /** The nodes that have an anchor, the latest of each name: aliases look back. */
  readonly #anchors = new Map<string, ParsedNode>();
  /** The maps and lists that are being read, from the root to the current one. */
  readonly #open = new Set<ParsedNode>();
  #nodes = 0;
  /** A bound was passed and reported: what follows would only repeat it. */
  #isSpent = false;

  constructor(source: SourceText, findings: Findings) {
    this.#source = source;
    // A byte order mark is no content; without it the columns of the first line are those that an editor shows.
    this.#text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text;
    this.#findings = findings;
    this.#lineStarts = this.#text.length > MAX_SCENARIO_CHARS ? [0] : lineStartsOf(this.#text);
  }

  document(path: string): SourceNode | undefined {
    if (this.#text.length > MAX_SCENARIO_CHARS) {
      const found = `${this.#text.length} characters`;
      this.#refuse(0, '', 'tooLong', `a scenario of at most ${MAX_SCENARIO_CHARS} characters`, found);
      return undefined;
    }
    const tokens = [...new Parser().parse(this.#text)];
    const excess = excessOf(tokens);
    if (excess !== undefined) {
      this.#exceeds(excess);
      return undefined;
    }
    const options = {
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      // Compares every pair of keys; #map finds duplicates in linear time.
      uniqueKeys: false,
    } as const;
    const [first, second] = new Composer(options).compose(firstTwo(tokens), true, this.#text.length);
    for (const error of telling(first?.errors ?? [])) {
      const { expected, found } = sayOfSyntaxError(error.code, error.message);
      this.#refuse(error.pos[0], '', 'syntax', expected, found);
    }
    for (const warning of first?.warnings ?? [])
      this.#refuse(warning.pos[0], '', 'tag', 'a plain value without a tag', shownText(warning.message));
    if (second !== undefined) this.#refuse(second.range[0], '', 'syntax', 'one document', 'a second one');
    if (first === undefined || first.errors.length > 0) return undefined;
    return this.#node(first.contents, 0, path, 0);
  }

  #node(node: ParsedNode | null, offset: number, path: string, depth: number): SourceNode | undefined {
    const start = node?.range[0] ?? offset;
    this.#nodes++;
    if (this.#nodes > MAX_SOURCE_NODES) this.#exceeds({ code: 'tooMany', offset: start });
    if (depth > MAX_DEPTH) this.#exceeds({ code: 'tooDeep', offset: start });
    if (this.#isSpent) return undefined;
    if (node === null) return { kind: 'scalar', at: this.#place(start), path, value: null, text: '' };
    if (isAlias(node)) return this.#alias(node.source, start, path, depth);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return this.#scalar(node, start, path);
    this.#open.add(node);
    const tree = isMap(node) ? this.#map(node.items, start, path, depth) : this.#list(node.items, start, path, depth);
    this.#open.delete(node);
    return tree;
  }

  #map(pairs: readonly Pair<ParsedNode, ParsedNode | null>[], start: number, path: string, depth: number): SourceNode {
    const firstAt = new Map<string, Place>();
    const entries: MapEntry[] = [];
    for (const { key, value } of pairs) {
      if (this.#isSpent) break;
      const keyStart = key.range[0];
      const at = this.#place(keyStart);
      if (!isScalar(key)) {
        this.#refuse(keyStart, path, 'type', 'a key that is a name', isMap(key) ? 'a map' : 'a list or an alias');
        continue;
      }
      const name = key.source;
      const earlier = firstAt.get(name);
      if (earlier !== undefined) {
        const found = `it again (first at ${earlier.line}:${earlier.column})`;
        this.#refuse(keyStart, childPath(path, name), 'duplicateKey', `the key ${shownText(name)} once`, found);
        continue;
      }
      firstAt.set(name, at);
      const node = this.#node(value, key.range[2], childPath(path, name), depth + 1);
      if (node !== undefined) entries.push({ key: name, at, value: node });
    }
    return { kind: 'map', at: this.#place(start), path, entries };
  }

  #list(items: readonly (ParsedNode | Pair)[], start: number, path: string, depth: number): SourceNode {
    const nodes: SourceNode[] = [];
    for (const [index, item] of items.entries()) {
      // A pair in a list is what `!!omap` and `!!pairs` make; tags are refused already.
      const node = 'range' in item ? this.#node(item, start, childPath(path, index), depth + 1) : undefined;
      if (node !== undefined) nodes.push(node);
    }
    return { kind: 'list', at: this.#place(start), path, items: nodes };
  }

  #scalar(node: Extract<ParsedNode, { value: unknown }>, start: number, path: string): SourceNode {
    const { value } = node;
    const at = this.#place(start);
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { kind: 'scalar', at, path, value: isPlain ? value : null, text: node.source };
  }

  /** What the alias stands for, again; its parts keep their places, because that is where they can be changed. */
  #alias(name: string, start: number, path: string, depth: number): SourceNode | undefined {
    const target = this.#anchors.get(name);
    const isWithinItself = target !== undefined && this.#open.has(target);
    if (target !== undefined && !isWithinItself) return this.#node(target, start, path, depth);
    const found = `*${shownText(name)}${isWithinItself ? ', within itself' : ''}`;
    this.#refuse(start, path, 'alias', 'an alias of an anchor further up', found);
    return undefined;
  }

  #exceeds({ code, offset }: Excess): void {
    if (!this.#isSpent) this.#refuse(offset, '', code, FITTING[code], 'more');
    this.#isSpent = true;
  }

  #refuse(
    offset: number,
    path: string,
    code: 'syntax' | 'tag' | 'type' | 'alias' | 'duplicateKey' | 'tooLong' | 'tooDeep' | 'tooMany',
    expected: string,
    found: string,
  ): void {
    this.#findings.problem(this.#place(offset), path, { code, expected, found });
  }

  #place(offset: number): Place {
    const { file, line = 1, column = 1 } = this.#source;
    const at = Math.min(offset, this.#text.length);
    const row = rowOf(this.#lineStarts, at);
    const within = at - (this.#lineStarts[row] ?? 0);
    return { file, line: line + row, column: row === 0 ? column + within : within + 1 };
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** The last of the ascending `starts`, the first of which is 0, that is at most `offset`. O(log n). */
function rowOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** The tokens up to the second document, which is one too many already. */
function firstTwo(tokens: readonly CST.Token[]): readonly CST.Token[] {
  const starts = tokens.flatMap(({ type }, index) => (type === 'document' ? [index] : []));
  return tokens.slice(0, starts[2] ?? tokens.length);
}

/** Once a text is no YAML, every further token of it is unexpected: only the first of those tells anything. */
function telling(errors: readonly YAMLParseError[]): readonly YAMLParseError[] {
  const unexpected = errors.find(({ code }) => code === 'UNEXPECTED_TOKEN');
  return errors.filter((error) => error.code !== 'UNEXPECTED_TOKEN' || error === unexpected);
}
