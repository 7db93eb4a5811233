import { expect, test } from 'vitest';
import { describeEntry, entryAt } from '../../../sim/trace/index.ts';
import { Captions } from '../../../web/state/caption.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const logged = buildTrace({
  level: 'full',
  log: [
    { at: 100, kind: 'crashed', node: 'b' },
    { at: 200, kind: 'heartbeat', node: 'a', peer: 'c' },
    { at: 300, kind: 'sweep', node: 'a' },
  ],
});

test('at a moment the caption is the last thing that matters, not the last heartbeat', () => {
  expect(new Captions(logged).at(350, entryAt(logged, 350), false)).toEqual({
    at: 100,
    text: describeEntry(logged, 0),
    entry: 0,
  });
});

test('stepped onto, a heartbeat is told like any other event', () => {
  expect(new Captions(logged).at(200, 1, true)).toEqual({ at: 200, text: describeEntry(logged, 1), entry: 1 });
});

test('before anything happened the caption says so', () => {
  expect(new Captions(logged).at(50, -1, false).at).toBe(0);
});

test('without a log the last outage or belief is told', () => {
  const captions = new Captions(
    buildTrace({
      outages: [{ node: 'b', from: 100, until: 500 }],
      beliefs: [{ observer: 'a', peer: 'b', from: 120, until: 510 }],
    }),
  );
  expect(captions.at(110, -1, false)).toEqual({ at: 100, text: 'b went down.' });
  expect(captions.at(300, -1, false).text).toContain('a took b for Down');
  expect(captions.at(505, -1, false)).toEqual({ at: 500, text: 'b came back.' });
});
