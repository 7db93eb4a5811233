import { describe, expect, it } from 'vitest';

import { AssertionFailure } from '../../core/assert.ts';
import { PayloadTable } from '../../core/payload-table.ts';

describe('PayloadTable', () => {
  const [a, b, c] = [{ byteLength: 1 }, { byteLength: 2 }, { byteLength: 3 }];

  it('puts each payload in the slot it announced, and returns it from there', () => {
    const table = new PayloadTable();
    const slotOfA = table.vacantSlot;
    table.put(a);
    const slotOfB = table.vacantSlot;
    table.put(b);
    expect(table.remove(slotOfA)).toBe(a);
    expect(table.remove(slotOfB)).toBe(b);
  });

  it('uses freed slots again before it grows', () => {
    const table = new PayloadTable();
    table.put(a);
    table.put(b);
    table.remove(0);
    expect(table.vacantSlot).toBe(0);
    table.put(c);
    expect(table.vacantSlot).toBe(2);
    expect(table.remove(0)).toBe(c);
    expect(table.remove(1)).toBe(b);
  });

  it('refuses to remove a payload twice', () => {
    const table = new PayloadTable();
    table.put(a);
    table.remove(0);
    expect(() => table.remove(0)).toThrow(AssertionFailure);
  });
});
