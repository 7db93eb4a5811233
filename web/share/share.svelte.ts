/**
 * Taking a run away: link, report, pictures, one HTML file, paper, and the list kept in this browser. Each verb loads
 * what it needs when it is asked for, and says in a sentence what came of it; nothing leaves the browser.
 */
import { createContext } from 'svelte';
import type { Theme } from '../draw/pen.ts';
import { readTheme } from '../draw/read-theme.ts';
import { TypedAhead } from '../palette/typed-ahead.ts';
import type { Picture } from '../picture/picture.ts';
import type { MenuItem, MenuOffer } from '../state/menu.svelte.ts';
import { tracedFile } from '../state/opened-trace.ts';
import type { ThemeState } from '../state/theme.svelte.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import { STORY_NAMES } from '../stories.ts';
import { isFailure } from '../../sim/check/index.ts';
import type { Trace } from '../../sim/trace/index.ts';
import { linkFragment } from './link.ts';
import type { Reported } from './report.ts';
import { fileName, saveFile } from './save-file.ts';
import type { SavedRun } from './saved-runs.svelte.ts';

/** Reached by context. */
export const [getShare, setShare] = createContext<Share>();

/** What is shown above the page. */
export type ShareDialog = 'saved' | 'palette' | 'glossary';

/** What lies ready for the printer. */
export interface Paper {
  readonly reported: Reported;
  /** SVG documents, top to bottom. */
  readonly pictures: readonly string[];
}

const PICTURE_WIDTH = 1280;
/** Why a saved trace goes into no link, nor into what is made of one. */
const NO_TEXT = 'A link cannot carry a recorded trace: send its file.';
/** Milliseconds that a sentence stays. */
const SAID_FOR = 8_000;

export class Share {
  readonly #workbench: Workbench;
  readonly #theme: ThemeState;
  #said = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #paper = $state.raw<Paper | undefined>();
  /** What was typed while the palette was on its way. */
  readonly ahead = new TypedAhead();
  /** Undefined: none is open. */
  dialog = $state<ShareDialog | undefined>();

  constructor(workbench: Workbench, theme: ThemeState) {
    this.#workbench = workbench;
    this.#theme = theme;
  }

  /** What came of the last verb; empty after a while. */
  get said(): string {
    return this.#said;
  }

  /** What is to be printed; undefined: nothing. */
  get paper(): Paper | undefined {
    return this.#paper;
  }

  /** The verbs as a menu. */
  get offer(): MenuOffer {
    const { run, compare } = this.#workbench;
    const none = run.trace ? {} : { unavailable: 'There is no run yet.' };
    const act = (label: string, verb: () => Promise<void>, not: { unavailable?: string } = none): MenuItem => ({
      kind: 'action',
      label,
      run: () => void verb(),
      ...not,
    });
    const byText = this.#isRecorded ? { unavailable: NO_TEXT } : none;
    const view = compare.comparing ? 'comparison' : 'timeline';
    return {
      label: 'Take this run away',
      items: [
        act('Copy link to exactly this', () => this.copyLink(), byText),
        ...(this.#leansOnStory ? [act('Copy link with the whole scenario', () => this.copyLink(true))] : []),
        act('Copy report as Markdown', () => this.copyReport()),
        act('Download report', () => this.saveReport()),
        { kind: 'divider', label: 'Picture' },
        act(`Download ${view} as SVG`, () => this.savePicture(view, 'svg')),
        act(`Download ${view} as PNG`, () => this.savePicture(view, 'png')),
        act('Download cluster map as SVG', () => this.savePicture('map', 'svg')),
        act('Download cluster map as PNG', () => this.savePicture('map', 'png')),
        { kind: 'divider', label: 'Whole run' },
        act('Download as one HTML file', () => this.saveOneFile(), byText),
        act('Download trace', () => this.saveTrace()),
        act('Print', () => this.print()),
        ...this.#pins,
        act('Keep in this browser', () => this.keep(), byText),
        { kind: 'action', label: 'Runs kept in this browser …', run: () => (this.dialog = 'saved') },
      ],
    };
  }

  /** Says a sentence, for a while. */
  say(sentence: string): void {
    clearTimeout(this.#timer);
    this.#said = sentence;
    this.#timer = setTimeout(() => (this.#said = ''), SAID_FOR);
  }

  /** @param whole the text of an edited story travels as a whole */
  async copyLink(whole = false): Promise<void> {
    const link = await this.#link(whole);
    await this.#copy(link, `Link copied: ${link.length} characters.`);
  }

  async copyReport(): Promise<void> {
    const report = await this.#report();
    if (report !== undefined) await this.#copy(report, 'Report copied as Markdown.');
  }

  async saveReport(): Promise<void> {
    const report = await this.#report();
    if (report !== undefined) this.#save('md', new Blob([report], { type: 'text/markdown' }));
  }

  async savePicture(view: 'timeline' | 'comparison' | 'map', format: 'svg' | 'png'): Promise<void> {
    const { trace } = this.#workbench.run;
    if (!trace) return;
    const files = await import('../picture/picture-files.ts');
    const theme = files.plainTheme(this.#theme.colours);
    const picture = await this.#picture(view, trace, theme);
    if (format === 'svg')
      return this.#save('svg', new Blob([files.svgOf(picture, theme)], { type: 'image/svg+xml' }), view);
    const png = await files.pngOf(picture, theme);
    if (png) this.#save('png', png, view);
    else this.say('This browser could not make a PNG of it; the SVG shows the same.');
  }

  async saveOneFile(): Promise<void> {
    const { ownFiles, oneFile } = await import('./one-file.ts');
    const files = await ownFiles();
    if (!files) return this.say('The page could not read its own files, so it cannot pack itself into one.');
    const address = await linkFragment(this.#workbench, true);
    const page = oneFile(files, address, `${this.#name} · hintlab`);
    this.#save('html', new Blob([page], { type: 'text/html' }));
  }

  /** The recorded run as a file, which the page and other programs open without computing it. */
  async saveTrace(): Promise<void> {
    const { trace } = this.#workbench.run;
    if (!trace) return;
    const { encodeTrace } = await import('../../sim/trace/codec.ts');
    this.#save('trace', new Blob([new Uint8Array(encodeTrace(trace))]));
  }

  /** Lays the report and the pictures ready, and opens the browser's print dialog. */
  async print(): Promise<void> {
    const reported = await this.#reported();
    if (!reported) return;
    const files = await import('../picture/picture-files.ts');
    const light = document.createElement('div');
    light.style.colorScheme = 'light'; // paper is
    document.body.append(light);
    const theme = files.plainTheme(readTheme(light));
    light.remove();
    const views = [this.#workbench.compare.comparing ? 'comparison' : 'timeline', 'map'] as const;
    const pictures = await Promise.all(
      views.map(async (view) => files.svgOf(await this.#picture(view, reported.trace, theme), theme)),
    );
    this.#paper = { reported, pictures };
  }

  /** The printer has what it needs, or was not wanted. */
  printed(): void {
    this.#paper = undefined;
  }

  /** Adds this run to the list in this browser. */
  async keep(): Promise<void> {
    const { SavedRuns } = await import('./saved-runs.svelte.ts');
    const saved = new SavedRuns(() => localStorage);
    const address = await linkFragment(this.#workbench, true);
    saved.add({ name: this.#name, at: Date.now(), digest: this.#workbench.run.trace?.digest ?? '', address });
    this.say(saved.problem === '' ? `${this.#name} is kept in this browser.` : saved.problem);
  }

  /** Opens a kept run, as its link would. */
  openKept({ address }: Pick<SavedRun, 'address'>): void {
    this.dialog = undefined;
    location.hash = address;
  }

  /** What the run violates, each to be pinned; a saved trace has no text for that. */
  get #pins(): readonly MenuItem[] {
    const { findings, status } = this.#workbench.run;
    if (status.kind !== 'done') return [];
    return (findings?.properties ?? []).filter(isFailure).map(({ id }) => ({
      kind: 'action',
      label: `Pin ${id} as a regression`,
      run: () => this.#workbench.pin(id),
    }));
  }

  /** A saved trace is shown, whose scenario has no text. */
  get #isRecorded(): boolean {
    return tracedFile(this.#workbench.draft.text) !== undefined;
  }

  /** An edited story travels as its edit unless the whole is asked for. */
  get #leansOnStory(): boolean {
    const { source } = this.#workbench.draft;
    return source.kind === 'text' && STORY_NAMES.includes(source.name);
  }

  get #name(): string {
    return this.#workbench.run.trace?.scenario.name ?? this.#workbench.draft.source.name;
  }

  async #link(whole = false): Promise<string> {
    const [page = ''] = location.href.split('#');
    return page + (await linkFragment(this.#workbench, whole));
  }

  async #reported(): Promise<Reported | undefined> {
    const { run, draft, compare } = this.#workbench;
    if (!run.trace || !run.findings) {
      this.say(run.trace ? 'The run is still being checked: ask again in a moment.' : 'There is no run yet.');
      return undefined;
    }
    const { outcomeRows } = await import('../state/outcome-rows.ts');
    const base = {
      trace: run.trace,
      findings: run.findings,
      text: draft.text,
      sets: draft.sets,
      link: this.#isRecorded ? undefined : await this.#link(),
    };
    if (!compare.comparing) return base;
    const designs = compare.columns.map(({ letter, name }) => `${letter}: ${name}`);
    const groups = outcomeRows(
      compare.columns.map(({ study }) => study),
      { onlyDifferences: true, order: { by: 'name' } },
    );
    const rows = groups.flatMap((group) =>
      group.rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)]),
    );
    return { ...base, compared: { designs, rows } };
  }

  async #report(): Promise<string | undefined> {
    const [reported, { reportMarkdown }] = await Promise.all([this.#reported(), import('./report.ts')]);
    return reported && reportMarkdown(reported);
  }

  async #picture(view: 'timeline' | 'comparison' | 'map', trace: Trace, theme: Theme): Promise<Picture> {
    if (view === 'map')
      return (await import('../picture/map-picture.ts')).mapPicture(this.#workbench, trace, PICTURE_WIDTH, theme);
    const { comparisonPicture, timelinePicture } = await import('../picture/lane-pictures.ts');
    const draw = view === 'comparison' ? comparisonPicture : timelinePicture;
    return draw(this.#workbench, trace, PICTURE_WIDTH, theme);
  }

  async #copy(text: string, said: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.say(said);
    } catch {
      // No clipboard here: what was to be copied is shown, to be copied by hand.
      this.#workbench.notify([`This browser lets the page copy nothing. Here it is: ${text}`]);
    }
  }

  #save(ending: string, content: Blob, view = ''): void {
    const name = fileName([this.#name, view], ending);
    saveFile(name, content);
    this.say(`${name} is saved.`);
  }
}
