/** A hint that its store lets go of while a message with it is under way is not sent again, whatever tells of it. */
import { expect, it } from 'vitest';
import { LOG } from '../../../../sim/trace/log-codes.ts';
import { departuresOf, isDeparture } from '../../../../sim/trace/queries/departures.ts';
import { happeningAt } from '../../../../sim/trace/queries/happening.ts';
import { Flights } from '../../../../sim/trace/queries/in-flight.ts';
import { describeEntry } from '../../../../sim/trace/queries/sentence.ts';
import { letGoUnderWay } from '../../../support/small-runs.ts';

const trace = letGoUnderWay();
const { log } = trace;
const rowsOf = (kind: number): readonly number[] => [...log.kind.keys()].filter((row) => log.kind[row] === kind);
const [sent, letGo] = rowsOf(LOG.hintShipped);

it('is told as what it is, by the log and by its sweep', () => {
  expect(rowsOf(LOG.hintShipped)).toHaveLength(2);
  expect([log.at[sent ?? -1], log.at[letGo ?? -1]]).toEqual([10_000_000, 15_000_000]);
  expect(describeEntry(trace, sent ?? -1)).toBe(
    'a took b for Normal and sent hint 0, which stays in its store until b has acknowledged it',
  );
  expect(describeEntry(trace, letGo ?? -1)).toBe(
    "hint 0 was past its deadline and left a's store, while a message with it was still on its way to b",
  );
  const sweeps = rowsOf(LOG.sweep).filter((row) => log.node[row] === 0 && (log.at[row] ?? 0) >= 10_000_000);
  expect(sweeps.slice(0, 2).map((row) => describeEntry(trace, row))).toEqual([
    "a's sweep: 0 expired, 1 sent, 0 requeued",
    "a's sweep: 1 expired, 0 sent, 0 requeued",
  ]);
});

it('is found among the rows, and begins no flight', () => {
  expect([...departuresOf(trace)]).toEqual([[0, letGo]]);
  expect(isDeparture(trace, happeningAt(trace, sent ?? -1))).toBe(false);
  expect(isDeparture(trace, happeningAt(trace, letGo ?? -1))).toBe(true);
  const flights = new Flights(trace).at(15_200_000).filter(({ kind }) => kind === 'hint');
  expect(flights).toMatchObject([{ from: 10_000_000, until: 16_000_000, arrives: true }]);
});
