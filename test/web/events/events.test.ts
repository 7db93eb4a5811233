import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOG_KINDS, NONE } from '../../../sim/trace/index.ts';
import {
  EVERYTHING,
  filterText,
  isEverything,
  KIND_GROUPS,
  matcherOf,
  parseFilter,
  type EventFilter,
} from '../../../web/events/event-filter.ts';
import { EventLog } from '../../../web/events/event-log.svelte.ts';
import { EventSearch } from '../../../web/events/event-search.ts';
import { handStory, ROW } from '../../support/hand-story.ts';
import { Reach } from '../../support/reach.ts';
import { scenarioOf, storyText, traceOf } from '../../support/scenarios.ts';

const trace = handStory();
const ROWS = trace.log.at.length;

function rowsOf(filter: EventFilter): number[] {
  const matches = matcherOf(trace, filter);
  return Array.from(trace.log.at, (_, row) => row).filter(matches);
}

describe('the filter of the event log', () => {
  test('lets everything through if it says nothing', () => {
    expect(rowsOf(EVERYTHING)).toHaveLength(ROWS);
    expect(isEverything({ text: '  ' })).toBe(true);
    expect(isEverything({ node: 0 })).toBe(false);
  });

  test('goes by node, by link, by kind, by group of kinds', () => {
    expect(rowsOf({ node: 2 })).toEqual([ROW.appliedAtC]);
    expect(rowsOf({ node: 0, peer: 1 })).toEqual([
      ROW.believedDown,
      ROW.stored,
      ROW.believedUp,
      ROW.shipped,
      ROW.applied,
    ]);
    expect(rowsOf({ kind: 'sweep' })).toEqual([ROW.sweep]);
    expect(rowsOf({ kind: 'hints' })).toEqual([ROW.stored, ROW.shipped, ROW.applied]);
  });

  test('goes by hint, and by write with its hints; reads and faults of the same number are not meant', () => {
    expect(rowsOf({ hint: 0 })).toEqual([ROW.stored, ROW.shipped, ROW.applied]);
    const ofWrite = rowsOf({ write: 0 });
    expect(ofWrite).toContain(ROW.issued);
    expect(ofWrite).toContain(ROW.applied);
    expect(ofWrite).not.toContain(ROW.faultBegan);
  });

  test('goes by read, and by answers that were stale', () => {
    // By the story: the only read, at 61 s, returns the write that a late hint put back.
    const reversal = traceOf(scenarioOf(storyText('majority-reversal')));
    const kinds = (filter: EventFilter) => {
      const matches = matcherOf(reversal, filter);
      return [...reversal.log.kind].flatMap((kind, row) => (matches(row) ? [LOG_KINDS[kind]] : []));
    };
    expect(kinds({ read: 0 })).toEqual(['readIssued', 'readAnswered']);
    expect(kinds({ stale: true })).toEqual(['readAnswered']);
    expect(kinds({ read: 1 })).toEqual([]);
    expect(rowsOf({ stale: true })).toEqual([]);
  });

  test('goes by what follows from a row, and a narrower filter leaves that as it is', () => {
    const { believedDown, stored, acked, restarted, believedUp, shipped, applied } = ROW;
    const followers = [believedDown, stored, acked, restarted, believedUp, shipped, applied];
    expect(rowsOf({ from: ROW.crashed })).toEqual(followers);
    expect(rowsOf({ from: ROW.crashed, kind: 'hints' })).toEqual([stored, shipped, applied]);
    expect(rowsOf({ from: ROWS })).toEqual([]);
  });

  test('goes by words of the sentence, whatever their case; all that is said has to be true', () => {
    expect(rowsOf({ text: 'TOOK B FOR DOWN: ' })).toEqual([ROW.believedDown]);
    expect(rowsOf({ text: 'took b', kind: 'hints' })).toEqual([ROW.stored, ROW.shipped]);
    expect(rowsOf({ text: 'no such words' })).toEqual([]);
  });

  test('has every kind but none twice in its groups', () => {
    const grouped = Object.values(KIND_GROUPS).flat();
    expect(grouped.toSorted()).toEqual([...LOG_KINDS].toSorted());
  });

  test('comes back from a link as it went', () => {
    const filters = fc.record(
      {
        node: fc.nat(63),
        kind: fc.constantFrom(...LOG_KINDS, 'hints' as const, 'nodes' as const),
        write: fc.nat(1_000_000),
        hint: fc.nat(1_000_000),
        read: fc.nat(1_000_000),
        stale: fc.constant(true as const),
        from: fc.nat(1_000_000),
        text: fc.string({ minLength: 1, size: 'max', maxLength: 30 }).filter((text) => text.trim() !== ''),
      },
      { requiredKeys: [] },
    );
    const reach = new Reach<'commas' | 'all fields'>();
    fc.assert(
      fc.property(filters, (filter) => {
        reach.note('commas', filter.text?.includes(',') ?? false);
        reach.note('all fields', Object.keys(filter).length === 8);
        expect(parseFilter(filterText(filter))).toEqual(filter);
      }),
      { seed: 20_261_124, numRuns: 2_000 },
    );
    expect(reach.rarerThan(20, ['commas', 'all fields'])).toEqual([]);
    expect(parseFilter(filterText({ node: 1, peer: 2 }))).toEqual({ node: 1, peer: 2 });
  });

  test.each([
    'node',
    'node.x',
    'node.1.2',
    'kind.nothing',
    'link.1',
    'queue.1',
    'write.-1',
    'hint.1.2.3',
    'read.1.2',
    'stale.1',
    'from.x',
  ])('%s is none', (text) => expect(parseFilter(text)).toBeUndefined());
});

describe('a search', () => {
  test('finds the same in pieces as at once, and knows how far it is', () => {
    const search = new EventSearch(trace, { kind: 'hints' });
    expect(search.share).toBe(0);
    search.advance(ROW.stored + 1);
    expect(search.count).toBe(1);
    expect(search.isDone).toBe(false);
    while (!search.isDone) search.advance(3);
    expect(search.share).toBe(1);
    expect([0, 1, 2, 3].map((index) => search.rowAt(index))).toEqual([ROW.stored, ROW.shipped, ROW.applied, NONE]);
  });

  test('finds the place of the playhead: the last match at or before its row', () => {
    const search = new EventSearch(trace, { kind: 'hints' });
    search.advance(ROWS);
    expect(search.placeOf(NONE)).toBe(NONE);
    expect(search.placeOf(ROW.stored - 1)).toBe(NONE);
    expect(search.placeOf(ROW.stored)).toBe(0);
    expect(search.placeOf(ROW.sweep)).toBe(0);
    expect(search.placeOf(ROWS)).toBe(2);
  });

  test('counts what it found by kind', () => {
    const search = new EventSearch(trace, { from: ROW.crashed });
    search.advance(ROW.stored + 1);
    expect([search.countOf('hintStored'), search.countOf('hintApplied')]).toEqual([1, 0]);
    search.advance(ROWS);
    expect([search.countOf('hintStored'), search.countOf('hintApplied'), search.countOf('sweep')]).toEqual([1, 1, 0]);
  });

  test('needs no search for everything', () => {
    const all = new EventSearch(trace, EVERYTHING);
    expect(all.isDone).toBe(true);
    expect(all.count).toBe(ROWS);
    expect(all.rowAt(5)).toBe(5);
    expect(all.rowAt(ROWS)).toBe(NONE);
    expect(all.placeOf(7)).toBe(7);
  });

  test('keeps more matches than it had room for at first', () => {
    const log = Array.from({ length: 5_000 }, (_, at) => ({ at, kind: 'sweep' as const, node: 'a' }));
    const search = new EventSearch(handStory({ log }), { node: 0 });
    search.advance(5_000);
    expect(search.count).toBe(5_000);
    expect(search.rowAt(4_999)).toBe(4_999);
  });
});

describe('the event log', () => {
  test('searches on between frames, and a stopped search finds no more', () => {
    const log = Array.from({ length: 9_000 }, (_, at) => ({ at, kind: 'sweep' as const, node: 'a' }));
    const long = handStory({ log });
    const due: (() => void)[] = [];
    const events = new EventLog((work) => {
      due.push(work);
      return () => due.splice(due.indexOf(work), 1);
    });
    events.filter = { text: 'sweep' };
    const stop = events.search(long);
    expect(events.count).toBe(4_000);
    expect(events.share).toBeCloseTo(4 / 9, 6);
    due.shift()?.();
    expect(events.count).toBe(8_000);
    stop();
    expect(due).toEqual([]);
    events.search(long);
    expect(events.count).toBe(4_000);
    while (due.length > 0) due.shift()?.();
    expect(events.count).toBe(9_000);
    expect(events.found?.rowAt(8_999)).toBe(8_999);
  });
});
