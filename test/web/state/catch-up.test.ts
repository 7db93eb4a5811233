import { expect, test } from 'vitest';
import { CatchUp } from '../../../web/state/catch-up.ts';

/** A window whose time is moved by hand: `rest` lets the timer end, `frame` runs what waits for a frame. */
function host() {
  let timer: (() => void) | undefined;
  let frames: (() => void)[] = [];
  return {
    setTimeout: (callback: () => void) => ((timer = callback), 1),
    clearTimeout: () => void (timer = undefined),
    requestAnimationFrame: (callback: () => void) => frames.push(callback),
    rest(): boolean {
      const due = timer;
      timer = undefined;
      due?.();
      return due !== undefined;
    },
    frame(): boolean {
      const due = frames;
      frames = [];
      for (const callback of due) callback();
      return due.length > 0;
    },
  };
}

/** Ten followers that write down who followed. */
function ten() {
  const window = host();
  const catchUp = new CatchUp(window);
  const followed: number[] = [];
  const leave = Array.from({ length: 10 }, (_, who) => catchUp.join(() => void followed.push(who)));
  return { window, catchUp, followed, leave };
}

test('nobody follows while something moves, and after a rest everybody does, a few in each frame', () => {
  const { window, catchUp, followed } = ten();
  for (let move = 0; move < 3; move++) catchUp.moved();
  expect(followed).toEqual([]);
  window.rest();
  const slices = [followed.length];
  while (window.frame()) slices.push(followed.length);
  expect(followed).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(slices).toEqual([3, 6, 9, 10]);
  expect(window.rest()).toBe(false);
});

test('a move in between sends everybody back to waiting', () => {
  const { window, catchUp, followed } = ten();
  window.rest();
  catchUp.moved();
  while (window.frame());
  expect(followed).toEqual([0, 1, 2]);
  window.rest();
  while (window.frame());
  expect(followed.slice(3)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('who left is not called, even if it was about to be', () => {
  const { window, followed, leave } = ten();
  leave[2]?.();
  window.rest();
  leave[7]?.();
  while (window.frame());
  expect(followed).toEqual([0, 1, 3, 4, 5, 6, 8, 9]);
});

test('who joins later follows without a move', () => {
  const { window, catchUp } = ten();
  window.rest();
  while (window.frame());
  let called = 0;
  catchUp.join(() => called++);
  expect(window.rest()).toBe(true);
  while (window.frame());
  expect(called).toBe(1);
});
