import { expect, test } from 'vitest';
import { FrameLoop } from '../../../web/state/frame-loop.ts';

/** Frames on demand: `tick(now)` runs what was asked for. */
function host() {
  let waiting: ((now: number) => void)[] = [];
  return {
    requestAnimationFrame: (callback: (now: number) => void) => waiting.push(callback),
    tick(now: number): number {
      const due = waiting;
      waiting = [];
      for (const callback of due) callback(now);
      return due.length;
    },
  };
}

test('each owner is painted once a frame, with the last it asked for, after time has advanced', () => {
  const frames = host();
  const loop = new FrameLoop(frames);
  const log: string[] = [];
  loop.onAdvance(() => (log.push('advance'), false));
  const [a, b] = [{}, {}];
  loop.paint(a, () => log.push('a, old'));
  loop.paint(b, () => log.push('b'));
  loop.paint(a, () => log.push('a'));
  expect(frames.tick(0)).toBe(1);
  expect(log).toEqual(['advance', 'a', 'b']);
});

test('nothing runs while nothing plays and nothing is to be painted', () => {
  const frames = host();
  const loop = new FrameLoop(frames);
  loop.wake();
  frames.tick(0);
  expect(frames.tick(16)).toBe(0);
});

test('a long frame counts as fifty milliseconds, and the first as none', () => {
  const frames = host();
  const loop = new FrameLoop(frames);
  const spans: number[] = [];
  loop.onAdvance((millis) => spans.push(millis) < 4);
  loop.wake();
  for (const now of [1_000, 1_016, 9_000, 9_020]) frames.tick(now);
  expect(spans).toEqual([0, 16, 50, 20]);
});

test('after a rest the time that passed does not count', () => {
  const frames = host();
  const loop = new FrameLoop(frames);
  const spans: number[] = [];
  loop.onAdvance((millis) => (spans.push(millis), false));
  loop.wake();
  frames.tick(100);
  loop.wake();
  frames.tick(5_000);
  expect(spans).toEqual([0, 0]);
});

test('what was dropped is not painted', () => {
  const frames = host();
  const loop = new FrameLoop(frames);
  const owner = {};
  let painted = 0;
  loop.paint(owner, () => painted++);
  loop.drop(owner);
  frames.tick(0);
  expect(painted).toBe(0);
});
