import { describe, expect, it } from 'vitest';
import { effectNote, explain, fieldNote, fieldRanges, judge, treeOfText } from '../../../../sim/explore/index.ts';
import type { FieldInterval } from '../../../../sim/explore/index.ts';

/**
 * b is away from 2 s to 21 s and found Down at 20 s; the write of 21 s becomes a hint before b is heard of again. The
 * sweeps are at 0 s and 30 s. A hint is due at `deadline <= now`: with a TTL of 9 s it is gone at 30 s, with more it
 * is sent.
 */
const EXPIRED = `
hintlab: 1
duration: 30s
record: full
nodes: [a, b]
hints: { ttl: 1s }
requests:
  - { at: 21s, set: k }
faults:
  - { crash: b, at: 2s, for: 19s }
`;

describe('an explanation', () => {
  const tree = treeOfText(EXPIRED) ?? {};
  const { fields, elements, runs, isComplete } = explain(tree, { property: 'I2', cause: 'expired' });
  const field = (name: string): FieldInterval | undefined => fields.find(({ path }) => path.join('.') === name);

  it('tells how far a value may move: a TTL up to the sweep that would have sent the hint', () => {
    const ttl = field('hints.ttl');
    expect(ttl?.to).toEqual({ kind: 'duration', value: 9_000_000 });
    expect(ttl?.isUnbounded).toBe(false);
    expect(ttl === undefined ? '' : fieldNote(ttl)).toMatch(/^hints\.ttl 1s: fails from \S+ to 9s$/);
  });

  it('ends an interval where the value first stops failing, whatever fails again beyond', () => {
    // Before 20 s nobody misses b, so the write is dropped and no hint expires; but at 0 s nobody is known, and one does.
    const shows = (at: string): boolean => {
      const judged = judge({ ...tree, requests: [{ at, set: 'k' }] });
      return judged.kind === 'judged' && judged.violations.some((v) => v.property === 'I2' && v.cause === 'expired');
    };
    expect(['0s', '10s', '20100ms', '21s'].map(shows)).toEqual([true, false, true, true]);
    const from = field('requests.0.at')?.from.value ?? 0;
    expect(from).toBeGreaterThanOrEqual(19_900_000);
    expect(from).toBeLessThanOrEqual(20_100_000);
  });

  it('says where there is no end: the run may last as long as it likes', () => {
    expect(field('duration')?.isUnbounded).toBe(true);
    expect(fieldRanges(fields).find(({ path }) => path === 'duration')?.to).toBe('any');
  });

  it('has both ends of an interval fail in the same way, and a step outside it not', () => {
    const shows = (ttl: string): boolean => {
      const judged = judge({ ...tree, hints: { ttl } });
      return judged.kind === 'judged' && judged.violations.some((v) => v.property === 'I2' && v.cause === 'expired');
    };
    expect([shows('9s'), shows('9100ms')]).toEqual([true, false]);
  });

  it('tells what each event is there for', () => {
    expect(elements.map(({ path }) => path.join('.'))).toEqual(['requests.0', 'faults.0']);
    expect(elements.map(effectNote)).toEqual(['without it nothing is violated', 'without it nothing is violated']);
    expect(effectNote({ path: [], without: [{ property: 'I6', cause: 'writeAcked' }] })).toBe(
      'without it: I6 (writeAcked)',
    );
  });

  it('stops at its bound on runs and says that it is not complete', () => {
    expect(isComplete).toBe(true);
    expect(runs).toBeLessThan(200);
    const short = explain(tree, { property: 'I2', cause: 'expired' }, 3);
    expect(short).toMatchObject({ runs: 3, isComplete: false });
  });
});
