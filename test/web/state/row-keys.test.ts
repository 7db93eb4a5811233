import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowKeys } from '../../../web/state/row-keys.ts';

const keyOf = (rows: readonly { index: number; key: number }[], index: number) =>
  rows.find((row) => row.index === index)?.key;

test('rows that stay in view while a table scrolls keep their keys', () => {
  const keys = new RowKeys();
  const before = keys.of(100, 120);
  const after = keys.of(107, 127);
  expect(after.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, i) => 107 + i));
  for (let index = 107; index < 120; index++) expect(keyOf(after, index)).toBe(keyOf(before, index));
});

test('a jump to other rows takes the keys of the last ones, in their order', () => {
  const keys = new RowKeys();
  const before = keys.of(0, 20).map(({ key }) => key);
  expect(keys.of(900_000, 900_020).map(({ key }) => key)).toEqual(before);
  expect(keys.of(40, 60).map(({ key }) => key)).toEqual(before);
});

test('whatever is shown one after the other, no two rows share a key, and asking again changes nothing', () => {
  let jumps = 0;
  let scrolls = 0;
  const views = fc.array(fc.tuple(fc.nat(60), fc.nat(12)), { size: 'max', maxLength: 40 });
  fc.assert(
    fc.property(views, (shown) => {
      const keys = new RowKeys();
      let last = keys.of(0, 0);
      for (const [first, count] of shown) {
        const rows = keys.of(first, first + count);
        expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, i) => first + i));
        expect(new Set(rows.map(({ key }) => key)).size).toBe(count);
        expect(keys.of(first, first + count)).toEqual(rows);
        const kept = rows.filter(({ index }) => keyOf(last, index) !== undefined);
        for (const { index, key } of kept) expect(key).toBe(keyOf(last, index));
        if (kept.length > 0) scrolls++;
        else if (rows.length > 0) jumps++;
        last = rows;
      }
    }),
    { seed: 7 },
  );
  expect(jumps).toBeGreaterThan(100);
  expect(scrolls).toBeGreaterThan(100);
});
