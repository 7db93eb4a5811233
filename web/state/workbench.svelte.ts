/**
 * The workbench: the draft, the run it became, the playhead and the view over it, and how they act on each other.
 * Views reach it by context and call its verbs; everything they show follows from its state.
 */
import { createContext } from 'svelte';
import { NOTHING, selectionText, within, type Selection } from './selection.ts';
import { OPENING, OPENING_STORY, type Address } from './address.ts';
import { Arrival } from './arrival.svelte.ts';
import { Compare } from './compare.svelte.ts';
import type { DesignChanges } from './designs.ts';
import { Draft } from './draft.svelte.ts';
import { Edits } from './edits.svelte.ts';
import { Finder } from './finder.svelte.ts';
import { NO_OVERRIDES, type Overrides } from './overrides.ts';
import { traceText } from './opened-trace.ts';
import type { Panel } from './panels.ts';
import { Playback } from './playback.svelte.ts';
import { Run } from './run.svelte.ts';
import { ScenarioView, type ScenarioMode } from './scenario-view.svelte.ts';
import { Sizing } from './sizing.svelte.ts';
import { subjectOfRow } from './lives.ts';
import { markNotice } from './run-mark.ts';
import { EventLog } from '../events/event-log.svelte.ts';
import { EVERYTHING, type EventFilter } from '../events/event-filter.ts';
import { Timeline } from './timeline.svelte.ts';
import { Typing } from './typing.ts';
import { Viewport } from './viewport.svelte.ts';
import { fullestMoment } from '../lanes/whole-run.ts';
import { keepPin } from '../share/keep-pin.ts';
import type { Trace } from '../../sim/trace/index.ts';
import type { OpenedSegment } from '../segment/opened-segment.ts';
import type { PropertyFinding } from '../worker/findings.ts';
import type { WorkerLike } from '../worker/computer.ts';
import type { Example } from '../worker/examples.ts';

export const [getWorkbench, setWorkbench] = createContext<Workbench>();

export class Workbench {
  readonly draft = new Draft();
  readonly playback = new Playback();
  readonly viewport = new Viewport();
  readonly run: Run;
  readonly compare: Compare;
  readonly sizing: Sizing;
  readonly edits: Edits;
  readonly typing: Typing;
  readonly events = new EventLog();
  readonly scenarioView = new ScenarioView();
  readonly timeline = new Timeline(this.viewport, this.playback);
  readonly finder: Finder;
  #selection = $state.raw<Selection>(NOTHING);
  #panel = $state<Panel>('summary');
  /** Where letting go of the selection leads back to. */
  #before: Panel = 'summary';
  #notices = $state.raw<readonly string[]>([]);
  #segment = $state.raw<OpenedSegment | undefined>();
  #marks = $state(0);
  #mapOpen = $state(true);
  readonly #arrival = new Arrival(this.viewport);

  constructor(makeWorker: () => WorkerLike) {
    this.run = new Run(makeWorker, {
      done: (trace) => this.#arrive(trace),
      sketched: (sketch) => {
        if (sketch) this.#arrival.foresee(sketch.scenario.duration);
        else this.#arrival.giveUp(this.run.trace?.endedAt);
      },
      opened: ({ name, text }) => {
        this.openText(text, name);
        const notes = this.run.notes.length;
        if (notes > 0)
          this.notify([`${notes === 1 ? 'One note' : `${notes} notes`} on this file: see the Scenario panel.`]);
      },
      openedTrace: (name) => this.#leaveFor(name),
      unopened: ({ name, reason }) => this.notify([`${name} was not opened: ${reason}.`]),
      pinned: (pin) => this.notify([keepPin(pin)]),
    });
    this.edits = new Edits(this);
    this.typing = new Typing(this);
    this.finder = new Finder(this);
    this.compare = new Compare(makeWorker, this.draft, () => this.mark());
    this.sizing = new Sizing(makeWorker, this);
  }

  /** A run is being computed. */
  get computing(): boolean {
    return this.run.status.kind === 'running';
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

  /** Whether the cluster map is unfolded above the timeline. */
  get mapOpen(): boolean {
    return this.#mapOpen;
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
    const { moment: at, entry: row, span } = this.#arrival.to ?? here;
    return {
      overrides: this.draft.overrides,
      moment: at,
      entry: row,
      span,
      selection: this.#selection,
      map: this.#mapOpen ? undefined : 'closed',
      log: this.#panel === 'events' ? this.events.filter : undefined,
      editor: this.#panel === 'scenario' ? this.scenarioView.linked : undefined,
      compared: this.compare.address,
      sizing: this.sizing.address,
      timeline: this.timeline.address,
    };
  });

  /** The segment of hints that is looked at; undefined: none. */
  get segment(): OpenedSegment | undefined {
    return this.#segment;
  }

  showSegment(segment: OpenedSegment | undefined): void {
    this.#segment = segment;
  }

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

  /** Shows the rows of the event log that pass a filter. */
  showEvents(filter: EventFilter): void {
    this.events.filter = filter;
    this.#panel = 'events';
    this.mark();
  }

  /** Shows the scenario as text, as a form, or both. */
  showScenario(mode: ScenarioMode): void {
    this.scenarioView.mode = mode;
    this.#panel = 'scenario';
    this.mark();
  }

  /** Folds the cluster map, or unfolds it. */
  toggleMap(): void {
    this.#mapOpen = !this.#mapOpen;
    this.mark();
  }

  select(selection: Selection): void {
    const { sketch, trace } = this.run;
    if (sketch && trace && within(trace, selection) !== selection)
      return this.notify(['That can be looked at when its run is computed.']);
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

  /** To the first violation of a property: its instant, its row of the log, and the hint, write or read it happened to. */
  showViolation({ at, event, hint, write }: Pick<PropertyFinding, 'at' | 'event' | 'hint' | 'write'>): void {
    const { trace } = this.run;
    const subject = trace && event !== null ? subjectOfRow(trace, event) : undefined;
    if (subject?.kind === 'read') this.select(subject);
    else if (hint !== null) this.select({ kind: 'hint', hint });
    else if (write !== null) this.select({ kind: 'write', write });
    if (at !== null) this.goTo(at, event ?? undefined);
  }

  /** Pins what the run on screen violates as a file that fails until it is mended, and downloads it. */
  pin(property: string): void {
    this.run.pin({ text: this.draft.text, file: this.draft.source.name, sets: this.draft.sets, property });
  }

  /** Gives a design of the comparison other values; those of the design on the page are those of the form. */
  changeDesign(design: number, changes: DesignChanges): void {
    if (!this.compare.columns.some(({ id, isShown }) => id === design && isShown)) {
      return this.compare.change(design, changes);
    }
    this.edits.remember();
    this.draft.setOverrides({ ...this.draft.overrides, ...changes });
    this.mark();
    this.start();
  }

  /** Shows another design of the comparison, at the example of one of its numbers or else at the same moment. */
  showDesign(design: number, example?: Pick<Example, 'at' | 'entry' | 'selection'>): void {
    const before = this.draft.state;
    const overrides = this.compare.show(design);
    if (!overrides) return;
    this.playback.pause();
    if (example) this.select(example.selection);
    else this.mark();
    if (this.draft.overrides === overrides) return this.goTo(example?.at ?? this.playback.moment, example?.entry);
    this.edits.remember(before);
    this.draft.setOverrides(overrides);
    const { fitted, span } = this.viewport;
    const to = { moment: example?.at ?? this.playback.moment, entry: example?.entry, span: fitted ? undefined : span };
    this.#arrival.goTo(to);
    this.start();
  }

  /** Shows the run of a cell of a sweep, in the place of the sweep. */
  showCell(overrides: Overrides): void {
    this.edits.remember();
    this.draft.setOverrides(overrides);
    this.sizing.leave();
    this.mark();
    this.start();
  }

  /** Runs the story of that name. */
  async pickStory(name: string): Promise<void> {
    const before = this.draft.state;
    const picked = await this.draft.pickStory(name);
    if (picked === 'unknown') this.notify([`The story '${name}' could not be loaded.`]);
    if (picked !== 'picked') return;
    this.edits.remember(before);
    this.run.leaveFile();
    this.#startAnew();
  }

  /** Runs text as a scenario of the user's own. */
  openText(text: string, name: string): void {
    this.edits.remember();
    this.draft.open(text, name);
    this.#startAnew();
  }

  /** Runs the scenario under another system; empty: the one it was written for. */
  pickSystem(name: string): void {
    this.edits.remember();
    this.draft.override('system', name);
    this.mark();
    this.start();
  }

  /** Back to the values of the scenario. */
  clearOverrides(): void {
    this.edits.remember();
    this.draft.setOverrides({ ...NO_OVERRIDES });
    this.mark();
    this.start();
  }

  /** Computes the draft now. */
  start(): void {
    this.typing.leave();
    this.run.start({ text: this.draft.text, file: this.draft.source.name, sets: this.draft.sets });
    this.compare.refresh();
  }

  /** Opens what a link says; `text` is its unpacked scenario where it carries one. */
  async open(address: Address, text: string | undefined): Promise<void> {
    this.playback.pause();
    const before = this.draft.state;
    this.run.leaveFile();
    if (text !== undefined) this.draft.open(text, address.source.kind === 'edit' ? address.source.name : 'scenario');
    else if (address.source.kind === 'story') {
      const picked = await this.draft.pickStory(address.source.name);
      if (picked === 'overtaken') return;
      if (picked === 'unknown') return this.#openInstead(address, address.source.name);
    }
    this.draft.setOverrides(address.overrides);
    const same = this.draft.isAt(before);
    if (!same) this.edits.remember(before);
    this.compare.open(address.compared);
    this.sizing.open(address.sizing);
    this.timeline.restore(address.timeline);
    this.#selection = address.selection;
    if (address.selection.kind !== 'none') this.#panel = 'selection';
    else if (this.#panel === 'selection') this.#panel = 'summary';
    if (address.log) this.#panel = 'events';
    this.events.filter = address.log ?? EVERYTHING;
    if (address.editor) this.#panel = 'scenario';
    if (this.#panel === 'scenario') this.scenarioView.mode = address.editor ?? 'text';
    this.#mapOpen = address.map !== 'closed';
    this.#arrival.goTo(address);
    const trace = this.run.trace;
    if (trace && same && ['done', 'opened'].includes(this.run.status.kind)) this.#arrive(trace);
    else this.start();
    this.compare.refresh();
  }

  #openInstead(address: Address, missing: string): Promise<void> {
    this.notify([...this.#notices, `There is no story called '${missing}'. This is ${OPENING_STORY}.`]);
    return this.open({ ...OPENING, overrides: address.overrides }, undefined);
  }

  /** A saved trace takes the place of the scenario, which undo brings back. */
  #leaveFor(name: string): void {
    this.typing.leave();
    this.edits.remember();
    this.draft.open(traceText(name), name);
    this.draft.setOverrides(NO_OVERRIDES);
    if (this.compare.on) this.compare.toggle();
    this.#clear();
  }

  #startAnew(): void {
    this.#clear();
    this.start();
  }

  /** Forgets what was about the run before. */
  #clear(): void {
    this.timeline.leave();
    this.#notices = [];
    this.#selection = NOTHING;
    if (this.#panel === 'selection') this.#panel = 'summary';
    this.#arrival.goTo(OPENING);
    this.playback.pause();
    this.mark();
  }

  #arrive(trace: Trace): void {
    this.playback.load(trace);
    this.timeline.load(trace);
    const to = this.#arrival.arrive(trace.endedAt);
    const asked = this.#selection;
    this.#selection = within(trace, asked);
    if (!to) return;
    if (this.#selection !== asked) {
      this.notify([...this.#notices, `This run has no ${selectionText(asked)}, which was selected.`]);
      this.#panel = 'summary';
    }
    const { moment, entry, run } = to;
    const madeElsewhere = run ? markNotice(run, trace) : '';
    if (madeElsewhere !== '') this.notify([...this.#notices, madeElsewhere]);
    this.playback.openingSpeed();
    this.playback.seek(moment ?? (this.run.whole ? fullestMoment(this.run.whole) : 0));
    if (entry !== undefined && trace.log.at[entry] === moment) this.playback.seekEntry(entry);
  }
}
