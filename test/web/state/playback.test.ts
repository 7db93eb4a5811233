import { expect, test } from 'vitest';
import { NONE } from '../../../sim/trace/index.ts';
import { Playback, SPEEDS } from '../../../web/state/playback.svelte.ts';
import { buildTrace, type TraceRows } from '../../support/trace-builder.ts';

/** Three rows, two of them at one instant. */
const LOGGED: TraceRows = {
  level: 'full',
  endedAt: 1_000,
  log: [
    { at: 100, kind: 'crashed', node: 'b' },
    { at: 300, kind: 'believedDown', node: 'a', peer: 'b' },
    { at: 300, kind: 'believedDown', node: 'c', peer: 'b' },
  ],
  outages: [{ node: 'b', from: 100, until: 700 }],
  beliefs: [{ observer: 'a', peer: 'b', from: 300, until: 720 }],
};

function playing(rows: TraceRows): Playback {
  const playback = new Playback();
  playback.load(buildTrace(rows));
  return playback;
}

test('stepping on visits every row of the log, also two at one instant, and stops at the last', () => {
  const playback = playing(LOGGED);
  const seen = [0, 1, 2, 3].map(() => {
    playback.stepForward();
    return [playback.entry, playback.moment];
  });
  expect(seen).toEqual([
    [0, 100],
    [1, 300],
    [2, 300],
    [2, 300],
  ]);
});

test('stepping back visits the same rows the other way, down to the start of the run', () => {
  const playback = playing(LOGGED);
  playback.seek(500);
  expect(playback.entry).toBe(2);
  const seen = [0, 1, 2, 3].map(() => {
    playback.stepBack();
    return [playback.entry, playback.moment];
  });
  expect(seen).toEqual([
    [1, 300],
    [0, 100],
    [NONE, 0],
    [NONE, 0],
  ]);
});

test('without a log a step goes to the next instant at which anything recorded changed', () => {
  const playback = playing({ ...LOGGED, level: 'hints', log: [], hints: [{ holder: 'a', peer: 'b', storedAt: 450 }] });
  const seen = [0, 1, 2, 3, 4, 5].map(() => {
    playback.stepForward();
    return playback.moment;
  });
  expect(seen).toEqual([100, 300, 450, 700, 720, 1_000]);
  playback.stepBack();
  expect(playback.moment).toBe(720);
});

test('a jump goes to the next crash, return or change of belief', () => {
  const playback = playing(LOGGED);
  playback.seek(300);
  playback.jumpForward();
  expect(playback.moment).toBe(700);
  playback.jumpBack();
  expect(playback.moment).toBe(300);
});

test('playing moves by real time times the speed, and stops at the end', () => {
  const playback = playing({ endedAt: 100_000_000 });
  playback.setSpeed(SPEEDS.indexOf(2_000_000));
  playback.play();
  expect(playback.advance(50)).toBe(true);
  expect(playback.moment).toBe(100_000);
  playback.seek(99_950_000);
  expect(playback.advance(50)).toBe(false);
  expect([playback.moment, playback.playing]).toEqual([100_000_000, false]);
});

test('at the slowest speed a frame is a fraction of a microsecond, and fractions add up', () => {
  const playback = playing({ endedAt: 1_000 });
  playback.setSpeed(0);
  playback.play();
  for (let frame = 0; frame < 40; frame++) playback.advance(25);
  expect(playback.moment).toBe(10);
});

test('playing from the end begins anew', () => {
  const playback = playing({ endedAt: 500 });
  playback.toEnd();
  playback.play();
  expect(playback.moment).toBe(0);
});

test('a run opens at a speed that plays it in about half a minute', () => {
  const playback = playing({ endedAt: 900_000_000 });
  playback.openingSpeed();
  expect(playback.speed).toBe(30_000_000);
});

test('a moment stays within the run, also when a shorter run arrives', () => {
  const playback = playing({ endedAt: 1_000 });
  playback.seek(5_000);
  expect(playback.moment).toBe(1_000);
  playback.load(buildTrace({ endedAt: 400 }));
  expect(playback.moment).toBe(400);
});

test('speeds have two ends', () => {
  const playback = playing({});
  playback.setSpeed(0);
  playback.slower();
  expect(playback.speed).toBe(10);
  playback.setSpeed(1_000);
  playback.faster();
  expect(playback.speed).toBe(100 * 86_400_000_000);
});

test('playing backwards is playing, down to the start', () => {
  const playback = playing({ endedAt: 100_000_000 });
  playback.setSpeed(SPEEDS.indexOf(1_000_000));
  playback.seek(150_000);
  playback.playBack();
  expect(playback.advance(100)).toBe(true);
  expect([playback.moment, playback.backwards]).toEqual([50_000, true]);
  expect(playback.advance(100)).toBe(false);
  expect([playback.moment, playback.playing]).toEqual([0, false]);
  playback.playBack();
  expect(playback.moment).toBe(100_000_000);
});

test('by event a wait of a day takes as long as a flight of a millisecond', () => {
  const day = 86_400_000_000;
  const playback = playing({ endedAt: day + 1_000 });
  playback.setMapping(Float64Array.of(0, 1_000, day, day + 1_000));
  playback.setSpeed(0); // an event a second
  playback.play();
  const seen = [0, 1, 2, 3].map(() => {
    for (let frame = 0; frame < 4; frame++) playback.advance(250);
    return playback.moment;
  });
  expect(seen).toEqual([1_000, day, day + 1_000, day + 1_000]);
  playback.playBack();
  playback.advance(500);
  expect(playback.moment).toBe(day + 500);
});

test('by event and between two events a microsecond apart, fractions add up either way', () => {
  const playback = playing({ endedAt: 3 });
  playback.setMapping(Float64Array.of(0, 1, 2, 3));
  playback.setSpeed(0);
  playback.play();
  for (let frame = 0; frame < 40; frame++) playback.advance(50);
  expect(playback.moment).toBe(2);
  playback.playBack();
  for (let frame = 0; frame < 41; frame++) playback.advance(25);
  expect(playback.moment).toBe(1);
});
