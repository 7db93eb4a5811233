/** Client outcomes in buckets: their width, and what falls into which. */
import { describe, expect, it } from 'vitest';
import { MAX_OUTCOME_BUCKETS, OutcomeRows } from '../../../sim/trace/outcomes.ts';

describe('outcome buckets', () => {
  it('have a width of 1, 2 or 5 times a power of ten, so that at most 2048 cover the run', () => {
    const widths = [1, 2_048, 2_049, 5_000, 900_000_000, 31_536_000_000_000].map(
      (micros) => new OutcomeRows(micros).series().bucketMicros,
    );
    // 2049 / 2048 > 1 needs 2; 5000 / 2048 = 2.44 needs 5; 15 min / 2048 = 0.44 s needs 0.5 s; a year needs 20 000 s.
    expect(widths).toEqual([1, 1, 2, 5, 500_000, 20_000_000_000]);
  });

  it('hold what was resolved in them, the last instant of the run included', () => {
    const rows = new OutcomeRows(MAX_OUTCOME_BUCKETS * 10);
    rows.answered(true, 0, 4);
    rows.answered(true, 9, 6);
    rows.answered(false, 10, 1);
    rows.failed(true, 20_480);
    const series = rows.series();
    expect(series.bucketMicros).toBe(10);
    expect([series.writesAcked[0], series.latencySum[0], series.latencyMax[0]]).toEqual([2, 10, 6]);
    expect([series.readsAnswered[1], series.latencyMax[1]]).toEqual([1, 1]);
    expect([...series.writesFailed].at(-1)).toBe(1);
  });
});
