import { expect, test } from 'vitest';
import { laneGroups } from '../../../web/lanes/groups.ts';
import { readingOf } from '../../../web/lanes/reading.ts';
import { laneTable, MOST_ROWS } from '../../../web/lanes/table.ts';
import type { Lane } from '../../../web/lanes/lane.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const trace = buildTrace({
  ttl: 1_000,
  maxBytes: 400,
  endedAt: 1_000,
  hints: [
    { holder: 'a', peer: 'b', storedAt: 100, bytes: 100 },
    { holder: 'a', peer: 'b', storedAt: 200, bytes: 200 },
  ],
  outages: [{ node: 'b', from: 50, until: 600 }],
  beliefs: [{ observer: 'a', peer: 'b', from: 80, until: 700 }],
});
const span = { from: 0, until: 1_000 };

function lane(id: string, of = trace): Lane {
  const found = laneGroups(of)
    .flatMap(({ lanes }) => lanes)
    .find((each) => each.id === id);
  if (!found) throw new Error(`no lane ${id}`);
  return found;
}

test('lanes come in the order nodes, beliefs, queues, bytes, expiries, clients, staleness, links', () => {
  expect(laneGroups(trace).map(({ kind, lanes }) => [kind, lanes.map(({ label }) => label)])).toEqual([
    ['nodes', ['a', 'b', 'c']],
    ['beliefs', ['a believes', 'c believes']],
    ['queues', ['a → b']],
    ['stores', ['a']],
    ['expiries', ['expired']],
    ['clients', ['outcomes', 'latency']],
    ['stale', []], // this run records no single messages
    ['links', []],
  ]);
});

test('a run without hints says so, and a run at level counters says why', () => {
  const emptyOf = (level: 'hints' | 'counters') =>
    laneGroups(buildTrace({ level })).find(({ kind }) => kind === 'queues')?.empty;
  expect(emptyOf('hints')).toBe('No hint was stored in this run.');
  expect(emptyOf('counters')).toContain('record: hints');
});

test('a node lane reads fact and beliefs apart', () => {
  expect(['a', 'b', 'c'].map((_, i) => readingOf(lane(`node.${i}`), trace, 60).now)).toEqual(['up', 'down', 'up']);
  expect(readingOf(lane('node.1'), trace, 90).now).toBe('down · 1 of 2 say Down');
  expect(readingOf(lane('node.1'), trace, 650).now).toBe('up · 1 of 2 say Down');
});

test('a queue lane reads depth and age, a store lane bytes and share of the cap', () => {
  expect(readingOf(lane('queue.0.1'), trace, 600)).toEqual({ now: '2 · oldest 500µs', scale: 'peak 2' });
  expect(readingOf(lane('store.0'), trace, 600)).toEqual({ now: '300 B · 75.0% of cap', scale: 'cap 400 B' });
  expect(readingOf(lane('expiry'), trace, 600).now).toBe('0 · 2 due');
});

test('a table begins with the value that holds when the span begins', () => {
  expect(laneTable(lane('queue.0.1'), trace, { from: 150, until: 1_000 }, 0).rows).toEqual([
    ['0.000100s', '1'],
    ['0.000200s', '2'],
  ]);
});

test('the table of a node tells outages and beliefs in order', () => {
  expect(laneTable(lane('node.1'), trace, span, 0).rows.map((row) => row[2])).toEqual(['down', 'taken for Down by a']);
});

test('the table of expiries tells the past from the horizon', () => {
  const { rows } = laneTable(lane('expiry'), trace, span, 600);
  expect(rows.at(-1)).toEqual(['0.001200s', '2', 'will, unless drained']);
});

test('a long table is cut, and says how much is missing', () => {
  const many = buildTrace({
    hints: Array.from({ length: MOST_ROWS + 30 }, (_, i) => ({ holder: 'a', peer: 'b', storedAt: i + 1 })),
  });
  const { rows, cut } = laneTable(lane('queue.0.1', many), many, span, 0);
  expect([rows.length, cut]).toEqual([MOST_ROWS, 30]);
});

test('a cap per peer is named beside the bytes of a node, and not held against them', () => {
  const perPeer = buildTrace({
    maxBytes: 100,
    hintPolicy: { capScope: 'peer' },
    hints: (['b', 'c'] as const).map((peer) => ({ holder: 'a', peer, storedAt: 100, bytes: 80 })),
  });
  expect(readingOf(lane('store.0', perPeer), perPeer, 100)).toEqual({
    now: '160 B',
    scale: 'cap 100 B per peer · peak 160 B',
  });
});
