import { describe, expect, it } from 'vitest';
import { replicaStaleness, staleReads } from '../../../../sim/trace/queries/staleness.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

const both = [
  { replica: 'a', route: 'direct' },
  { replica: 'b', route: 'hinted', hint: 0 },
] as const;
const writeOf = (at: number, key: number): NonNullable<TraceRows['writes']>[number] => ({
  ...{ at, coordinator: 'a', key, outcome: 'acked', resolvedAt: at + 10, copies: both },
});

/** Writes 0 and 1 of key 1, write 2 of key 2, each acknowledged 10 after its issue; a has them by then. */
const rows: TraceRows = {
  ...{ level: 'full', nodes: ['a', 'b'], endedAt: 1_000 },
  hints: [0, 1, 2].map((write) => ({ holder: 'a', peer: 'b', storedAt: 100 * write, write })),
  writes: [writeOf(0, 1), writeOf(100, 1), writeOf(200, 2)],
};
const onA = [0, 1, 2].flatMap((write) => [
  { at: 100 * write + 5, kind: 'copyApplied', node: 'a', peer: 'a', subject: write } as const,
  { at: 100 * write + 10, kind: 'writeAcked', node: 'a', subject: write } as const,
]);
const onB = (at: number, hint: number): NonNullable<TraceRows['log']>[number] => ({
  ...{ at, kind: 'hintApplied', node: 'b', peer: 'a', subject: hint },
});
const none = { behind: 0, keyTime: 0, spans: 0, longest: 0, mostWrites: 0, keysBehindAtEnd: 0 };

describe('replicaStaleness', () => {
  it('measures how long and by how many writes a replica was behind, per key and together', () => {
    // b is behind in key 1 from 10 to 310 (by two writes from 110 on), and in key 2 from 210 to 400.
    const log = [...onA, onB(300, 0), onB(310, 1), onB(400, 2)];
    expect(replicaStaleness(buildTrace({ ...rows, log }))).toEqual([
      { replica: 0, ...none },
      { replica: 1, behind: 390, keyTime: 490, spans: 2, longest: 300, mostWrites: 2, keysBehindAtEnd: 0 },
    ]);
  });

  it('counts up to the end of the run where nothing came', () => {
    expect(replicaStaleness(buildTrace({ ...rows, log: onA }))[1]).toEqual({
      ...{ replica: 1, behind: 990, keyTime: 990 + 790, spans: 2, longest: 990, mostWrites: 2, keysBehindAtEnd: 2 },
    });
  });

  it('sees a late hint put a replica behind again, and an ignored one not', () => {
    // Key 1 catches up at 310; the older write comes once more at 500, and the last arrival wins.
    const again = [...onA, onB(310, 1), onB(400, 2), onB(500, 0)];
    expect(replicaStaleness(buildTrace({ ...rows, log: again }))[1]).toMatchObject({
      ...{ behind: 390 + 500, spans: 3, keysBehindAtEnd: 1 },
    });
    const ignored = again.map((row) => (row.at === 500 ? ({ ...row, kind: 'hintIgnored' } as const) : row));
    expect(replicaStaleness(buildTrace({ ...rows, log: ignored }))[1]).toMatchObject({ behind: 390, spans: 2 });
  });

  it('leaves increments out', () => {
    const writes = (rows.writes ?? []).map((write) => ({ ...write, operation: 'increment' }) as const);
    expect(replicaStaleness(buildTrace({ ...rows, writes, log: onA }))[1]).toEqual({ replica: 1, ...none });
  });
});

describe('staleReads', () => {
  it('names the reads that returned less than was acknowledged before', () => {
    const read = { at: 5, coordinator: 'a', outcome: 'acked', resolvedAt: 9 } as const;
    const trace = buildTrace({
      ...rows,
      reads: [
        { ...read, value: 1, newest: 1 },
        { ...read, value: 0, newest: 1 },
        { ...read, newest: 1 },
        { ...read },
        { ...read, value: -5, newest: 1 },
        { ...read, value: 2, newest: 1 },
        { ...read, outcome: 'failed', newest: 1 },
      ],
    });
    expect(staleReads(trace)).toEqual({ answered: 6, stale: Int32Array.of(1, 2) });
  });
});
