/**
 * What a subject may say of itself in its reply to hello, and what is answered to nonsense.
 */
import { describe, expect, it } from 'vitest';
import { readHello, REFERENCE_POLICIES } from '../../../sim/conform/policies.ts';

describe('the reply to hello', () => {
  it('may say nothing but the protocol: the rest is as in the reference', () => {
    expect(readHello({ protocol: 1 })).toEqual({
      name: 'the subject',
      policies: REFERENCE_POLICIES,
      without: [],
      maxPayloadBytes: 4_096,
    });
  });

  it('may depart from the reference, policy by policy', () => {
    const said = {
      protocol: 1,
      name: 'mine',
      policies: { capScope: 'peer', sweepBeforeCap: true },
      without: ['lengthFor'],
    };
    expect(readHello(said)).toMatchObject({
      name: 'mine',
      policies: { ...REFERENCE_POLICIES, capScope: 'peer', sweepBeforeCap: true },
      without: ['lengthFor'],
    });
  });

  it.each([
    ['no object', 'yes', 'expected an object as the result of hello'],
    ['another protocol', { protocol: 2 }, 'expected protocol 1, found 2'],
    [
      'an unknown policy',
      { protocol: 1, policies: { ttl: 1 } },
      'expired, capScope, sweepBeforeCap, sweepTime, found ttl',
    ],
    ['an inherited name', { protocol: 1, policies: { toString: 1 } }, 'found toString'],
    [
      'an unknown value',
      { protocol: 1, policies: { capScope: 'rack' } },
      'expected capScope to be store or peer, found rack',
    ],
    ['a needed operation', { protocol: 1, without: ['stats'] }, 'only lengthFor, totalLength, peersWithHints'],
    ['tiny payloads', { protocol: 1, maxPayloadBytes: 9 }, 'expected maxPayloadBytes of at least 4096, found 9'],
  ])('with %s is refused with what was expected', (_what, said, why) => {
    expect(readHello(said)).toContain(why);
  });
});
