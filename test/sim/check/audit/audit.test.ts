import { describe, expect, it } from 'vitest';
import { duration, instant, peerIndex } from '../../../../core/index.ts';
import { audit, AUDIT_RULES, TWIN } from '../../../../sim/check/index.ts';
import type { PropertyResult } from '../../../../sim/check/index.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';
import {
  heldPastDeadline,
  hint,
  inSession,
  reopened,
  row,
  SECOND,
  sent,
  SWEEPS,
  valued,
  window,
} from './breach-traces.ts';
import { BREACHES } from './breaches.ts';

const idOf = ({ id }: PropertyResult): string => id;

/** Longer than the time for which a node is gone in these tests. */
const WAITS = { retryAfter: duration(5 * SECOND), retryUpTo: duration(9 * SECOND) };

function resultOf(results: readonly PropertyResult[], id: string): PropertyResult | undefined {
  return results.find((result) => result.id === id);
}

describe('the audit', () => {
  it.each(BREACHES)('$rule: sees that $what', ({ rule, kept, broken }) => {
    const sound = resultOf(audit(buildTrace(kept)), rule);
    expect(sound?.detail).toMatch(/^checked: /);
    expect(sound?.verdict).toBe('holds');
    expect(resultOf(audit(buildTrace(broken)), rule)?.verdict).toBe('violated');
  });

  it('lets a look cut a rest short, but not where waits double', () => {
    const rows = inSession([sent(20), hint(270, 'hintFailed'), row(400, 'sweep', 'a'), ...reopened(500)]);
    const doubling = { ...rows, drain: { ...rows.drain, retryUpTo: duration(2_000) } };
    expect(resultOf(audit(buildTrace(rows)), 'B16')?.verdict).toBe('holds');
    expect(resultOf(audit(buildTrace(doubling)), 'B16')?.verdict).toBe('violated');
    expect(resultOf(audit(buildTrace(doubling)), 'B15')?.verdict).toBe('notExercised');
  });

  it('knows of no rest from the process before, whose waits have ended with it', () => {
    const ended = [row(270, 'sessionClosed', 'a', 'b'), row(300, 'stopped', 'a')];
    const begun = [row(SECOND, 'restarted', 'a'), row(SECOND, 'sessionOpened', 'a', 'b'), sent(SECOND)];
    const failedAgain = [hint(SECOND + 250, 'hintFailed'), sent(SECOND + 251)];
    const rows = inSession([sent(20), hint(270, 'hintFailed'), ...ended, ...begun]);
    const doubling = { ...rows, endedAt: 2 * SECOND, drain: { ...rows.drain, ...WAITS } };
    const twice = { ...doubling, log: [...(doubling.log ?? []), ...failedAgain] };
    expect(resultOf(audit(buildTrace(doubling)), 'B16')?.verdict).toBe('notExercised');
    expect(resultOf(audit(buildTrace(twice)), 'B16')?.verdict).toBe('violated');
  });

  it('knows to the microsecond what falls due in the hands of a sweep, and until when that lives', () => {
    const verdict = (rows: TraceRows): string | undefined => resultOf(audit(buildTrace(rows)), 'B38')?.verdict;
    const extended = heldPastDeadline([hint(50, 'hintExtended')], SECOND + 150);
    expect(verdict(extended)).toBe('holds');
    expect(verdict(heldPastDeadline([hint(50, 'hintExtended')], SECOND + 149))).toBe('violated');
    expect(verdict({ ...extended, drain: { ...extended.drain, hold: duration(60) } })).toBe('violated');
    // Back at 110, its deadline: it has to be lost then, and is given nothing.
    const dueWhenBack = { ...heldPastDeadline([hint(50, 'hintLost')], 110), drain: { ...SWEEPS, hold: duration(60) } };
    expect(verdict(dueWhenBack)).toBe('holds');
    expect(verdict({ ...heldPastDeadline([], 110), drain: { ...SWEEPS, hold: duration(60) } })).toBe('violated');
    expect(verdict({ ...heldPastDeadline([], 110), drain: { ...SWEEPS, hold: duration(59) } })).toBe('holds');
  });

  it('goes by the oldest hint where a window persists, though a sweep has put it behind a newer one, or has it in hand', () => {
    const verdict = (hold: number, ...stored: readonly number[]): string | undefined => {
      const log = [
        hint(10, 'stored'),
        hint(30, 'hintRequeued'),
        ...stored.map((at, place) => hint(at, 'stored', place + 1)),
      ];
      const persistent = { window: duration(50), windowPersistent: true };
      const hints = [10, ...stored].map((storedAt) => ({ holder: 'a', peer: 'b', storedAt }));
      const drain = { ...SWEEPS, hold: duration(hold) };
      return resultOf(
        audit(buildTrace({ level: 'full', endedAt: SECOND - 1, drain, hintPolicy: persistent, hints, log })),
        'B28',
      )?.verdict;
    };
    expect([verdict(0, 31, 60), verdict(0, 31, 61)]).toEqual(['holds', 'violated']);
    expect([verdict(90, 60), verdict(90, 61)]).toEqual(['holds', 'violated']);
  });

  it('misses a value that the log says is there, and one that a replaced node still has; it knows of no sums', () => {
    const verdict = (rows: TraceRows): string | undefined => resultOf(audit(buildTrace(rows)), 'B39')?.verdict;
    const held = valued([1, 0], 0);
    expect([verdict(held), verdict({ ...held, values: [] })]).toEqual(['holds', 'violated']);
    expect(verdict({ ...held, values: [{ replica: 'c', key: 7, write: 0 }] })).toBe('violated');
    const replace = {
      kind: 'replace',
      node: peerIndex(1),
      from: instant(400),
      until: instant(500),
      cause: '',
    } as const;
    const emptied = {
      ...held,
      faults: [replace],
      log: [...(held.log ?? []), row(400, 'faultBegan', 'b', undefined, 0)],
    };
    expect([verdict(emptied), verdict({ ...emptied, values: [] })]).toEqual(['violated', 'notExercised']);
    const [first, second] = held.writes ?? [];
    if (first === undefined || second === undefined) throw new Error('two writes');
    expect(verdict({ ...valued([0, 1], 0), writes: [first, { ...second, operation: 'increment' }] })).toBe(
      'notExercised',
    );
  });

  it('leaves a closed window out of it where the guard of what is under way refuses first', () => {
    const verdict = (reason: 'overload' | 'window' | 'cap'): string | undefined => {
      const log = [row(10, 'believedDown', 'a', 'b'), hint(20, 'stored'), row(99, 'hintRefused', 'a', 'b', 0)];
      const refusals = [{ at: 99, holder: 'a', peer: 'b', bytes: 1, write: 0, reason }];
      return resultOf(audit(buildTrace({ ...window(log), refusals })), 'B28')?.verdict;
    };
    expect([verdict('overload'), verdict('window'), verdict('cap')]).toEqual(['holds', 'holds', 'violated']);
  });

  it('has a breach for every rule, and numbers them in order', () => {
    expect(BREACHES.map(({ rule }) => rule)).toEqual(AUDIT_RULES.map(({ id }) => id));
    expect(AUDIT_RULES.map(({ id }) => id)).toEqual(AUDIT_RULES.map((_, at) => `B${at + 1}`));
  });

  it('says of each rule whether it was broken, and of its twin whether it came up', () => {
    const results = audit(buildTrace({ level: 'full' }));
    expect(results.map(idOf)).toEqual(AUDIT_RULES.flatMap(({ id }) => [id, `${id}${TWIN}`]));
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['always', 'sometimes']));
  });

  it('needs a trace of level full', () => {
    const results = audit(buildTrace({ level: 'hints' }));
    expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['notExercised']));
  });
});
