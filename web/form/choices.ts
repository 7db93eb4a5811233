/**
 * What may be put into a place of a form, from the schema: a single value, names, a list, a map. A union is a choice
 * between them; everything in it that is a single value is one choice, told apart by what is typed.
 *
 *   JSON Schema ─ choicesOf ─▶ choices ─ place.ts ─▶ fields on screen
 */
import { asGuide, headOf, keysOf, listOf, optionsOf, type Guide, type KeyGuide } from '../editor/guide.ts';
import { entryOf, type TextNode } from '../state/text-tree.ts';

/** A single value, and what is known of it. */
export interface ScalarBuild {
  readonly kind: 'scalar';
  /** Words that it may be. */
  readonly words: readonly string[];
  /** It is true or false. */
  readonly flag: boolean;
  /** A text other than those words may stand here, too. */
  readonly texts: boolean;
  readonly numbers: boolean;
  /** A sentence or more. */
  readonly prose: boolean;
  /** A name, of a node or of anything else. */
  readonly name: boolean;
  /** What it takes, in words; may be empty. */
  readonly form: string;
  /** A value that it takes; may be empty. */
  readonly example: string;
}

/** What a place may hold. */
export type Build =
  | ScalarBuild
  /** Single values, shown as one line with commas. */
  | { readonly kind: 'names'; readonly item: ScalarBuild }
  | { readonly kind: 'list'; readonly item: Guide }
  /** A list of a fixed length. */
  | { readonly kind: 'tuple'; readonly items: readonly Guide[] }
  | {
      readonly kind: 'map';
      readonly keys: readonly KeyGuide[];
      /** Keys that must be there. */
      readonly required: readonly string[];
      /** The key that tells it from the other maps of its union. */
      readonly head: string | undefined;
    }
  /** A map whose keys are names that the user gives. */
  | { readonly kind: 'named'; readonly value: Guide };

/** One of the things that a place may hold. */
export interface Choice {
  /** Unlike the others of its union. */
  readonly id: string;
  readonly label: string;
  readonly build: Build;
}

/** Characters from which on a text is prose. */
const PROSE = 1_000;

/** What was told of parts of the schema already: places are made anew with every letter, the schema never is. */
const told = new WeakMap<readonly Guide[], readonly Choice[]>();
const containers = new WeakMap<Guide, Choice>();

/** What a part of the schema allows, in its order. */
export function choicesOf(options: readonly Guide[]): readonly Choice[] {
  const choices = told.get(options) ?? tell(options);
  told.set(options, choices);
  return choices;
}

function tell(options: readonly Guide[]): readonly Choice[] {
  const single = options.filter(isSingle);
  const first = single[0];
  const choices = options.flatMap((option): readonly Choice[] => {
    if (option === first) return [{ id: 'value', label: 'value', build: scalarOf(single) }];
    return isSingle(option) ? [] : [containerOf(option)];
  });
  const hasSeveral = choices.some(({ build }) => build.kind === 'list');
  return choices.map((choice) => (choice.id === 'map' && hasSeveral ? { ...choice, label: 'one' } : choice));
}

/** The choice that a value in the text is of; undefined: it is of none. */
export function choiceOf(choices: readonly Choice[], node: TextNode): Choice | undefined {
  if (node.kind === 'map') return mapChoice(choices, node);
  if (node.kind === 'scalar') return choices.find(({ build }) => build.kind === 'scalar');
  if (node.kind !== 'list') return undefined;
  return choices.find(({ build }) => build.kind === 'list' || build.kind === 'names' || build.kind === 'tuple');
}

/** The map whose head is there, or else the one that shares most keys with what is there: as the parser has it. */
function mapChoice(choices: readonly Choice[], node: TextNode): Choice | undefined {
  const shared = ({ build }: Choice) =>
    build.kind === 'map' ? build.keys.filter(({ key }) => entryOf(node, key) !== undefined).length : 0;
  const maps = choices.filter(({ build }) => build.kind === 'map' || build.kind === 'named');
  const headed = maps.filter(
    ({ build }) => build.kind === 'map' && build.head !== undefined && entryOf(node, build.head),
  );
  return (headed.length > 0 ? headed : maps).toSorted((a, b) => shared(b) - shared(a))[0];
}

function isSingle({ type }: Guide): boolean {
  return type !== 'object' && type !== 'array';
}

function containerOf(option: Guide): Choice {
  const choice = containers.get(option) ?? tellContainer(option);
  containers.set(option, choice);
  return choice;
}

function tellContainer(option: Guide): Choice {
  if (option['type'] === 'object') {
    if (option['additionalProperties'] !== false)
      return {
        id: 'named',
        label: 'by name',
        build: { kind: 'named', value: asGuide(option['additionalProperties']) },
      };
    const head = headOf(option);
    const keys = keysOf([{ guide: option, meaning: '' }], []);
    const required = listOf(option['required']).map(String);
    return {
      id: head === undefined ? 'map' : `map ${head}`,
      label: head ?? 'in parts',
      build: { kind: 'map', keys, required, head },
    };
  }
  const { items } = option;
  if (Array.isArray(items))
    return { id: 'tuple', label: 'a list', build: { kind: 'tuple', items: listOf(items).map(asGuide) } };
  const item = asGuide(items);
  const inner = optionsOf(item);
  if (inner.every(isSingle)) return { id: 'names', label: 'a list', build: { kind: 'names', item: scalarOf(inner) } };
  return { id: 'list', label: 'several', build: { kind: 'list', item } };
}

function scalarOf(options: readonly Guide[]): ScalarBuild {
  const words = options.flatMap((option) => [...listOf(option['enum']), ...valuesOf(option['const'])]).map(String);
  const examples = options.flatMap((option) => listOf(option['examples'])).map(String);
  const texts = options.some(
    ({ type, enum: listed, examples: shown }) => shown !== undefined || (type === 'string' && !listed),
  );
  const name = options.some(({ type, pattern, maxLength }) => type === 'string' && pattern !== undefined && !maxLength);
  const least = options.map(leastOf).find((value) => value !== undefined);
  return {
    kind: 'scalar',
    words,
    flag: options.some(({ type }) => type === 'boolean'),
    texts,
    numbers: options.some(({ type }) => type === 'number' || type === 'integer') || examples.length > 0,
    prose: options.some(({ maxLength }) => typeof maxLength === 'number' && maxLength > PROSE),
    name,
    form: [wordsForm(words), ...options.map(numberForm), examples.length > 0 ? `such as ${examples.join(', ')}` : '']
      .filter((part) => part !== '')
      .join('; or '),
    example: examples[0] ?? words[0] ?? least ?? '',
  };
}

function valuesOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value];
}

function wordsForm(words: readonly string[]): string {
  return words.length < 2 ? '' : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** `a whole number from 1 to 1000`; empty for what is no bounded number. */
function numberForm({ type, minimum, exclusiveMinimum, maximum }: Guide): string {
  if (type !== 'integer' && type !== 'number') return '';
  const sort = type === 'integer' ? 'a whole number' : 'a number';
  const least = typeof exclusiveMinimum === 'number' ? `above ${exclusiveMinimum}` : `from ${shownBound(minimum)}`;
  return `${sort} ${least} to ${shownBound(maximum)}`;
}

function shownBound(bound: unknown): string {
  return typeof bound === 'number' ? String(bound) : '…';
}

function leastOf({ minimum, exclusiveMinimum }: Guide): string | undefined {
  if (typeof minimum === 'number') return String(minimum);
  return typeof exclusiveMinimum === 'number' ? String(exclusiveMinimum + 1) : undefined;
}
