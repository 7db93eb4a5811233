import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countBefore } from '../../../../sim/trace/cell.ts';
import { RowsByKind, rowsByKind } from '../../../../sim/trace/queries/rows-by-kind.ts';
import { LOG_KINDS } from '../../../../sim/trace/trace.ts';
import { handStory, ROW } from '../../../support/hand-story.ts';
import { Reach } from '../../../support/reach.ts';

it('has every row under its kind, in order, and is made once for a log', () => {
  const { log } = handStory();
  const code = LOG_KINDS.indexOf('heartbeat');
  expect([...rowsByKind(log).of(code)]).toEqual([ROW.heard, ROW.heardAgain]);
  expect([...rowsByKind(log).of(LOG_KINDS.length)]).toEqual([]);
  expect(rowsByKind(log)).toBe(rowsByKind(log));
});

it('counts the rows before a row as a walk through the log does', () => {
  const reach = new Reach<'none' | 'some'>();
  const kinds = fc.array(fc.nat(5), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(kinds, fc.nat(5), fc.nat(70), (codes, code, before) => {
      const rows = codes.flatMap((each, row) => (each === code ? [row] : []));
      const found = new RowsByKind(Uint8Array.from(codes));
      const expected = rows.filter((row) => row < before).length;
      reach.note(expected === 0 ? 'none' : 'some');
      expect([...found.of(code)]).toEqual(rows);
      expect(countBefore(found.of(code), before)).toBe(expected);
    }),
    { seed: 20_261_122, numRuns: 1_000 },
  );
  expect(reach.rarerThan(50, ['none', 'some'])).toEqual([]);
});
