/**
 * The stories' numbers, worked out by hand in the comments of the scenario files. Nothing here was read off a run.
 */
import { describe, expect, it } from 'vitest';
import { ledger } from '../../../sim/index.ts';
import type { LedgerTotals, Trace } from '../../../sim/index.ts';
import { scenarioOf, storyText, traceOf } from '../../support/scenarios.ts';

interface Expected {
  readonly name: string;
  readonly writes: Partial<Trace['totals']['writes']>;
  readonly hints: Trace['totals']['hints'];
  readonly lostBy?: Partial<Trace['totals']['lostBy']>;
  readonly copies?: {
    readonly present: number;
    readonly superseded: number;
    readonly missing: Partial<LedgerTotals['missing']>;
  };
  /** When each node that was behind caught up for the last time, in seconds. */
  readonly caughtUp: Readonly<Record<string, number>>;
}

const NO_HINTS = {
  stored: 0,
  delivered: 0,
  expired: 0,
  lost: 0,
  pending: 0,
  rejectedOverCapacity: 0,
  refusedByWindow: 0,
  refusedByDisk: 0,
  refusedByOverload: 0,
  redelivered: 0,
  requeued: 0,
};

const EXPECTED: readonly Expected[] = [
  {
    name: 'single-outage',
    writes: { issued: 89_000, acked: 89_000, failed: 0, pending: 0 },
    hints: { ...NO_HINTS, stored: 29_847, delivered: 29_847, requeued: 1_725_036 },
    caughtUp: { b: 3_870.001 },
  },
  {
    name: 'expiry',
    writes: { issued: 5_300, acked: 5_300, failed: 0, pending: 0 },
    hints: { ...NO_HINTS, stored: 2_910, delivered: 777, expired: 2_133, requeued: 1_059 },
    caughtUp: { b: 480.001 },
  },
  {
    name: 'over-capacity',
    writes: { issued: 5_800, acked: 5_190, failed: 610, pending: 0 },
    hints: { ...NO_HINTS, stored: 63, delivered: 63, rejectedOverCapacity: 2_157 },
    caughtUp: { b: 270.001 },
  },
  {
    name: 'flapping-peer',
    writes: { issued: 4_000, acked: 4_000, failed: 0, pending: 0 },
    hints: { ...NO_HINTS, stored: 960, delivered: 960, requeued: 1_344 },
    caughtUp: { b: 330.001 },
  },
  {
    name: 'rolling-restart',
    writes: { issued: 4_800, acked: 4_800, failed: 0, pending: 0 },
    hints: { ...NO_HINTS, stored: 840, delivered: 670, lost: 170 },
    lostBy: { holderCrashed: 170, linkCut: 0, requeueRefused: 0 },
    caughtUp: { a: 135.001, b: 135.001, c: 130.001 },
  },
  {
    name: 'late-hint',
    writes: { issued: 2, acked: 2, failed: 0, pending: 0 },
    hints: { ...NO_HINTS, stored: 1, delivered: 1 },
    copies: { present: 3, superseded: 2, missing: { overwritten: 1 } },
    caughtUp: { b: 60.001 },
  },
  {
    name: 'coordinator-restart',
    writes: { issued: 2, acked: 2, failed: 0, pending: 0 },
    hints: { ...NO_HINTS, stored: 2, delivered: 2 },
    copies: { present: 3, superseded: 1, missing: { overwritten: 2 } },
    caughtUp: { b: 40.501, c: 40.501 },
  },
];

describe('stories', () => {
  for (const expected of EXPECTED) {
    const { name } = expected;
    it(`${name} ends with the counters worked out in its file`, () => {
      const trace = traceOf(scenarioOf(storyText(name)));
      const { totals, behind, scenario } = trace;
      expect(totals.writes).toMatchObject(expected.writes);
      expect(totals.hints).toEqual(expected.hints);
      expect(totals.lostBy).toMatchObject(expected.lostBy ?? {});
      if (expected.copies !== undefined) expect(ledger(trace)?.totals).toMatchObject(expected.copies);
      const caughtUp: Record<string, number> = {};
      behind.node.forEach((node, row) => {
        caughtUp[scenario.nodes[node]?.name ?? ''] = (behind.until[row] ?? NaN) / 1e6;
      });
      expect(caughtUp).toEqual(expected.caughtUp);
    });
  }

  it('keep the same digest and totals at every level of recording', () => {
    for (const { name } of EXPECTED) {
      const [full, hints, counters] = ['full', 'hints', 'counters'].map((level) =>
        traceOf(scenarioOf(storyText(name), [`record=${level}`])),
      );
      expect([name, hints?.digest, counters?.digest]).toEqual([name, full?.digest, full?.digest]);
      expect(hints?.totals).toEqual(full?.totals);
      expect(counters?.totals).toEqual(full?.totals);
    }
  });
});
