/** Undo and redo: a group is one step, a new change forgets what was undone, and going back and forth loses nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { History, MOST_STEPS } from '../../../web/state/history.svelte.ts';

test('changes of one group are one step, until the group is sealed', () => {
  const history = new History<number>();
  history.record(0, 'drag');
  history.record(1, 'drag');
  history.seal();
  history.record(2, 'drag');
  expect(history.undo(3)).toBe(2);
  expect(history.undo(2)).toBe(0);
  expect(history.canUndo).toBe(false);
  expect(history.undo(0)).toBeUndefined();
});

test('a new change forgets what was undone', () => {
  const history = new History<string>();
  history.record('a');
  expect(history.undo('b')).toBe('a');
  expect(history.canRedo).toBe(true);
  history.record('a');
  expect(history.redo('c')).toBeUndefined();
});

test(`more than ${MOST_STEPS} steps are not kept`, () => {
  const history = new History<number>();
  for (let state = 0; state <= MOST_STEPS; state++) history.record(state);
  let now = MOST_STEPS + 1;
  for (let before = history.undo(now); before !== undefined; before = history.undo(now)) now = before;
  expect(now).toBe(1);
});

test('whatever was done, undoing all and doing all again walks the same states', () => {
  let redone = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom('change', 'undo', 'redo'), { size: 'max', maxLength: 60 }), (deeds) => {
      const history = new History<number>();
      let states = [0]; // the model: a list of states and where we are in it
      let place = 0;
      let fresh = 1;
      for (const deed of deeds) {
        const now = states[place] ?? -1;
        if (deed === 'change') {
          history.record(now);
          states = [...states.slice(0, place + 1), fresh++];
          place++;
          continue;
        }
        const found = deed === 'undo' ? history.undo(now) : history.redo(now);
        expect(found).toBe(states[place + (deed === 'undo' ? -1 : 1)]);
        if (found === undefined) continue;
        place += deed === 'undo' ? -1 : 1;
        if (deed === 'redo') redone++;
        expect([history.canUndo, history.canRedo]).toEqual([place > 0, place < states.length - 1]);
      }
    }),
    { seed: 4, numRuns: 300 },
  );
  expect(redone).toBeGreaterThan(100);
});
