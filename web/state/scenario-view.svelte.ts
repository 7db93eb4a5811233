/**
 * How the Scenario panel looks at the draft: as text, as a form, or both, and what of the form is unfolded. It outlives
 * the panel, which comes and goes with its tab.
 */
import { SvelteSet } from 'svelte/reactivity';

/** What the panel shows. */
export const SCENARIO_MODES = ['text', 'form', 'both'] as const;
/** One of them. */
export type ScenarioMode = (typeof SCENARIO_MODES)[number];

/** What a link says of it. */
export type LinkedMode = Exclude<ScenarioMode, 'text'>;

/** Letters of the text. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export class ScenarioView {
  mode = $state<ScenarioMode>('text');
  /** The mode as a link has it; undefined: as text, which no link has to say. */
  readonly linked: LinkedMode | undefined = $derived(this.mode === 'text' ? undefined : this.mode);
  /** The offset in the text that the caret was put at last; undefined: it was not yet. */
  caret = $state<number | undefined>();
  /** The letters that the form is at; the text beside it shows them. */
  looked = $state.raw<Span | undefined>();
  /** What is typed to find fields. */
  filter = $state('');
  /** Only fields that the text sets are shown. */
  onlySet = $state(false);
  /** Sections that are unfolded, by name. */
  readonly sections = new SvelteSet<string>(['Run']);
  /** Rows of lists that are unfolded, by path. */
  readonly rows = new SvelteSet<string>();
  /** Where each long list is paged to: the first item shown, by path. */
  #pages = $state.raw<ReadonlyMap<string, number>>(new Map());

  /** Unfolds what is folded, and the other way round. */
  toggle(set: SvelteSet<string>, name: string): void {
    if (!set.delete(name)) set.add(name);
  }

  /**
   * Rows of a list stand elsewhere now, and with them what is unfolded.
   * @param to where a row is now; undefined: it is gone
   */
  moveRows(list: string, to: (index: number) => number | undefined): void {
    const moved = [...this.rows].flatMap((path) => {
      const [index = '', ...inner] = path.startsWith(`${list}.`) ? path.slice(list.length + 1).split('.') : [];
      return index === '' ? [] : [{ path, index: to(Number(index)), inner }];
    });
    for (const { path } of moved) this.rows.delete(path);
    for (const { index, inner } of moved) if (index !== undefined) this.rows.add([list, index, ...inner].join('.'));
  }

  /** The first item shown of a list. */
  page(path: string): number {
    return this.#pages.get(path) ?? 0;
  }

  turnTo(path: string, first: number): void {
    this.#pages = new Map(this.#pages).set(path, Math.max(0, first));
  }
}
