import { describe, expect, it } from 'vitest';
import { findBadCell } from '../../../sim/trace/check-tables.ts';
import { columnsOf } from '../../../sim/trace/tables.ts';
import { HINT_FATES, NEVER, NOBODY, NONE } from '../../../sim/trace/trace.ts';
import type { Trace } from '../../../sim/trace/trace.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** A trace of level full that keeps every rule, with two rows where an order matters. */
function sound(): Trace {
  return buildTrace({
    level: 'full',
    chain: [1, 2],
    hints: [
      { holder: 'a', peer: 'b', storedAt: 20, leftAt: 30, endedAt: 40, fate: 'delivered', write: 0 },
      { holder: 'a', peer: 'b', storedAt: 25, write: 0 },
    ],
    refusals: [{ at: 30, holder: 'a', peer: 'b', bytes: 7, write: 0 }],
    outages: [{ node: 'b', from: 10 }],
    beliefs: [{ observer: 'a', peer: 'b', from: 15 }],
    writes: [
      {
        at: 20,
        coordinator: 'a',
        copies: [
          { replica: 'a', route: 'direct' },
          { replica: 'b', route: 'hinted', hint: 0 },
        ],
      },
      { at: 25, coordinator: 'b' },
    ],
    reads: [{ at: 20, coordinator: 'a', value: 0, newest: 0 }],
    log: [
      { at: 20, kind: 'writeIssued', node: 'a', subject: 1 },
      { at: 20, kind: 'readIssued', node: 'a', subject: 0 },
      { at: 30, kind: 'sweep', node: 'a' },
    ],
  });
}

function badAfter(column: string, row: number, value: number, level: Trace['level'] = 'full'): string {
  const trace = sound();
  const named = columnsOf(trace).find(({ table, name }) => `${table}.${name}` === column);
  if (named === undefined) throw new Error(`there is no column ${column}`);
  named.column[row] = value;
  const bad = findBadCell(trace, level, trace.scenario);
  return bad === undefined ? 'none' : `${bad.column}[${bad.row}]: ${bad.expected}`;
}

describe('findBadCell', () => {
  it('finds nothing in a sound trace', () => {
    expect(findBadCell(sound(), 'full', sound().scenario)).toBeUndefined();
  });

  it('finds a cell that breaks the rule of its column', () => {
    expect(badAfter('hints.bytes', 1, NaN)).toBe('hints.bytes[1]: a finite number ≥ 0');
    expect(badAfter('hints.bytes', 1, NEVER)).toContain('hints.bytes[1]');
    expect(badAfter('hints.deadline', 0, -1)).toContain('hints.deadline[0]');
    expect(badAfter('hints.deadline', 0, 0.5)).toContain('hints.deadline[0]');
    expect(badAfter('hints.deadline', 0, NEVER)).toBe('none');
    expect(badAfter('hints.storedAt', 1, 19)).toBe('hints.storedAt[1]: integer microseconds from 20 on');
    expect(badAfter('hints.peer', 0, 3)).toBe('hints.peer[0]: a node below 3');
    expect(badAfter('hints.peer', 0, NOBODY)).toContain('hints.peer[0]');
    expect(badAfter('log.peer', 0, 3)).toContain('log.peer[0]');
    expect(badAfter('hints.fate', 0, 12)).toBe('hints.fate[0]: a code below 12');
    expect(badAfter('log.kind', 0, 39)).toContain('log.kind[0]');
  });

  it('finds a row that refers to no row, where the level records them', () => {
    expect(badAfter('hints.write', 0, 2)).toContain('hints.write[0]: a row of writes below 2');
    expect(badAfter('hints.write', 0, 2, 'hints')).toBe('none');
    expect(badAfter('hints.write', 0, -2, 'hints')).toContain('hints.write[0]');
    expect(badAfter('reads.value', 0, 2)).toBe('reads.value[0]: a row of writes below 2, none, or a sum');
    expect(badAfter('reads.value', 0, -7)).toBe('none');
    expect(badAfter('reads.newest', 0, -7)).toContain('reads.newest[0]');
    expect(badAfter('writes.timestamp', 0, -7)).toBe('none');
    expect(badAfter('writes.timestamp', 0, NEVER)).toBe('writes.timestamp[0]: a finite number');
    expect(badAfter('copies.dropCause', 0, 5)).toBe('copies.dropCause[0]: a code below 5');
    expect(badAfter('copies.ignored', 0, 2)).toContain('copies.ignored[0]');
    expect(badAfter('refusals.reason', 0, 4)).toContain('refusals.reason[0]');
    expect(badAfter('copies.hint', 0, 2)).toContain('copies.hint[0]');
    expect(badAfter('copies.hint', 1, NONE)).toContain('copies.hint[1]: the hint of a hinted copy');
  });

  it('finds columns that contradict each other', () => {
    expect(badAfter('hints.leftAt', 0, 19)).toBe('hints.leftAt[0]: at least 20');
    // What was delivered may wait for its acknowledgement; everything else ends when it leaves or later.
    expect(badAfter('hints.endedAt', 0, 29)).toBe('none');
    expect(badAfter('hints.endedAt', 0, 19)).toBe('hints.endedAt[0]: at least 20');
    expect(badAfter('hints.fate', 0, HINT_FATES.indexOf('linkCut'))).toBe('none');
    expect(badAfter('hints.leftAt', 1, 29)).toBe('none');
    expect(badAfter('writes.firstCopy', 1, 3)).toBe('writes.firstCopy[1]: 0 to 2');
    expect(badAfter('writes.firstCopy', 0, 1)).toBe('none');
    expect(badAfter('log.subject', 0, 2)).toBe('log.subject[0]: a write below 2');
    expect(badAfter('log.subject', 1, 1)).toBe('log.subject[1]: a read below 1');
    expect(badAfter('log.subject', 0, NONE)).toContain('log.subject[0]');
    expect(badAfter('log.subject', 2, 5_000)).toBe('none');
    const odd = { ...sound(), chain: Uint32Array.from([1, 2, 3]) };
    expect(findBadCell(odd, 'full', odd.scenario)?.column).toBe('chain');
  });
});
