/** A hint whose store has let go of it arrives as what it is, whatever was stored since. */
import { expect, it } from 'vitest';
import { LOG } from '../../../sim/trace/log-codes.ts';
import { letGoUnderWay } from '../../support/small-runs.ts';

it('is not taken for a hint that was stored after it had left', () => {
  const { log, hints, totals } = letGoUnderWay();
  const rowsOf = (kind: number): readonly number[] => [...log.kind.keys()].filter((row) => log.kind[row] === kind);
  expect(rowsOf(LOG.hintApplied).map((row) => [log.at[row], log.node[row], log.subject[row]])).toEqual([
    [16_000_000, 1, 0],
  ]);
  expect(rowsOf(LOG.strayApplied)).toEqual([]);
  expect([hints.leftAt[0], hints.endedAt[0]]).toEqual([15_000_000, 16_000_000]);
  expect(totals.hints).toMatchObject({ stored: 2, delivered: 1, pending: 1 });
});
