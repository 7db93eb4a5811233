/** A tape and the tables that are made of it: what was written comes back, over gaps, pieces and flags of any kind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, instant } from '../../../core/units.ts';
import { LOG } from '../../../sim/trace/log-codes.ts';
import { playTape } from '../../../sim/trace/play-tape.ts';
import { Recorder } from '../../../sim/trace/recorder.ts';
import { Tape, TAPE } from '../../../sim/trace/tape.ts';
import { LOG_KINDS, NOBODY, NONE } from '../../../sim/trace/trace.ts';
import type { EventLog } from '../../../sim/trace/trace.ts';
import { Reach } from '../../support/reach.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** Kinds that are about no write, copy or read. */
const PLAIN = [LOG.sweep, LOG.heartbeat, LOG.believedDown, LOG.hintShipped, LOG.hintLost, LOG.strayIgnored] as const;

function logOf(tape: Tape): EventLog {
  const rows = { writes: 0, copies: 0, reads: 0, log: tape.entries };
  return playTape(tape.pieces(), rows, new Int32Array(0)).log;
}

function rowsOf({ at, kind, node, peer, subject }: EventLog) {
  return [...at].map((time, row) => [time, kind[row], node[row], peer[row], subject[row]]);
}

describe('a tape', () => {
  it('has codes of its own beside the kinds of the log, within six bits', () => {
    const own = Object.values(TAPE);
    expect(new Set(own).size).toBe(own.length);
    expect(Math.min(...own)).toBe(TAPE.planned);
    expect(TAPE.planned).toBeGreaterThanOrEqual(LOG_KINDS.length);
    expect(Math.max(...own)).toBeLessThan(64);
  });

  it('gives back every row, over gaps of any length', () => {
    const reach = new Reach<'long gap' | 'gap beyond 32 bits' | 'no gap'>();
    const rowOf = fc.tuple(
      fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 67_108_860, max: 67_108_868 }),
        fc.integer({ min: 2 ** 32, max: 2 ** 45 }),
      ),
      fc.constantFrom(...PLAIN),
      fc.nat({ max: 65_535 }),
      fc.nat({ max: 65_535 }),
      fc.integer({ min: NONE, max: 2 ** 31 - 1 }),
    );
    fc.assert(
      fc.property(fc.array(rowOf, { maxLength: 50, size: 'max' }), (rows) => {
        const tape = new Tape();
        let at = 0;
        const expected = rows.map(([gap, ...rest]) => [(at += gap), ...rest] as const);
        for (const row of expected) tape.entry(...row);
        expect(rowsOf(logOf(tape))).toEqual(expected);
        const [longest, shortest] = [
          Math.max(0, ...rows.map(([gap]) => gap)),
          Math.min(1, ...rows.map(([gap]) => gap)),
        ];
        reach.note('long gap', longest >= 2 ** 26);
        reach.note('gap beyond 32 bits', longest >= 2 ** 32);
        reach.note('no gap', shortest === 0);
      }),
      { seed: 20_261_123, numRuns: 200 },
    );
    expect(reach.rarerThan(50, ['long gap', 'gap beyond 32 bits', 'no gap'])).toEqual([]);
  });

  it('goes on over its pieces, which hold 65 536 words each', () => {
    const tape = new Tape();
    const rows = 100_000;
    for (let row = 0; row < rows; row++) tape.entry(row * 3, LOG.heartbeat, row % 7, row % 5, row);
    // Three words a row: a piece holds less than 22 000 of them.
    expect(tape.pieces().length).toBeGreaterThanOrEqual(5);
    const log = logOf(tape);
    expect(log.at.length).toBe(rows);
    const broken = [...log.at.keys()].filter((row) => log.at[row] !== row * 3 || log.subject[row] !== row);
    expect(broken).toEqual([]);
  });
});

it('a write comes back with its key, size, operation, timestamp and the write that it tries again', () => {
  const reach = new Reach<'skewed' | 'fraction' | 'retry' | 'both' | 'large key'>();
  const writeOf = fc.record({
    gap: fc.nat({ max: 1_000 }),
    coordinator: fc.nat({ max: 2 }),
    key: fc.nat({ max: 0xffff_ffff }),
    bytes: fc.integer({ min: 1, max: 0xffff_ffff }),
    operation: fc.nat({ max: 2 }),
    skew: fc.oneof(
      fc.constant(0),
      fc.integer({ min: -(2 ** 45), max: 2 ** 45 }),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    ),
    isRetry: fc.boolean(),
  });
  const { scenario } = buildTrace({ level: 'full', endedAt: 1_000_000 });
  fc.assert(
    fc.property(fc.array(writeOf, { minLength: 1, maxLength: 30, size: 'max' }), (writes) => {
      const recorder = new Recorder({ mix: () => undefined }, { ...scenario, duration: duration(1_000_000) });
      let at = 0;
      const expected = writes.map(({ gap, coordinator, key, bytes, operation, skew, isRetry }, write) => {
        at += gap;
        const retryOf = isRetry && write > 0 ? write - 1 : NONE;
        recorder.writeIssued(instant(at), coordinator, key, bytes, operation, at + skew, retryOf);
        recorder.copySent(instant(at), coordinator, 0, write);
        return [at, coordinator, key, bytes, operation, at + skew, retryOf, write];
      });
      const { writes: table, log } = recorder.finish();
      const { issuedAt, coordinator, key, bytes, operation, timestamp, retryOf, firstCopy } = table;
      const columns = [issuedAt, coordinator, key, bytes, operation, timestamp, retryOf, firstCopy];
      expect(writes.map((_, write) => columns.map((column) => column[write]))).toEqual(expected);
      expect([...log.peer].filter((_, row) => log.kind[row] === LOG.writeIssued)).toEqual(writes.map(() => NOBODY));
      for (const [write, { skew, isRetry, key: wide }] of writes.entries()) {
        reach.note('skewed', skew !== 0);
        reach.note('fraction', !Number.isInteger(skew));
        reach.note('retry', isRetry && write > 0);
        reach.note('both', skew !== 0 && isRetry && write > 0);
        reach.note('large key', wide > 0x7fff_ffff);
      }
    }),
    { seed: 20_261_124, numRuns: 100 },
  );
  expect(reach.rarerThan(50, ['skewed', 'fraction', 'retry', 'both', 'large key'])).toEqual([]);
});
