/**
 * The slot set against a plain set: its least member after every change.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SLOTS, SlotSet } from '../../../sim/engine/slot-set.ts';

describe('the slot set', () => {
  it('is empty at first', () => {
    expect(new SlotSet().first()).toBe(-1);
  });

  it.each([0, 31, 32, 1_023, 1_024, MAX_SLOTS - 1])('finds slot %d alone, and nothing after it went', (slot) => {
    const slots = new SlotSet();
    slots.add(slot);
    expect(slots.first()).toBe(slot);
    slots.delete(slot);
    expect(slots.first()).toBe(-1);
  });

  it.each([0, MAX_SLOTS / 2])(
    'finds its least from %d on, where each word of 32 slots of that half holds one',
    (first) => {
      const slots = new SlotSet();
      for (let slot = first + MAX_SLOTS / 2 - 1; slot >= first; slot -= 32) {
        slots.add(slot);
        expect(slots.first()).toBe(slot);
      }
    },
  );

  it('knows its least member after every change, as a plain set does', () => {
    let changes = 0;
    let removals = 0;
    const anySlot = fc.oneof(fc.nat(40), fc.nat(MAX_SLOTS - 1));
    fc.assert(
      fc.property(fc.array(anySlot, { maxLength: 100, size: 'max' }), (toggled) => {
        const slots = new SlotSet();
        const model = new Set<number>();
        for (const slot of toggled) {
          changes += 1;
          if (model.delete(slot)) {
            removals += 1;
            slots.delete(slot);
          } else {
            model.add(slot);
            slots.add(slot);
          }
          expect(slots.first()).toBe(model.size === 0 ? -1 : Math.min(...model));
        }
      }),
      { numRuns: 200, seed: 20_260_102 },
    );
    expect(changes).toBeGreaterThan(5_000);
    expect(removals).toBeGreaterThan(500);
  });
});
