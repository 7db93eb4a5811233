import { waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { AddressBar } from '../../../web/state/address-bar.svelte.ts';
import { parseAddress } from '../../../web/state/address.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

/** A window's location and history, and what was written to them. */
function host(hash = '') {
  const written: { how: 'push' | 'replace'; fragment: string }[] = [];
  const listeners: (() => void)[] = [];
  let frames: (() => void)[] = [];
  const location = { hash };
  const write = (how: 'push' | 'replace') => (_state: unknown, _title: string, url?: string | URL | null) => {
    written.push({ how, fragment: String(url) });
    location.hash = String(url);
  };
  return {
    location,
    history: { pushState: write('push'), replaceState: write('replace') },
    addEventListener: (_type: string, listener: () => void) => void listeners.push(listener),
    requestAnimationFrame: (callback: () => void) => frames.push(callback),
    /** Draws a frame, and lets what waits for it be done. */
    frame: async () => {
      const due = frames;
      frames = [];
      for (const callback of due) callback();
      await new Promise((done) => setTimeout(done, 5));
    },
    written,
    back: (fragment: string) => {
      location.hash = fragment;
      for (const listener of listeners) listener();
    },
  };
}

async function opened(hash = '') {
  const window = host(hash);
  const workbench = benchNow();
  const bar = new AddressBar(window, workbench);
  await bar.read();
  return { window, workbench, bar };
}

test('the URL follows the view once it rests, and a selection is a step of history', async () => {
  const { window, workbench, bar } = await opened();
  bar.follow();
  await waitFor(() => expect(window.written).toHaveLength(1));
  workbench.select({ kind: 'queue', holder: 0, peer: 1 });
  bar.follow();
  await window.frame();
  await waitFor(() => expect(window.written.map(({ how }) => how)).toEqual(['replace', 'push']));
  expect(parseAddress(window.location.hash).address.selection).toEqual({ kind: 'queue', holder: 0, peer: 1 });
});

test('a step of history is written once it is on screen, and each of two in a row is one', async () => {
  const { window, workbench, bar } = await opened();
  bar.follow();
  await waitFor(() => expect(window.written).toHaveLength(1));
  for (const peer of [1, 2]) {
    workbench.select({ kind: 'queue', holder: 0, peer });
    bar.follow();
  }
  await new Promise((done) => setTimeout(done, 20));
  expect(window.written).toHaveLength(1);
  await window.frame();
  await waitFor(() => expect(window.written).toHaveLength(3));
  const steps = window.written.map(({ how, fragment }) => [how, parseAddress(fragment).address.selection]);
  expect(steps.slice(1)).toEqual([
    ['push', { kind: 'queue', holder: 0, peer: 1 }],
    ['push', { kind: 'queue', holder: 0, peer: 2 }],
  ]);
});

test('a step that is not on screen yet is not written when another address is opened meanwhile', async () => {
  const { window, workbench, bar } = await opened('#v=1&story=single-outage&at=5000000');
  workbench.select({ kind: 'hint', hint: 3 });
  bar.follow();
  window.back('#v=1&story=single-outage&at=7000000');
  await window.frame();
  await waitFor(() => expect(workbench.playback.moment).toBe(7_000_000));
  expect(window.written).toEqual([]);
});

test('going back opens what was there before', async () => {
  const { window, workbench } = await opened('#v=1&story=single-outage&at=5000000');
  workbench.select({ kind: 'hint', hint: 3 });
  window.back('#v=1&story=single-outage&at=7000000');
  await waitFor(() => expect(workbench.playback.moment).toBe(7_000_000));
  expect(workbench.selection.kind).toBe('none');
});

test('text of the user travels in the link and comes back out of it', async () => {
  const { window, workbench, bar } = await opened();
  workbench.openText(SMALL, 'small');
  bar.follow();
  await window.frame();
  await waitFor(() => expect(window.location.hash).toContain('text='));
  const again = await opened(window.location.hash);
  expect(again.workbench.draft.text).toBe(SMALL);
  expect(again.workbench.run.trace?.digest).toBe(workbench.run.trace?.digest);
});

test('a link whose text is broken says so and opens the first story', async () => {
  const { workbench } = await opened('#v=1&text=AAAA');
  expect(workbench.notices[0]).toContain('broken');
  expect(workbench.run.trace?.scenario.name).toBe('single-outage');
});
