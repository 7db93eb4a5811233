/** Tables that grow by their pace: rows keep their places, and the finished table is all of them in order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankRefusals } from '../../../sim/trace/blank-tables.ts';
import { GrowingTable } from '../../../sim/trace/growing-table.ts';
import { Reach } from '../../support/reach.ts';

type Refusals = GrowingTable<ReturnType<typeof blankRefusals>>;

/** A table with a row every `gapMicros`; row i says i. */
function grown(rows: number, gapMicros: number, runMicros: number): Refusals {
  const table = new GrowingTable(blankRefusals, runMicros);
  for (let row = 0; row < rows; row++) {
    const at = table.add(row * gapMicros);
    table.columns.write[at] = row;
  }
  return table;
}

describe('a table that grows', () => {
  it('comes out whole and as long as it grew, at whatever pace', () => {
    const reach = new Reach<'empty' | 'never grown' | 'handed over' | 'copied' | 'at one instant'>();
    const edges = fc.constantFrom(0, 1, 4_095, 4_096, 4_097, 8_192, 8_193);
    const lives = fc.record({
      rows: fc.oneof(edges, fc.nat({ max: 30_000 })),
      gapMicros: fc.constantFrom(0, 1, 1_000),
      runMicros: fc.constantFrom(1, 10_000, 30_000_000),
    });
    fc.assert(
      fc.property(lives, ({ rows, gapMicros, runMicros }) => {
        const growing = grown(rows, gapMicros, runMicros);
        const table = growing.table();
        expect(growing.length).toBe(rows);
        expect([table.write.length, table.at.length]).toEqual([rows, rows]);
        expect(table.write.every((write, row) => write === row)).toBe(true);
        expect(table.at.every((at) => at === 0)).toBe(true);
        expect(Object.keys(table)).toEqual(Object.keys(blankRefusals(0)));
        // at 8, holder 2, peer 2, bytes 8, write 4, reason 1
        expect(growing.weight).toBe(rows * 25);
        const isShared = table.write.buffer === growing.columns.write.buffer;
        // At most a quarter of what is handed over is unused.
        const capacity = growing.columns.write.length;
        expect(isShared).toBe(rows >= capacity * 0.75);
        reach.note('empty', rows === 0);
        reach.note('never grown', rows > 0 && rows <= 4_096);
        reach.note('handed over', rows > 0 && isShared);
        reach.note('copied', rows > 0 && !isShared);
        reach.note('at one instant', rows > 4_096 && gapMicros === 0);
      }),
      { seed: 0xc407, numRuns: 100 },
    );
    const states = ['empty', 'never grown', 'handed over', 'copied', 'at one instant'] as const;
    expect(reach.rarerThan(5, states)).toEqual([]);
  });

  it('moves its rows once when it is full, if the run keeps its pace', () => {
    // 90 000 rows a second apart: full at 4 096 rows, and then big enough.
    const table = new GrowingTable(blankRefusals, 90_000);
    const buffers = new Set<unknown>();
    for (let row = 0; row < 90_000; row++) {
      table.add(row);
      buffers.add(table.columns.write.buffer);
    }
    expect(buffers.size).toBe(2);
    expect(table.table().write.buffer).toBe(table.columns.write.buffer);
  });
});
