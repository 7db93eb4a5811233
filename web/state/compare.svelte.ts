/**
 * The comparison: two to six designs of the scenario on the page, on the same luck, run one after the other in a worker
 * beside that of the page. The first is the base that the others are held against. One of them is what the page shows: its
 * values are those of the form, and it changes with them.
 *
 * Studies are large and never change, so they are held raw. The last one stays while a design is run again.
 */
import type { Problem } from '../../sim/scenario/index.ts';
import type { WorkerLike } from '../worker/computer.ts';
import { DesignRunner, type DesignReply, type DesignTask, type NamedFile } from '../worker/design-runner.ts';
import type { Study } from '../worker/study.ts';
import { Blame } from './blame.svelte.ts';
import type { ComparedAddress, Layout } from './compared-address.ts';
import {
  AS_WRITTEN,
  changesOf,
  designName,
  LEAST_DESIGNS,
  LETTERS,
  MOST_DESIGNS,
  type Design,
  type DesignChanges,
} from './designs.ts';
import { differingAxes } from './divergences.ts';
import type { Draft } from './draft.svelte.ts';
import { overrideSets, type Overrides } from './overrides.ts';

/** How the run of a design goes. */
export type DesignStatus =
  | { readonly kind: 'waiting' }
  /** `share` of the virtual time that is done, 0 … 1. */
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'ran'; readonly millis: number }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'stopped' };

/** A design and what came of it. */
export interface Column {
  /** Stays with the design wherever it moves. */
  readonly id: number;
  readonly place: number;
  /** What it is called in lanes; goes with its place. */
  readonly letter: string;
  readonly name: string;
  readonly design: Design;
  /** It is what the page shows. */
  readonly isShown: boolean;
  readonly status: DesignStatus;
  /** The last one; while a newer one is computed, that of before. */
  readonly study: Study | undefined;
}

interface Slot {
  readonly id: number;
  readonly design: Design;
}

interface Result {
  readonly status: DesignStatus;
  readonly study: Study | undefined;
  /** What was run, or is to be run. */
  readonly sets: string;
}

const WAITING: DesignStatus = { kind: 'waiting' };

export class Compare {
  /** Why a design parts from the base, where that was asked. */
  readonly blame = new Blame();
  readonly #draft: Draft;
  readonly #runner: DesignRunner;
  readonly #changed: () => void;
  #on = $state(false);
  #layout = $state<Layout>('overlay');
  #slots = $state.raw<readonly Slot[]>([{ id: 0, design: AS_WRITTEN }]);
  #shown = $state(0);
  #results = $state.raw<ReadonlyMap<number, Result>>(new Map<number, Result>());
  #lastId = 0;
  /** Which design was on the page with these very values. */
  readonly #owners = new WeakMap<Overrides, number>();
  /** The scenario and the base that the results are of. */
  #baseKey = '';

  readonly columns: readonly Column[] = $derived(this.#slots.map((slot, place) => this.#column(slot, place)));
  /** Some design runs, or waits to. */
  readonly busy = $derived(this.columns.some(({ status }) => status.kind === 'running' || status.kind === 'waiting'));
  /** Undefined while nothing is compared. */
  readonly address: ComparedAddress | undefined = $derived(
    this.comparing
      ? {
          designs: this.columns.map(({ design }) => design),
          shown: this.columns.findIndex(({ isShown }) => isShown),
          layout: this.#layout,
        }
      : undefined,
  );

  /** @param changed called after a discrete change, which is a step of the browser's history */
  constructor(makeWorker: () => WorkerLike, draft: Draft, changed: () => void) {
    this.#draft = draft;
    this.#changed = changed;
    this.#runner = new DesignRunner(makeWorker, (design, reply) => this.#receive(design, reply));
  }

  /** The page shows the comparison. */
  get on(): boolean {
    return this.#on;
  }

  /** There are designs to compare, too: a single one has only its own picture. */
  get comparing(): boolean {
    return this.#on && this.#slots.length >= LEAST_DESIGNS;
  }

  get layout(): Layout {
    return this.#layout;
  }

  get full(): boolean {
    return this.#slots.length >= MOST_DESIGNS;
  }

  /** The base: the column that the others are held against. */
  get base(): Column | undefined {
    return this.columns[0];
  }

  toggle(): void {
    this.#on = !this.#on;
    this.#change();
  }

  lay(layout: Layout): void {
    this.#layout = layout;
    this.#changed();
  }

  /** Takes over what a link says; undefined: nothing is compared. */
  open(address: ComparedAddress | undefined): void {
    this.#on = address !== undefined;
    if (!address) return;
    this.#slots = this.#slotsFor(address.designs);
    this.#shown = this.#slots[address.shown]?.id ?? 0;
    this.#layout = address.layout;
  }

  /** Adds a design at the end, unless there are as many as there can be; its id. */
  add(design: Design): number | undefined {
    if (this.full) return undefined;
    const id = ++this.#lastId;
    this.#slots = [...this.#slots, { id, design }];
    this.#change();
    return id;
  }

  /** Removes a design; the one that the page shows stays. */
  remove(id: number): void {
    if (id === this.#shown) return;
    this.#slots = this.#slots.filter((slot) => slot.id !== id);
    this.#change();
  }

  rename(id: number, name: string): void {
    this.#slots = this.#slots.map((slot) => (slot.id === id ? { id, design: { ...slot.design, name } } : slot));
    this.#changed();
  }

  /** Changes the values of a design that the page does not show; the form changes the other. */
  change(id: number, changes: DesignChanges): void {
    this.#slots = this.#slots.map((slot) => (slot.id === id ? { id, design: { ...slot.design, changes } } : slot));
    this.#change();
  }

  /** Moves a design by so many places; into the first place makes it the base. */
  move(id: number, by: number): void {
    const from = this.#slots.findIndex((slot) => slot.id === id);
    const slot = this.#slots[from];
    const to = Math.max(0, Math.min(this.#slots.length - 1, from + by));
    if (!slot || to === from) return;
    this.#slots = this.#slots.toSpliced(from, 1).toSpliced(to, 0, slot);
    this.#change();
  }

  /** The page shows another design from now on: these are the values for its form, those it has if it is the same. */
  show(id: number): Overrides | undefined {
    const next = this.columns.find((column) => column.id === id);
    if (!next || next.isShown) return next && this.#draft.overrides;
    this.#slots = this.columns.map(({ id: of, design }) => ({ id: of, design }));
    this.#shown = id;
    return { ...next.design.changes, seed: this.#draft.overrides.seed };
  }

  /** Finds out which axis makes a design part from the base. */
  explain(id: number): void {
    const column = this.columns.find((each) => each.id === id);
    const divergence = column?.study?.divergence;
    const [base] = this.#tasks();
    if (this.busy || !base || !this.base?.study || !column?.study || !divergence) return;
    const axes = differingAxes(this.base.study.axes, column.study.axes);
    this.#runner.run(this.blame.begin({ design: id, divergence, axes, base }));
  }

  /** Runs what is not up to date: called whenever the scenario, the form or the designs have changed. */
  refresh(): void {
    this.blame.drop();
    if (!this.comparing) {
      if (this.busy) this.stop();
      return;
    }
    this.#follow();
    const tasks = this.#tasks();
    const baseKey = JSON.stringify([this.#draft.text, this.#draft.source.name, tasks[0]?.sets]);
    const anew = baseKey !== this.#baseKey;
    if (anew) this.#runner.reset();
    this.#baseKey = baseKey;
    const due = tasks.filter(({ design, sets }) => anew || !this.#isDone(design, sets));
    const results = new Map(this.#results);
    for (const { design, sets } of due) {
      const before = results.get(design);
      const running = !anew && before?.status.kind === 'running' && before.sets === sets.join('\n');
      const status = running ? before.status : WAITING;
      results.set(design, { status, study: before?.study, sets: sets.join('\n') });
    }
    this.#results = results;
    this.#runner.run(due);
  }

  /** Stops at once; what has run stays. */
  stop(): void {
    this.blame.drop();
    this.#runner.reset();
    this.#baseKey = '';
    const results = [...this.#results].map(([id, result]): [number, Result] => {
      const { kind } = result.status;
      return [id, kind === 'running' || kind === 'waiting' ? { ...result, status: { kind: 'stopped' } } : result];
    });
    this.#results = new Map(results);
  }

  /** A file that the scenario may name. */
  remember(file: NamedFile): void {
    this.#runner.remember(file);
  }

  /**
   * The design on the page has the values of the form. Undo may bring back values that another design had when the page
   * showed it: then the page shows that one again, and the other keeps its own.
   */
  #follow(): void {
    const { overrides } = this.#draft;
    const owner = this.#owners.get(overrides);
    if (owner !== undefined && this.#slots.some(({ id }) => id === owner)) this.#shown = owner;
    this.#owners.set(overrides, this.#shown);
    this.#slots = this.columns.map(({ id, design }) => ({ id, design }));
  }

  #change(): void {
    this.#changed();
    this.refresh();
  }

  /** A design that is here already keeps its id, and with it what it came to. */
  #slotsFor(designs: readonly Design[]): readonly Slot[] {
    const here = this.#slots.map(({ id, design }) => ({ id, text: JSON.stringify(design) }));
    return designs.map((design) => {
      const text = JSON.stringify(design);
      const place = here.findIndex((slot) => slot.text === text);
      const [same] = place < 0 ? [] : here.splice(place, 1);
      return { id: same?.id ?? ++this.#lastId, design };
    });
  }

  #column({ id, design: { name, changes } }: Slot, place: number): Column {
    const isShown = id === this.#shown;
    const design = isShown ? { name, changes: changesOf(this.#draft.overrides) } : { name, changes };
    const { status, study } = this.#results.get(id) ?? { status: WAITING, study: undefined };
    return { id, place, letter: LETTERS[place] ?? '', name: designName(design), design, isShown, status, study };
  }

  #tasks(): readonly DesignTask[] {
    const { text, source, overrides } = this.#draft;
    return this.columns.map(({ id, place, design }) => {
      const sets = overrideSets({ ...design.changes, seed: overrides.seed });
      return { design: id, text, file: source.name, sets, role: place === 0 ? 'base' : 'other' };
    });
  }

  #isDone(design: number, sets: readonly string[]): boolean {
    const result = this.#results.get(design);
    const { kind } = result?.status ?? WAITING;
    return result?.sets === sets.join('\n') && (kind === 'ran' || kind === 'refused' || kind === 'broken');
  }

  #tried(trial: number, reply: DesignReply): void {
    if (reply.kind === 'broken') this.stop();
    else if (this.blame.receive(trial, reply)) this.#runner.run([]);
  }

  #receive(design: number, reply: DesignReply): void {
    if (design < 0) return this.#tried(design, reply);
    const before = this.#results.get(design);
    if (!before || reply.kind === 'tried') return;
    const result = { ...before, ...outcomeOf(reply) };
    this.#results = new Map([...this.#results, [design, result]]);
    if (reply.kind === 'broken') this.stop(); // with its worker the base is gone as well
  }
}

function outcomeOf(
  reply: Exclude<DesignReply, { kind: 'tried' }>,
): Pick<Result, 'status'> & Partial<Pick<Result, 'study'>> {
  switch (reply.kind) {
    case 'progress':
      return { status: { kind: 'running', share: reply.now / reply.duration } };
    case 'refused':
      return { status: { kind: 'refused', problems: reply.problems }, study: undefined };
    case 'broken':
      return { status: { kind: 'broken', message: reply.message } };
    case 'studied':
      return { status: { kind: 'ran', millis: reply.millis }, study: reply.study };
  }
}
