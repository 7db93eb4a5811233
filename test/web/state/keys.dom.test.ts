import { expect, test } from 'vitest';
import { handleKey, KEY_BINDINGS } from '../../../web/state/keys.ts';
import { ThemeState } from '../../../web/state/theme.svelte.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

function pressing() {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  let sheets = 0;
  const above = { palettes: 0, prints: 0 };
  const context = {
    workbench,
    theme: new ThemeState(),
    showKeys: () => sheets++,
    showPalette: () => above.palettes++,
    print: () => above.prints++,
  };
  const press = (key: string, init: KeyboardEventInit & { on?: Element } = {}) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
    (init.on ?? document.body).addEventListener('keydown', () => handleKey(event, context), { once: true });
    (init.on ?? document.body).dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { workbench, press, sheets: () => sheets, above };
}

test('space plays and pauses, and arrows step either way', () => {
  const { workbench, press } = pressing();
  press(' ');
  expect(workbench.playback.playing).toBe(true);
  press(' ');
  expect(workbench.playback.playing).toBe(false);
  const { entry } = workbench.playback;
  press('ArrowRight');
  expect(workbench.playback.entry).toBe(entry + 1);
  press('ArrowLeft');
  expect(workbench.playback.entry).toBe(entry);
});

test('home, end, zoom, pan and fit move what they say', () => {
  const { workbench, press } = pressing();
  press('Home');
  expect(workbench.playback.moment).toBe(0);
  press('End');
  expect(workbench.playback.moment).toBe(60_000_000);
  press('+');
  const { span } = workbench.viewport;
  expect(span).toEqual({ from: 24_000_000, until: 60_000_000 });
  press(',');
  expect(workbench.viewport.span.from).toBe(15_000_000);
  press('0');
  expect(workbench.viewport.fitted).toBe(true);
});

test('a field keeps its keys, and a button keeps space', () => {
  const { workbench, press } = pressing();
  const field = document.createElement('textarea');
  const button = document.createElement('button');
  document.body.append(field, button);
  expect(press('Home', { on: field })).toBe(false);
  expect(press(' ', { on: button })).toBe(false);
  expect(workbench.playback.playing).toBe(false);
  expect(press('Home', { on: button })).toBe(true);
});

test('keys with ctrl, alt or meta belong to the browser', () => {
  const { press } = pressing();
  expect([press('+', { ctrlKey: true }), press('ArrowLeft', { altKey: true }), press('f', { metaKey: true })]).toEqual([
    false,
    false,
    false,
  ]);
});

test('no two lines of the sheet claim the same key', () => {
  const keys = KEY_BINDINGS.flatMap((binding) => binding.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

test('the question mark opens the sheet', () => {
  const { press, sheets } = pressing();
  press('?', { shiftKey: true });
  expect(sheets()).toBe(1);
});
