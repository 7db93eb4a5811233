import { expect, test } from 'vitest';
import { bytes, END_OF_TIME, instant, peerIndex } from '../../../core/index.ts';
import type { Fault } from '../../../sim/scenario/index.ts';
import { faultsByNode, MOST_FAULT_ROWS } from '../../../web/lanes/node-faults.ts';
import { laneGroups } from '../../../web/lanes/groups.ts';
import { landmarks } from '../../../web/lanes/landmarks.ts';
import { readingOf } from '../../../web/lanes/reading.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const [a, b, c] = [peerIndex(0), peerIndex(1), peerIndex(2)];
const span = (from: number, until: number) => ({ from: instant(from), until: instant(until), cause: '' });
const faultsOf = (...faults: Fault[]) => faultsByNode(buildTrace({ endedAt: 1_000, faults }));
const labelsOf = (...faults: Fault[]) => faultsOf(...faults).map((each) => each.map(({ label }) => label));

test('a partition lies on every node of both sides, each naming the other', () => {
  const sides = { kind: 'partition', sources: [a], targets: [b, c] } as const;
  expect(labelsOf({ ...sides, isTwoWay: true, ...span(10, 20) })).toEqual([
    ['cut off from b, c'],
    ['cut off from a'],
    ['cut off from a'],
  ]);
  expect(labelsOf({ ...sides, isTwoWay: false, ...span(10, 20) })).toEqual([
    ['cannot reach b, c'],
    ['cannot hear a'],
    ['cannot hear a'],
  ]);
});

test('a loss lies on both ends of its links, with its share and its way', () => {
  expect(labelsOf({ kind: 'loss', sources: [a], targets: [b], share: 0.015, ...span(10, 20) })).toEqual([
    ['loses 1.5% to b'],
    ['loses 1.5% from a'],
    [],
  ]);
  const all = [a, b, c];
  expect(labelsOf({ kind: 'loss', sources: all, targets: all, share: 1, ...span(10, 20) })[0]).toEqual([
    'loses 100% to and from b, c',
  ]);
});

test('every kind has words of its own, but a plain crash, which is an outage', () => {
  const when = span(10, 20);
  const flap = {
    kind: 'flap',
    node: b,
    up: { kind: 'constant', value: 5 },
    down: { kind: 'constant', value: 5 },
  } as const;
  const labels = labelsOf(
    { kind: 'crash', node: b, power: false, tornBytes: bytes(0), ...when },
    { kind: 'crash', node: b, power: true, tornBytes: bytes(0), ...when },
    { kind: 'crash', node: b, power: false, tornBytes: bytes(6), ...when },
    ...(['stop', 'loading', 'stall', 'diskFull', 'pauseDrain', 'replace', 'collect'] as const).map((kind) => ({
      kind,
      node: b,
      ...when,
    })),
    { kind: 'slow', node: b, factor: 10, ...when },
    { kind: 'clock', node: b, step: -5_000_000, ...when },
    { kind: 'reindex', node: b, order: [c, a, b], ...when },
    { ...flap, what: 'crash', ...when },
    { ...flap, what: 'stall', ...when },
  );
  expect(labels).toEqual([
    [],
    [
      ...['power loss', 'torn write, 6 B', 'graceful stop', 'loading', 'stall', 'hint disk full', 'drain paused'],
      ...['replaced', 'tombstones collected', 'slow ×10', 'clock −5s', 're-indexed', 'flapping', 'flapping: stalls'],
    ],
    [],
  ]);
});

test('what overlaps lies in rows below each other, and a row that is free again is used again', () => {
  const slow = (from: number, until: number): Fault => ({ kind: 'slow', node: b, factor: 2, ...span(from, until) });
  const rows = (...faults: Fault[]) => faultsOf(...faults)[1]?.map(({ row }) => row);
  expect(rows(slow(10, 100), slow(20, 50), slow(50, 60), slow(55, 70), slow(100, 110))).toEqual([0, 1, 1, 2, 0]);
  const many = Array.from({ length: 5 }, (_, i) => slow(10 + i, 100));
  expect(rows(...many)).toEqual([0, 1, 2, 2, 2]);
  expect(MOST_FAULT_ROWS).toBe(3);
});

test('a fault without an end goes to the end of the run, and one beyond it is left out', () => {
  const [, ofB] = faultsOf(
    { kind: 'reindex', node: b, order: [a, b, c], from: instant(400), until: END_OF_TIME, cause: '' },
    { kind: 'slow', node: b, factor: 2, ...span(1_001, 1_002) },
  );
  expect(ofB?.map(({ from, until }) => [from, until])).toEqual([[400, 1_000]]);
});

test('faults make their lane higher, are read at the playhead, and are landmarks', () => {
  const trace = buildTrace({ endedAt: 1_000, faults: [{ kind: 'slow', node: b, factor: 3, ...span(200, 300) }] });
  const [laneOfA, laneOfB] = laneGroups(trace)[0]?.lanes ?? [];
  if (!laneOfA || !laneOfB) throw new Error('every node has a lane');
  expect(laneOfB.height).toBeGreaterThan(laneOfA.height);
  expect(laneOfB.about).toBe('b in dc/b: 0 outages; slow ×3');
  expect([199, 200, 299, 300].map((at) => readingOf(laneOfB, trace, at).now)).toEqual([
    'up',
    'up · slow ×3',
    'up · slow ×3',
    'up',
  ]);
  expect([...landmarks(trace)]).toEqual([200, 300]);
});
