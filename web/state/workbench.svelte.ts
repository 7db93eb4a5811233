/**
 * The workbench: the draft, the run it became, the playhead and the view over it, and how they act on each other.
 * Views reach it by context and call its verbs; everything they show follows from its state.
 */
import { createContext } from 'svelte';
import { NOTHING, selectionText, within, type Selection } from './selection.ts';
import { OPENING, OPENING_STORY, type Address } from './address.ts';
import { Draft } from './draft.svelte.ts';
import { NO_OVERRIDES, type OverrideName } from './overrides.ts';
import { Playback } from './playback.svelte.ts';
import { Run } from './run.svelte.ts';
import { Viewport } from './viewport.svelte.ts';
import { fullestMoment } from '../lanes/whole-run.ts';
import type { Trace } from '../../sim/trace/index.ts';
import type { PropertyFinding } from '../worker/findings.ts';
import type { WorkerLike } from '../worker/computer.ts';

/** Milliseconds without typing until a changed scenario is run. */
const TYPING_PAUSE = 250;

export const [getWorkbench, setWorkbench] = createContext<Workbench>();

/** The panels of the inspector, in the order of their tabs. */
export const PANELS = ['summary', 'properties', 'selection', 'scenario'] as const;
/** One of them. */
export type Panel = (typeof PANELS)[number];

/** Where the view goes when the run that is being computed arrives. */
type Arrival =
  { readonly kind: 'stay' } | { readonly kind: 'go'; readonly to: Pick<Address, 'moment' | 'entry' | 'span'> };

export class Workbench {
  readonly draft = new Draft();
  readonly playback = new Playback();
  readonly viewport = new Viewport();
  readonly run: Run;
  #selection = $state.raw<Selection>(NOTHING);
  #panel = $state<Panel>('summary');
  /** Where letting go of the selection leads back to. */
  #before: Panel = 'summary';
  #notices = $state.raw<readonly string[]>([]);
  #marks = $state(0);
  #arrival = $state.raw<Arrival>({ kind: 'stay' });
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(makeWorker: () => WorkerLike) {
    this.run = new Run(makeWorker, {
      done: (trace) => this.#arrive(trace),
      opened: ({ name, text }) => {
        this.openText(text, name);
        const notes = this.run.notes.length;
        if (notes > 0)
          this.notify([`${notes === 1 ? 'One note' : `${notes} notes`} on this file: see the Scenario panel.`]);
      },
      unopened: ({ name, reason }) => this.notify([`${name} was not opened: ${reason}.`]),
    });
  }

  get selection(): Selection {
    return this.#selection;
  }

  get panel(): Panel {
    return this.#panel;
  }

  /** Sentences for the user that are not about the scenario's text. */
  get notices(): readonly string[] {
    return this.#notices;
  }

  /** Counts discrete changes: each is a step that the browser's back button undoes. */
  get marks(): number {
    return this.#marks;
  }

  /** The view on screen, or where it goes once the run arrives; all of an address but its source. */
  readonly view: Omit<Address, 'source'> = $derived.by(() => {
    const { moment, entry, exact } = this.playback;
    const here = {
      moment,
      entry: exact ? entry : undefined,
      span: this.viewport.fitted ? undefined : this.viewport.span,
    };
    const { moment: at, entry: row, span } = this.#arrival.kind === 'go' ? this.#arrival.to : here;
    return { overrides: this.draft.overrides, moment: at, entry: row, span, selection: this.#selection };
  });

  notify(notices: readonly string[]): void {
    this.#notices = notices;
  }

  /** Says that the view changed in one step, for the browser's history. */
  mark(): void {
    this.#marks++;
  }

  show(panel: Panel): void {
    this.#panel = panel;
  }

  select(selection: Selection): void {
    this.#selection = selection;
    if (this.#panel !== 'selection') this.#before = this.#panel;
    if (selection.kind !== 'none') this.#panel = 'selection';
    else this.#panel = this.#before;
    this.mark();
  }

  /** A jump to a moment that was asked for by name: it is brought into view. */
  goTo(at: number, entry?: number): void {
    this.playback.pause();
    if (entry === undefined) this.playback.seek(at);
    else this.playback.seekEntry(entry);
    this.viewport.reveal(this.playback.moment, 'centre');
    this.mark();
  }

  /** To the first violation of a property: its instant, its row of the log, and the hint or write it happened to. */
  showViolation({ at, event, hint, write }: Pick<PropertyFinding, 'at' | 'event' | 'hint' | 'write'>): void {
    if (hint !== null) this.select({ kind: 'hint', hint });
    else if (write !== null) this.select({ kind: 'write', write });
    if (at !== null) this.goTo(at, event ?? undefined);
  }

  /** Runs the story of that name. */
  async pickStory(name: string): Promise<void> {
    const picked = await this.draft.pickStory(name);
    if (picked === 'unknown') this.notify([`The story '${name}' could not be loaded.`]);
    if (picked !== 'picked') return;
    this.run.leaveFile();
    this.#startAnew();
  }

  /** Runs text as a scenario of the user's own. */
  openText(text: string, name: string): void {
    this.draft.open(text, name);
    this.#startAnew();
  }

  /** Typing in the editor. Leaving the story is a step back can undo; each letter after that is not. */
  edit(text: string): void {
    if (this.draft.source.kind === 'story') this.mark();
    this.draft.edit(text);
    this.#startSoon(() => undefined);
  }

  override(name: OverrideName, text: string): void {
    this.draft.override(name, text);
    this.#startSoon(() => this.mark());
  }

  /** Runs the scenario under another system; empty: the one it was written for. */
  pickSystem(name: string): void {
    this.draft.override('system', name);
    this.mark();
    this.start();
  }

  /** Back to the values of the scenario. */
  clearOverrides(): void {
    this.draft.setOverrides(NO_OVERRIDES);
    this.mark();
    this.start();
  }

  /** Computes the draft now. */
  start(): void {
    clearTimeout(this.#timer);
    this.run.start({ text: this.draft.text, file: this.draft.source.name, sets: this.draft.sets });
  }

  /** Opens what a link says; `text` is its unpacked scenario where it carries one. */
  async open(address: Address, text: string | undefined): Promise<void> {
    this.playback.pause();
    const before = { text: this.draft.text, sets: this.draft.sets.join('\n') };
    this.run.leaveFile();
    if (text !== undefined) this.draft.open(text, 'scenario');
    else if (address.source.kind === 'story') {
      const picked = await this.draft.pickStory(address.source.name);
      if (picked === 'overtaken') return;
      if (picked === 'unknown') return this.#openInstead(address, address.source.name);
    }
    this.draft.setOverrides(address.overrides);
    this.#selection = address.selection;
    if (address.selection.kind !== 'none') this.#panel = 'selection';
    else if (this.#panel === 'selection') this.#panel = 'summary';
    this.#arrival = { kind: 'go', to: address };
    const trace = this.run.trace;
    const same = before.text === this.draft.text && before.sets === this.draft.sets.join('\n');
    if (trace && same && this.run.status.kind === 'done') this.#arrive(trace);
    else this.start();
  }

  #openInstead(address: Address, missing: string): Promise<void> {
    this.notify([...this.#notices, `There is no story called '${missing}'. This is ${OPENING_STORY}.`]);
    return this.open({ ...OPENING, overrides: address.overrides }, undefined);
  }

  #startAnew(): void {
    this.#notices = [];
    this.#selection = NOTHING;
    if (this.#panel === 'selection') this.#panel = 'summary';
    this.#arrival = { kind: 'go', to: OPENING };
    this.playback.pause();
    this.mark();
    this.start();
  }

  #startSoon(before: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      before();
      this.start();
    }, TYPING_PAUSE);
  }

  #arrive(trace: Trace): void {
    const arrival = this.#arrival;
    this.#arrival = { kind: 'stay' };
    this.playback.load(trace);
    this.viewport.setEnd(trace.endedAt);
    const asked = this.#selection;
    this.#selection = within(trace, asked);
    if (arrival.kind === 'stay') return;
    if (this.#selection !== asked) {
      this.notify([...this.#notices, `This run has no ${selectionText(asked)}, which was selected.`]);
      this.#panel = 'summary';
    }
    const { moment, entry, span } = arrival.to;
    if (span) this.viewport.show(span);
    else this.viewport.fit();
    this.playback.openingSpeed();
    this.playback.seek(moment ?? (this.run.whole ? fullestMoment(this.run.whole) : 0));
    if (entry !== undefined && trace.log.at[entry] === moment) this.playback.seekEntry(entry);
  }
}
