/**
 * Every key of the page in one table: what it does, how it is written on the sheet, and the verb it calls.
 */
import type { Workbench } from './workbench.svelte.ts';
import type { ThemeState } from './theme.svelte.ts';

/** What keys act on. */
export interface KeyContext {
  readonly workbench: Workbench;
  readonly theme: ThemeState;
  readonly showKeys: () => void;
  readonly showPalette: () => void;
  readonly print: () => void;
}

/** One line of the sheet. */
export interface KeyBinding {
  /** `KeyboardEvent.key`; with `Shift+` in front where shift matters, and `Ctrl+` (on a Mac: Command) before that. */
  readonly keys: readonly string[];
  readonly shown: readonly string[];
  readonly does: string;
  readonly run: (context: KeyContext) => void;
  /** Fields leave this key to the page. */
  readonly inFields?: true;
}

const ZOOM = 0.6;
const PAN = 0.25;

/** All keys, in the order of the sheet. */
export const KEY_BINDINGS: readonly KeyBinding[] = [
  { keys: [' '], shown: ['Space'], does: 'Play or pause', run: ({ workbench }) => workbench.playback.toggle() },
  { keys: ['ArrowRight'], shown: ['→'], does: 'One event on', run: step((w) => w.playback.stepForward()) },
  { keys: ['ArrowLeft'], shown: ['←'], does: 'One event back', run: step((w) => w.playback.stepBack()) },
  {
    keys: ['Shift+ArrowRight'],
    shown: ['Shift', '→'],
    does: 'To the next crash, return or change of belief',
    run: step((w) => w.playback.jumpForward()),
  },
  {
    keys: ['Shift+ArrowLeft'],
    shown: ['Shift', '←'],
    does: 'To the previous one',
    run: step((w) => w.playback.jumpBack()),
  },
  { keys: ['Home'], shown: ['Home'], does: 'To the start', run: step((w) => w.playback.home()) },
  { keys: ['End'], shown: ['End'], does: 'To the end', run: step((w) => w.playback.toEnd()) },
  { keys: ['r'], shown: ['r'], does: 'Play backwards', run: ({ workbench }) => workbench.playback.toggleBack() },
  { keys: ['n'], shown: ['n'], does: 'Next message', run: ({ workbench }) => workbench.finder.stepMessage('on') },
  { keys: ['p'], shown: ['p'], does: 'Previous message', run: ({ workbench }) => workbench.finder.stepMessage('back') },
  {
    keys: ['N'],
    shown: ['Shift', 'n'],
    does: 'Next change of the selected queue',
    run: ({ workbench }) => workbench.finder.stepQueue('on'),
  },
  {
    keys: ['P'],
    shown: ['Shift', 'p'],
    does: 'Previous one',
    run: ({ workbench }) => workbench.finder.stepQueue('back'),
  },
  {
    keys: ['u'],
    shown: ['u'],
    does: 'Run until the condition holds',
    run: ({ workbench }) => workbench.finder.seek('on'),
  },
  {
    keys: ['U'],
    shown: ['Shift', 'u'],
    does: 'Back to the last time it did',
    run: ({ workbench }) => workbench.finder.seek('back'),
  },
  { keys: ['b'], shown: ['b'], does: 'Mark this moment', run: ({ workbench }) => markMoment(workbench) },
  {
    keys: ['s'],
    shown: ['s'],
    does: 'Brush a stretch from the playhead; again to end it',
    run: ({ workbench }) => workbench.timeline.brushByKey(),
  },
  { keys: ['e'], shown: ['e'], does: 'Axis by event, or even', run: ({ workbench }) => layOut(workbench) },
  { keys: ['['], shown: ['['], does: 'Play slower', run: ({ workbench }) => workbench.playback.slower() },
  { keys: [']'], shown: [']'], does: 'Play faster', run: ({ workbench }) => workbench.playback.faster() },
  {
    keys: ['+', '='],
    shown: ['+'],
    does: 'Zoom in around the playhead',
    run: ({ workbench }) => zoomKey(workbench, ZOOM),
  },
  { keys: ['-', '_'], shown: ['−'], does: 'Zoom out', run: ({ workbench }) => zoomKey(workbench, 1 / ZOOM) },
  { keys: [','], shown: [','], does: 'Pan left', run: ({ workbench }) => panKey(workbench, -PAN) },
  { keys: ['.'], shown: ['.'], does: 'Pan right', run: ({ workbench }) => panKey(workbench, PAN) },
  { keys: ['0', 'f'], shown: ['0'], does: 'Show the whole run', run: ({ workbench }) => workbench.viewport.fit() },
  { keys: ['1'], shown: ['1'], does: 'Summary', run: ({ workbench }) => workbench.show('summary') },
  { keys: ['2'], shown: ['2'], does: 'Properties', run: ({ workbench }) => workbench.show('properties') },
  { keys: ['3'], shown: ['3'], does: 'Selection', run: ({ workbench }) => workbench.show('selection') },
  { keys: ['4'], shown: ['4'], does: 'Scenario text', run: ({ workbench }) => showScenario(workbench, 'text') },
  { keys: ['5'], shown: ['5'], does: 'Event log', run: ({ workbench }) => workbench.show('events') },
  { keys: ['6'], shown: ['6'], does: 'Scenario form', run: ({ workbench }) => showScenario(workbench, 'form') },
  { keys: ['m'], shown: ['m'], does: 'Cluster map: fold or unfold', run: ({ workbench }) => workbench.toggleMap() },
  { keys: ['Escape'], shown: ['Esc'], does: 'Let go of the selection', run: ({ workbench }) => letGo(workbench) },
  {
    keys: ['Ctrl+z'],
    shown: ['Ctrl', 'Z'],
    does: 'Undo a change of the scenario',
    run: ({ workbench }) => workbench.edits.undo(),
  },
  {
    keys: ['Ctrl+Shift+z', 'Ctrl+y'],
    shown: ['Ctrl', 'Y'],
    does: 'Do it again',
    run: ({ workbench }) => workbench.edits.redo(),
  },
  { keys: ['c'], shown: ['c'], does: 'Compare designs', run: ({ workbench }) => workbench.compare.toggle() },
  { keys: ['z'], shown: ['z'], does: 'Size a design', run: ({ workbench }) => workbench.sizing.toggle() },
  { keys: ['t'], shown: ['t'], does: 'Light or dark', run: ({ theme }) => theme.toggle() },
  {
    keys: ['Ctrl+k'],
    shown: ['Ctrl', 'K'],
    does: 'Every command',
    run: ({ showPalette }) => showPalette(),
    inFields: true,
  },
  { keys: ['Ctrl+p'], shown: ['Ctrl', 'P'], does: 'Print the report', run: ({ print }) => print(), inFields: true },
  { keys: ['?'], shown: ['?'], does: 'This sheet', run: ({ showKeys }) => showKeys() },
];

/** Handles a key unless it belongs to the element it was pressed on. */
export function handleKey(event: KeyboardEvent, context: KeyContext): void {
  if (event.defaultPrevented || event.altKey) return;
  const chord = chordOf(event);
  const binding = KEY_BINDINGS.find(({ keys }) => keys.includes(chord));
  if (!binding || keepsKey(event, binding)) return;
  event.preventDefault();
  binding.run(context);
}

/** A key as the table names it: with Ctrl, letters are small and shift is named; without, shift shows in the letter. */
function chordOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  if (ctrlKey || metaKey) return `Ctrl+${shiftKey ? 'Shift+' : ''}${key.toLowerCase()}`;
  return shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

/** Fields keep all keys, things that are pressed keep Space, lists and tabs keep the keys they move by. */
function keepsKey({ target, key }: KeyboardEvent, { inFields }: KeyBinding): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog[open]')) return true;
  if (target.closest('textarea, select, input:not([type=range])')) return inFields !== true;
  if (target.closest('input[type=range]')) return key.startsWith('Arrow') || key === 'Home' || key === 'End';
  return key === ' ' && target.closest('button, summary, a') !== null;
}

/** A move of the playhead that keeps it in view. */
function step(move: (workbench: Workbench) => void): KeyBinding['run'] {
  return ({ workbench }) => {
    move(workbench);
    workbench.viewport.reveal(workbench.playback.moment, 'centre');
  };
}

function zoomKey({ viewport, playback }: Workbench, factor: number): void {
  const { from, until } = viewport.span;
  const inView = playback.moment >= from && playback.moment <= until;
  viewport.zoom(factor, inView ? playback.moment : undefined);
}

function panKey({ viewport }: Workbench, share: number): void {
  viewport.turn(share);
}

function markMoment(workbench: Workbench): void {
  if (workbench.timeline.note(workbench.playback.moment, '')) workbench.mark();
}

/** Shows the scenario so that this way of seeing it is there: alone, unless both are seen already. */
function showScenario(workbench: Workbench, mode: 'text' | 'form'): void {
  workbench.showScenario(workbench.scenarioView.mode === 'both' ? 'both' : mode);
}

function layOut(workbench: Workbench): void {
  workbench.timeline.axis.set(!workbench.timeline.axis.byEvent);
  workbench.mark();
}

function letGo(workbench: Workbench): void {
  if (workbench.timeline.brushed) return workbench.timeline.brush(undefined);
  if (workbench.selection.kind !== 'none') workbench.select({ kind: 'none' });
}
