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
}

/** One line of the sheet. */
export interface KeyBinding {
  /** `KeyboardEvent.key`; with `Shift+` in front where shift matters. */
  readonly keys: readonly string[];
  readonly shown: readonly string[];
  readonly does: string;
  readonly run: (context: KeyContext) => void;
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
  { keys: ['4'], shown: ['4'], does: 'Scenario text', run: ({ workbench }) => workbench.show('scenario') },
  { keys: ['Escape'], shown: ['Esc'], does: 'Let go of the selection', run: ({ workbench }) => letGo(workbench) },
  { keys: ['t'], shown: ['t'], does: 'Light or dark', run: ({ theme }) => theme.toggle() },
  { keys: ['?'], shown: ['?'], does: 'This sheet', run: ({ showKeys }) => showKeys() },
];

/** Handles a key unless it belongs to the element it was pressed on. */
export function handleKey(event: KeyboardEvent, context: KeyContext): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keepsKey(event)) return;
  const shifted = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
  const binding = KEY_BINDINGS.find(({ keys }) => keys.includes(shifted));
  if (!binding) return;
  event.preventDefault();
  binding.run(context);
}

/** Fields keep all keys, things that are pressed keep Space, lists and tabs keep the keys they move by. */
function keepsKey({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('textarea, select, input:not([type=range]), dialog[open]')) return true;
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
  viewport.zoom(factor, inView ? playback.moment : (from + until) / 2);
}

function panKey({ viewport }: Workbench, share: number): void {
  viewport.pan((viewport.span.until - viewport.span.from) * share);
}

function letGo(workbench: Workbench): void {
  if (workbench.selection.kind !== 'none') workbench.select({ kind: 'none' });
}
