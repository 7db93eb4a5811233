/**
 * Lanes near the screen are whole and follow the playhead at once; those far from it are a name and a value, which follow
 * when the playhead rests.
 */
import { render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Timeline from '../../../web/views/Timeline.svelte';
import Bench from '../../support/Bench.svelte';
import { benchNow, SMALL } from '../../support/bench.ts';

/** What every observer in the page is told: nothing is laid out here, so nothing is on a screen by itself. */
const observers = new Set<{ readonly tell: (isIntersecting: boolean) => void }>();

beforeEach(() => {
  observers.clear();
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly tell: (isIntersecting: boolean) => void;
      constructor(callback: (entries: readonly { isIntersecting: boolean }[]) => void) {
        this.tell = (isIntersecting) => callback([{ isIntersecting }]);
        observers.add(this);
      }
      observe(): void {}
      disconnect(): void {
        observers.delete(this);
      }
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

/** The lane of node b, which is down from 10 s to 15 s. */
const laneOfB = () => document.querySelector('.lane[data-node="1"]');

function shown() {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  render(Bench, { workbench, view: Timeline });
  const tell = (isNear: boolean) => [...observers].forEach((observer) => observer.tell(isNear));
  return { workbench, tell };
}

test('a lane far from the screen says where it was until the playhead rests, and is no picture', async () => {
  const { workbench } = shown();
  workbench.playback.seek(5_000_000);
  await waitFor(() => expect(laneOfB()?.textContent).toMatch(/up/));
  workbench.playback.seek(12_000_000);
  await Promise.resolve();
  expect(laneOfB()?.textContent).toMatch(/up/);
  await waitFor(() => expect(laneOfB()?.textContent).toMatch(/down/));
  expect(laneOfB()?.querySelector('canvas')).toBeNull();
  expect(screen.getByRole('button', { name: 'b' })).toBeDefined();
});

test('a lane near the screen is a picture and a table, and follows at once', async () => {
  const { workbench, tell } = shown();
  tell(true);
  await waitFor(() => expect(laneOfB()?.querySelector('canvas')).not.toBeNull());
  expect(laneOfB()?.querySelector('summary')).not.toBeNull();
  workbench.playback.seek(5_000_000);
  await Promise.resolve();
  expect(laneOfB()?.textContent).toMatch(/up/);
  workbench.playback.seek(12_000_000);
  await Promise.resolve();
  expect(laneOfB()?.textContent).toMatch(/down/);
});

test('a lane that has the focus stays whole when it is scrolled away', async () => {
  const { tell } = shown();
  tell(true);
  await waitFor(() => expect(laneOfB()?.querySelector('summary')).not.toBeNull());
  screen.getByRole('button', { name: 'b' }).focus();
  tell(false);
  await Promise.resolve();
  expect(laneOfB()?.querySelector('canvas')).not.toBeNull();
  screen.getByRole('button', { name: 'b' }).blur();
  tell(false);
  await waitFor(() => expect(laneOfB()?.querySelector('canvas')).toBeNull());
});
