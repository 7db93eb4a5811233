/** A hint whose store has let go of it arrives as what it is, whatever was stored since. */
import { expect, it } from 'vitest';
import { LOG } from '../../../sim/trace/log-codes.ts';
import { runOf } from '../../support/small-runs.ts';

/**
 * Messages take 6 s and a waits 2 s for an answer: hint 0, due at 13 s, is sent to b at 10 s and given up at 12 s. The
 * sweep of 15 s finds it past its deadline and lets go of it; at 15.5 s a hint for c is stored, and at 16 s hint 0 gets
 * to b all the same.
 */
it('is not taken for a hint that was stored after it had left', () => {
  const { log, hints, totals } = runOf(`
nodes: [a, b, c]
duration: 20s
consistency: DC_ONE
detector: { fixed: { down: 100ms, up: 100ms } }
network: { latency: { near: 6s } }
hints: { ttl: 11s }
drain: { interval: 5s, ack: each, timeout: 2s, retryAfter: 30s }
requests:
  - { at: 2s, set: k, on: a }
  - { at: 15500ms, set: l, on: a }
faults:
  - { crash: b, at: 1s, for: 5s }
  - { crash: c, at: 15s, for: 5s }
`);
  const rowsOf = (kind: number): readonly number[] => [...log.kind.keys()].filter((row) => log.kind[row] === kind);
  expect(rowsOf(LOG.hintApplied).map((row) => [log.at[row], log.node[row], log.subject[row]])).toEqual([
    [16_000_000, 1, 0],
  ]);
  expect(rowsOf(LOG.strayApplied)).toEqual([]);
  expect([hints.leftAt[0], hints.endedAt[0]]).toEqual([15_000_000, 16_000_000]);
  expect(totals.hints).toMatchObject({ stored: 2, delivered: 1, pending: 1 });
});
