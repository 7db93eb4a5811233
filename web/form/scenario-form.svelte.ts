/**
 * The form of the scenario in step with its text: places read from the draft, and verbs that edit the draft as typing
 * does, letter by letter, through the same history and the same run.
 *
 *   draft.text ─ readTree ─▶ places ─ a control ─▶ changes.ts ─▶ typing ─▶ draft.text
 *
 * While the text cannot be read, the form shows what it read last and can only be looked at.
 */
import { sentenceOf } from '../editor/mend.ts';
import { scenarioSchema } from '../editor/tools.ts';
import type { Draft } from '../state/draft.svelte.ts';
import type { Edits } from '../state/edits.svelte.ts';
import type { ScenarioView, Span } from '../state/scenario-view.svelte.ts';
import { duplicateItem, moveItem, removeAt, renameKey, type TextChange } from '../state/text-edits.ts';
import { nodeAt, type MapText, type TextPath } from '../state/text-tree.ts';
import type { Typing } from '../state/typing.ts';
import type { Problem, Scenario } from '../../sim/scenario/index.ts';
import { addNamed, addTo, choose, leaveOut, typeInto } from './changes.ts';
import type { Choice } from './choices.ts';
import { pathUnder, readDraft, unreadableIn, type Unreadable } from './draft-reading.ts';
import { isFiltering, isShown, shownWithin, type FieldFilter } from './field-filter.ts';
import {
  childrenOf,
  findPlace,
  isInner,
  isWithin,
  itemAt,
  letterOf,
  pathText,
  rootPlace,
  rowNames,
  sizeOf,
  type FormSource,
  type Place,
} from './place.ts';
import { presetValues } from './preset-values.ts';
import { countWithin, problemsByPath, settingsByPath } from './remarks.ts';
import { sectionsOf } from './sections.ts';

/** What the form acts on: a workbench. */
export interface FormHost {
  readonly draft: Draft;
  readonly edits: Edits;
  readonly run: {
    readonly problems: readonly Problem[];
    readonly trace: { readonly scenario: Pick<Scenario, 'nodes'> } | undefined;
  };
  readonly scenarioView: ScenarioView;
  readonly typing: Pick<Typing, 'editField'>;
}

/** Items of a list that are shown at once. */
export const PAGE = 25;
/** What a scenario runs as that names no system. */
const DEFAULT_SYSTEM = 'dynomite';
const NOTHING: MapText = { kind: 'map', from: 0, until: 0, flow: false, entries: [] };

/** A section of the form with its places. */
export interface FormSection {
  readonly name: string;
  readonly places: readonly Place[];
  /** Places at the top of it that the text sets. */
  readonly set: number;
  readonly problems: number;
}

export class ScenarioForm {
  readonly #host: FormHost;
  readonly #schema = scenarioSchema();
  #refused = $state('');
  /** Paths; empty: none. */
  #explained = $state('');
  #focused = $state('');
  #root: MapText = NOTHING;

  readonly #reading = $derived.by(() => readDraft(this.#host.draft.text));

  /** Undefined: the form is in step with the text. */
  readonly unreadable: Unreadable | undefined = $derived.by(() => unreadableIn(this.#host.draft.text, this.#reading));

  /** What the text says, or said when it could be read last. */
  readonly #tree: MapText = $derived.by(() => {
    if (this.#reading.kind === 'tree') this.#root = this.#reading.root;
    return this.#root;
  });

  /** The system that the scenario runs as. */
  readonly #system: string = $derived.by(() => {
    const named = nodeAt(this.#tree, ['system']);
    return this.#host.draft.overrides.system || (named?.kind === 'scalar' ? named.plain : '') || DEFAULT_SYSTEM;
  });

  readonly #preset = $derived(presetValues(this.#system));

  /** What all places are read from. */
  readonly source: FormSource = $derived({
    schema: this.#schema,
    root: this.#tree,
    system: this.#system,
    preset: this.#preset,
  });

  readonly #top: readonly Place[] = $derived.by(() => childrenOf(rootPlace(this.source), this.source));

  /** Problems of the draft by path. */
  readonly #problems = $derived.by(() => problemsByPath(this.#host.run.problems, this.#host.draft.source.name));

  /** What the header says in place of the text, by path. */
  readonly #overridden = $derived.by(() => settingsByPath(this.#host.draft.sets));

  /** Sections with the places that the filter leaves. */
  readonly sections: readonly FormSection[] = $derived.by(() => {
    const byName = new Map(this.#top.map((place) => [place.name, place]));
    const all = sectionsOf([...byName.keys()]).map(({ name, keys }) => {
      const places = keys.flatMap((key) => byName.get(key) ?? []);
      const [only] = places;
      // A section that is one map shows its keys.
      const shown = places.length === 1 && only?.chosen?.build.kind === 'map' ? childrenOf(only, this.source) : places;
      const problems = places.reduce((sum, { path }) => sum + this.problemsBelow(path), 0);
      const set = shown.filter(({ node }) => node !== undefined).length;
      return { name, places: shown.filter((place) => isShown(place, this.#filter, this.source)), set, problems };
    });
    return all.filter(({ places }) => places.length > 0 || !this.isFiltered);
  });

  /** The place that the caret is on. */
  readonly marked: string | undefined = $derived.by(() => {
    const { caret } = this.#host.scenarioView;
    if (caret === undefined || this.unreadable) return undefined;
    const path = pathUnder(this.#host.draft.text, this.source.root, caret);
    return path.length === 0 ? undefined : pathText(path);
  });

  constructor(host: FormHost) {
    this.#host = host;
  }

  /** What of it is unfolded, turned to and searched for. */
  get view(): ScenarioView {
    return this.#host.scenarioView;
  }

  /** Why the last edit was not made; empty: it was. */
  get refused(): string {
    return this.#refused;
  }

  /** Not everything is shown. */
  get isFiltered(): boolean {
    return isFiltering(this.#filter);
  }

  /** Names of the nodes of the last run. */
  get nodes(): readonly string[] {
    return this.#host.run.trace?.scenario.nodes.map(({ name }) => name) ?? [];
  }

  /** Whether a section is unfolded: by hand, by a search, or because the caret is in it. */
  isOpen({ name }: FormSection): boolean {
    return this.isFiltered || this.#host.scenarioView.sections.has(name);
  }

  /** The places within a place that the filter leaves. */
  children(place: Place): readonly Place[] {
    return shownWithin(place, this.#filter, this.source);
  }

  /** The items of a list on the page that is turned to. */
  items(place: Place): readonly Place[] {
    const first = this.firstOf(place);
    const count = Math.min(PAGE, sizeOf(place) - first);
    return Array.from({ length: count }, (_, i) => itemAt(place, first + i, this.source));
  }

  /** Whether a list or a map of names has anything in it. */
  hasRows(place: Place): boolean {
    return rowNames(place).length > 0;
  }

  /** The position of the first item shown. */
  firstOf(place: Place): number {
    const last = Math.max(0, Math.ceil(sizeOf(place) / PAGE) - 1) * PAGE;
    return Math.min(last, this.#host.scenarioView.page(pathText(place.path)));
  }

  turn(place: Place, by: number): void {
    this.#host.scenarioView.turnTo(pathText(place.path), this.firstOf(place) + by * PAGE);
  }

  /** The sentences of what is wrong at a place. */
  problemsAt(place: Place): readonly string[] {
    const inner = childrenOf(place, this.source).filter((child) => isInner(place, child));
    const problems = [place, ...inner].flatMap(({ path }) => this.#problems.get(pathText(path)) ?? []);
    return problems.map((problem) => sentenceOf({ ...problem, path: '' }));
  }

  /** How many problems there are at a path and below it. */
  problemsBelow(path: TextPath): number {
    return countWithin(this.#problems, path);
  }

  /** What the header's form says in place of what stands here; undefined: nothing. */
  overridden({ path }: Place): string | undefined {
    return this.#overridden.get(pathText(path));
  }

  /** Whether the caret is on a place; of a row that is folded, or anything without places below it: or within it. */
  isMarked({ path }: Place, folded: boolean): boolean {
    if (this.marked === undefined) return false;
    return folded ? isWithin(this.marked, path) : this.marked === pathText(path);
  }

  /** The place that is explained below the form. */
  readonly explained: Place | undefined = $derived.by(() => findPlace(this.#explained, this.source));

  /** The letters of the place that has the focus: of its key, too; undefined: they are not in the text, or none has it. */
  readonly looked: Span | undefined = $derived.by(() => {
    const place = findPlace(this.#focused, this.source);
    const from = place && this.letterOf(place);
    return from === undefined || this.unreadable ? undefined : { from, until: place?.node?.until ?? from };
  });

  /** Explains the place of a path. */
  explain(path: string): void {
    this.#explained = path;
  }

  /** The focus is on the place of a path. */
  focus(path: string): void {
    this.#explained = path;
    this.#focused = path;
  }

  /** Where a place stands in the text; undefined: it does not. */
  letterOf(place: Place): number | undefined {
    return letterOf(place, this.source);
  }

  /** A letter more or less in a field. */
  type(place: Place, typed: string): void {
    this.#apply(typeInto(this.#host.draft.text, place, typed, this.#context));
  }

  /** A field is left: one without a value is left out, unless it must be there. */
  leave(place: Place, typed: string): void {
    if (typed.trim() === '' && place.node !== undefined && !place.required) this.reset(place);
    this.seal();
  }

  /** What comes next is a step of its own. */
  seal(): void {
    this.#host.edits.seal();
  }

  /** Sets a value in one step. */
  pick(place: Place, value: string): void {
    if (value === '') return this.reset(place);
    this.#step(typeInto(this.#host.draft.text, place, value, this.#context));
  }

  reset(place: Place): void {
    this.#step(leaveOut(this.#host.draft.text, place));
  }

  choose(place: Place, choice: Choice): void {
    this.#step(choose(this.#host.draft.text, place, choice, this.#context));
  }

  /** Adds a row, and unfolds it: its path; undefined: it was not added. */
  add(place: Place, kind: Choice): string | undefined {
    const { scenarioView: view } = this.#host;
    const isNamed = place.chosen?.build.kind === 'named';
    const names = rowNames(place);
    this.#step((isNamed ? addNamed : addTo)(this.#host.draft.text, place, kind, this.#context));
    const after = rowNames({ ...place, node: nodeAt(this.source.root, place.path) });
    const added = after.find((name) => !names.includes(name));
    if (added === undefined) return undefined;
    const path = pathText([...place.path, added]);
    view.rows.add(path);
    if (!isNamed) view.turnTo(pathText(place.path), Math.floor(names.length / PAGE) * PAGE);
    return path;
  }

  duplicate(list: Place, index: number): void {
    this.#step(duplicateItem(this.#host.draft.text, list.path, index));
    this.#moveRows(list.path, (row) => (row > index ? row + 1 : row));
  }

  /** Takes a row away: of a list, or of a map of names. */
  remove(row: Place): void {
    this.#step(removeAt(this.#host.draft.text, row.path));
    const index = row.path.at(-1);
    if (typeof index === 'number')
      this.#moveRows(row.path.slice(0, -1), (other) => (other === index ? undefined : other - Number(other > index)));
  }

  /** Moves a row of a list up or down by one: the path where it is now; undefined: it could not be moved. */
  move(list: Place, index: number, by: 1 | -1): string | undefined {
    const to = index + by;
    this.#step(moveItem(this.#host.draft.text, list.path, index, to));
    if (this.#refused !== '') return undefined;
    this.#moveRows(list.path, (row) => (row === index ? to : row === to ? index : row));
    this.#host.scenarioView.turnTo(pathText(list.path), Math.floor(to / PAGE) * PAGE);
    return pathText([...list.path, to]);
  }

  /** Gives a row of a map of names another name. */
  rename(row: Place, name: string): void {
    const wanted = name.trim();
    if (wanted === '' || wanted === row.name) return;
    this.#step(renameKey(this.#host.draft.text, row.path, wanted));
    const { rows } = this.#host.scenarioView;
    if (this.#refused === '' && rows.delete(pathText(row.path))) rows.add(pathText([...row.path.slice(0, -1), wanted]));
  }

  /** Unfolds the section that the caret is in. */
  revealMarked(): void {
    const [key = ''] = this.marked?.split('.') ?? [];
    const section = sectionsOf(this.#top.map(({ name }) => name)).find(({ keys }) => keys.includes(key));
    if (section) this.#host.scenarioView.sections.add(section.name);
  }

  /** The place of a path, if the text has it. */
  placeAt(path: string): Place | undefined {
    const place = findPlace(path, this.source);
    return place?.node && place;
  }

  get #filter(): FieldFilter {
    const { filter, onlySet } = this.#host.scenarioView;
    return { wanted: filter, onlySet };
  }

  get #context() {
    return { schema: this.#schema, nodes: this.nodes };
  }

  /** What is unfolded goes with the rows of a list, unless they stayed where they are. */
  #moveRows(list: TextPath, to: (index: number) => number | undefined): void {
    if (this.#refused === '') this.#host.scenarioView.moveRows(pathText(list), to);
  }

  #step(change: TextChange): void {
    this.seal();
    this.#apply(change);
    this.seal();
  }

  #apply(change: TextChange): void {
    this.#refused = change.kind === 'refused' ? change.why : '';
    if (change.kind === 'edited') this.#host.typing.editField(change.text);
  }
}
