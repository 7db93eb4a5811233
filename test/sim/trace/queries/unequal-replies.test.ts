import { describe, expect, it } from 'vitest';
import { checkProperties } from '../../../../sim/index.ts';
import { lifeOfWrite } from '../../../../sim/trace/queries/life-of-write.ts';
import { areRepliesUnequal } from '../../../../sim/trace/queries/unequal-replies.ts';
import { runOf } from '../../../support/small-runs.ts';

/** b is away and taken for Down when a is asked to set a key, and then to delete it, with all votes to be equal. */
const AWAY = `
system: dynomite
duration: 50s
nodes: [a, b, c]
consistency: { write: DC_SAFE_QUORUM }
faults:
  - { crash: b, at: 0s, for: 5m }
`;
const REQUESTS = `requests: [{ at: 30s, set: k, on: a }, { at: 31s, delete: k, on: a }]`;

describe('a write whose replies are unequal', () => {
  it('is a delete with a hint among its votes, after H12: an error for what is executed everywhere', () => {
    const trace = runOf(`${AWAY}${REQUESTS}`);
    expect([0, 1].map((write) => areRepliesUnequal(trace, write))).toEqual([false, true]);
    const told = lifeOfWrite(trace, 1).steps.map(({ text }) => text);
    expect(told).toContain('a failed write 1: its replies were not equal, as DC_SAFE_QUORUM asks');
    expect(told).toContain('c applied write 1');
  });

  it('violates I12 though one replica was still to answer', () => {
    const I12 = checkProperties(runOf(`${AWAY}${REQUESTS}`)).find(({ id }) => id === 'I12');
    expect(I12).toMatchObject({ verdict: 'violated', at: 31_000_100 });
    expect(I12?.detail).toBe(
      'a answered write 1 with an error at 31.000100s, though a had executed it, a hint stood in for b, and nobody had refused it',
    );
  });

  it('is none that a replica has refused, or that has no hint to speak for an absent one', () => {
    const refused = runOf(`${AWAY}  - { loading: a, at: 10s, for: 5m }\n${REQUESTS}`);
    const unspoken = runOf(`${AWAY}${REQUESTS}`, 'hints.vote=none');
    for (const trace of [refused, unspoken]) {
      expect(areRepliesUnequal(trace, 1)).toBe(false);
      expect(checkProperties(trace).find(({ id }) => id === 'I12')?.verdict).not.toBe('violated');
    }
    const told = lifeOfWrite(unspoken, 1).steps.map(({ text }) => text);
    expect(told).toContain('a failed write 1: too few votes were left to come for DC_SAFE_QUORUM');
  });
});
