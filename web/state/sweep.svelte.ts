/**
 * The sweep behind the sizing view: the question read, its cells as they stream in, and the values that a cell stands for.
 * Comes with the view, so that the page opens without it.
 */
import { readAxis, type SweepAxis } from '../../sim/explore/sweep-axis.ts';
import { cellBand, sweepAnswer } from '../../sim/explore/sweep-answer.ts';
import { SWEEP_METRICS, type SweepMetric } from '../../sim/explore/sweep-metrics.ts';
import type { CellPlace, SweepCell, SweepPlan } from '../../sim/explore/sweep-plan.ts';
import type { WorkerLike } from '../worker/computer.ts';
import type { NamedFile } from '../worker/design-runner.ts';
import { SweepPool } from '../worker/sweep-pool.ts';
import type { Draft } from './draft.svelte.ts';
import { OVERRIDES, type Overrides } from './overrides.ts';
import type { SizingQuestion } from './sizing-address.ts';

/** Whose question a sweep answers. */
export interface SweepHost {
  readonly question: SizingQuestion;
  readonly draft: Draft;
  /** Files that the scenario may name. */
  readonly files: readonly NamedFile[];
  readonly makeWorker: () => WorkerLike;
}

/** How far a sweep is. */
export type SweepStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'broken'; readonly message: string };

/** What the question says, or which part of it says nothing. */
export type Question =
  | { readonly kind: 'read'; readonly x: SweepAxis; readonly y: SweepAxis }
  | { readonly kind: 'misread'; readonly axis: 'x' | 'y'; readonly why: string };

/** Cells that a page sweeps at most. */
export const MOST_CELLS = 400;

export class Sweep {
  readonly #host: SweepHost;
  readonly #pool: SweepPool;
  #plan = $state.raw<SweepPlan | undefined>();
  #cells = $state.raw<readonly SweepCell[]>([]);
  #status = $state.raw<SweepStatus>({ kind: 'idle' });

  /** @param workers of the pool; at least one */
  constructor(host: SweepHost, workers: number) {
    this.#host = host;
    this.#pool = new SweepPool(host.makeWorker, workers, {
      cell: (cell) => (this.#cells = [...this.#cells, cell]),
      done: () => (this.#status = { kind: 'done' }),
      broken: (message) => (this.#status = { kind: 'broken', message }),
    });
  }

  /** What is asked, or which part of it cannot be read. Getters, no $derived: a sweep outlives the view that made it. */
  get question(): Question {
    return questionOf(this.#host.question);
  }

  get metric(): SweepMetric {
    return SWEEP_METRICS.find((metric) => metric === this.#host.question.metric) ?? 'lost';
  }

  /** One sentence once all cells are there; empty before. */
  get answer(): string {
    return this.#plan && this.#status.kind === 'done' ? sweepAnswer(this.#plan, this.#cells, this.metric) : '';
  }

  /** The most of the metric in any cell, measured or in theory: the end of the scale that both maps share. */
  get most(): number {
    const { metric } = this;
    const values = this.#cells.flatMap((cell) => [
      cellBand(cell, metric)?.median ?? 0,
      cell.theory.forms.find((form) => form.metric === metric)?.value ?? 0,
    ]);
    return Math.max(0, ...values);
  }

  /** The cells are of the scenario and the question as they are now. */
  get isCurrent(): boolean {
    const next = this.#nextPlan();
    return this.#plan !== undefined && next !== undefined && keyOf(this.#plan) === keyOf(next);
  }

  /** What is computed, or was last. */
  get plan(): SweepPlan | undefined {
    return this.#plan;
  }

  /** Those that are there, in the order they came. */
  get cells(): readonly SweepCell[] {
    return this.#cells;
  }

  get status(): SweepStatus {
    return this.#status;
  }

  cell({ x, y }: CellPlace): SweepCell | undefined {
    return this.#cells.find((cell) => cell.x === x && cell.y === y);
  }

  /** Computes the question; nothing if it cannot be read. */
  start(): void {
    const plan = this.#nextPlan();
    if (!plan) return;
    this.#plan = plan;
    this.#cells = [];
    this.#status = { kind: 'running' };
    this.#pool.run(plan, this.#host.files);
  }

  /** Stops at once; the cells that are there stay. */
  stop(): void {
    this.#pool.cancel();
    if (this.#status.kind === 'running') this.#status = { kind: 'stopped' };
  }

  /** The overrides that make the page's run that of a cell with the seed of the scenario. */
  overridesOf(place: CellPlace): Overrides {
    const plan = this.#plan;
    const axes = plan ? [plan.x, plan.y] : [];
    return axes.reduce<Overrides>((overrides, { path, values }, at) => {
      const value = values[at === 0 ? place.x : place.y] ?? '';
      const field = OVERRIDES.find((each) => each.path === path);
      return field ? { ...overrides, [field.name]: value } : withMore(overrides, path, value);
    }, this.#host.draft.overrides);
  }

  #nextPlan(): SweepPlan | undefined {
    const asked = this.question;
    if (asked.kind === 'misread') return undefined;
    const { draft, question } = this.#host;
    const { x, y } = asked;
    // What an axis sets is no part of what all cells share: opening a cell must not make the sweep another one.
    const sets = draft.sets.filter((set) => ![x.path, y.path].some((path) => set.startsWith(`${path}=`)));
    return { text: draft.text, file: draft.source.name, sets, x, y, seeds: question.seeds };
  }
}

function questionOf(asked: { readonly x: string; readonly y: string }): Question {
  const [x, y] = [readAxis(asked.x), readAxis(asked.y)];
  if (x.kind === 'misread') return { kind: 'misread', axis: 'x', why: `expected ${x.expected}; found '${x.found}'` };
  if (y.kind === 'misread') return { kind: 'misread', axis: 'y', why: `expected ${y.expected}; found '${y.found}'` };
  if (x.axis.path === y.axis.path)
    return { kind: 'misread', axis: 'y', why: `expected another value than the columns; found ${y.axis.path} again` };
  const cells = x.axis.values.length * y.axis.values.length;
  if (cells > MOST_CELLS)
    return { kind: 'misread', axis: 'y', why: `expected at most ${MOST_CELLS} cells; found ${cells}` };
  return { kind: 'read', x: x.axis, y: y.axis };
}

/** `more` with one path set, in place of what it said of it before. */
function withMore(overrides: Overrides, path: string, value: string): Overrides {
  const before = (overrides.more ?? '').split(/,(?=\s*[\w.]+=)/).map((set) => set.trim());
  const others = before.filter((set) => set !== '' && !set.startsWith(`${path}=`));
  return { ...overrides, more: [...others, `${path}=${value}`].join(', ') };
}

/** The name of a file is of no account: editing a story and undoing that comes back to the same plan. */
function keyOf({ text, sets, x, y, seeds }: SweepPlan): string {
  return JSON.stringify([text, sets, x, y, seeds]);
}
