import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Turns } from '../../../web/state/turns.ts';

/** Milliseconds that a turn may begin more work in, and then some. */
const LONG = 5;

/** Turns that are called by hand, on a clock that only work moves. */
function host() {
  let now = 0;
  const due: (() => void)[] = [];
  const told: boolean[] = [];
  return {
    now: () => now,
    next: (callback: () => void) => void due.push(callback),
    spend: (millis: number) => void (now += millis),
    /** One turn; false if none was asked for. */
    turn(): boolean {
      const callback = due.shift();
      callback?.();
      return callback !== undefined;
    },
    asked: () => due.length,
    busy: (isBusy: boolean) => void told.push(isBusy),
    told,
  };
}

function set() {
  const page = host();
  const turns = new Turns(page);
  const done: string[] = [];
  const work =
    (name: string, millis = 0, then: () => void = () => undefined) =>
    () => {
      done.push(name);
      page.spend(millis);
      then();
    };
  return { page, turns, done, work };
}

test('work is done in a turn to come, in the order of asking, and short work shares a turn', () => {
  const { page, turns, done, work } = set();
  for (const name of ['a', 'b', 'c']) turns.take(work(name, 1));
  expect(done).toEqual([]);
  expect(page.asked()).toBe(1);
  page.turn();
  expect(done).toEqual(['a', 'b', 'c']);
  expect(page.asked()).toBe(0);
});

test('the page is busy from what begins to wait until nothing does, be it done or taken back', () => {
  const { page, turns, work } = set();
  turns.take(work('a', LONG));
  turns.take(work('b', LONG));
  expect(page.told).toEqual([true]);
  page.turn();
  expect(page.told).not.toContain(false);
  page.turn();
  expect(page.told.at(-1)).toBe(false);
  const takeBack = turns.take(work('c'));
  expect(page.told.at(-1)).toBe(true);
  takeBack();
  page.turn();
  expect(page.told.at(-1)).toBe(false);
});

test('after long work the rest waits for the next turn', () => {
  const { page, turns, done, work } = set();
  for (const name of ['a', 'b', 'c']) turns.take(work(name, LONG));
  page.turn();
  expect(done).toEqual(['a']);
  page.turn();
  expect(done).toEqual(['a', 'b']);
  page.turn();
  expect(done).toEqual(['a', 'b', 'c']);
  expect(page.turn()).toBe(false);
});

test('what work asks for comes before all that waited already, and a part is complete before the next begins', () => {
  const { page, turns, done, work } = set();
  const asks = (...names: string[]) => names.forEach((name) => turns.take(work(name, LONG)));
  turns.take(work('header', LONG, () => asks('logo', 'buttons')));
  turns.take(work('lanes', LONG, () => turns.take(work('nodes', LONG, () => asks('a', 'b')))));
  turns.take(work('panel'));
  while (page.turn());
  expect(done).toEqual(['header', 'logo', 'buttons', 'lanes', 'nodes', 'a', 'b', 'panel']);
});

test('what is asked for between two turns waits behind the rest', () => {
  const { page, turns, done, work } = set();
  turns.take(work('a', LONG, () => turns.take(work('in a', LONG))));
  turns.take(work('b', LONG));
  page.turn();
  turns.take(work('click'));
  while (page.turn());
  expect(done).toEqual(['a', 'in a', 'b', 'click']);
});

test('work that was taken back is not done, wherever it waited', () => {
  const { page, turns, done, work } = set();
  const takeBack: (() => void)[] = [];
  turns.take(work('a', LONG, () => takeBack.push(turns.take(work('in a')))));
  takeBack.push(turns.take(work('b')));
  turns.take(work('c'));
  page.turn();
  for (const back of takeBack) back();
  while (page.turn());
  expect(done).toEqual(['a', 'c']);
});

test('work that throws does not hold up the rest', () => {
  const { page, turns, done, work } = set();
  turns.take(() => {
    throw new Error('a part could not be made');
  });
  turns.take(work('b'));
  expect(() => page.turn()).toThrow('a part could not be made');
  while (page.turn());
  expect(done).toEqual(['b']);
});

/** Work of some length that asks for more work. */
interface Part {
  readonly millis: number;
  readonly parts: readonly Part[];
}

test('every part is made once, each before those that come after it in the page, and no turn begins work when it is over', () => {
  const part: fc.Memo<Part> = fc.memo((depth) =>
    fc.record({
      millis: fc.nat({ max: 6 }),
      parts: depth > 1 ? fc.array(part(depth - 1), { size: 'max', maxLength: 4 }) : fc.constant([]),
    }),
  );
  let mostTurns = 0;
  let deepest = 0;
  fc.assert(
    fc.property(fc.array(part(4), { size: 'max', maxLength: 6 }), (page) => {
      const { page: browser, turns, done, work } = set();
      const inOrder: string[] = [];
      const list = (parts: readonly Part[], name: string) =>
        parts.forEach((each, i) => {
          inOrder.push(`${name}.${i}`);
          list(each.parts, `${name}.${i}`);
        });
      const ask = (parts: readonly Part[], name: string) =>
        parts.forEach(({ millis, parts: inner }, i) => {
          const own = `${name}.${i}`;
          turns.take(work(own, millis, () => ask(inner, own)));
        });
      list(page, 'page');
      ask(page, 'page');
      let count = 0;
      for (let began = browser.now(); browser.turn(); began = browser.now(), count++)
        expect(browser.now() - began).toBeLessThan(4 + 6); // begun in time, and the longest work
      expect(done).toEqual(inOrder);
      mostTurns = Math.max(mostTurns, count);
      deepest = Math.max(deepest, ...inOrder.map((name) => name.split('.').length));
    }),
    { seed: 20_261_123 },
  );
  expect(mostTurns).toBeGreaterThan(5);
  expect(deepest).toBeGreaterThan(3);
});
