/**
 * Heartbeats for a node that is away: those that wait for it come all at once, and make a fresh process impatient if
 * nothing bounds its mean. Gossip is each second, one way takes 1 ms, a link is open again a second after a return.
 */
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../sim/index.ts';
import { runOf, saidOf, when } from '../../support/small-runs.ts';

const B = 1;

/** b is away from 10.5 s to 70 s, and nobody writes meanwhile. */
const run = (more: string): Trace =>
  runOf(`duration: 90s\nrequests: [{ at: 1s, set: k }]\nfaults: [{ crash: b, at: 10.5s, until: 70s }]\n${more}`);

/** When b came to take somebody for Down after its return, its start apart. */
const doubts = (trace: Trace): number[] => when(trace, 'believedDown', B).filter((at) => at > 70);

describe('heartbeats for a node that is away', () => {
  it('are not sent to it by Cassandra, so it doubts nobody when it is back', () => {
    const trace = run('system: cassandra');
    expect(doubts(trace)).toEqual([]);
    // The links to b open at 71 s: no more than one heartbeat of each of the two others comes in an instant.
    const heard = when(trace, 'heartbeat', B).filter((at) => at > 70);
    expect(heard.length).toBeGreaterThan(2 * 17);
    for (const at of heard) expect(heard.filter((other) => other === at)).toHaveLength(2);
  });

  it('wait for it in the channel of dynomite, whose mean is never below a second', () => {
    const trace = run('system: dynomite');
    // Those of 11 to 71 s, 61 from each of the two others.
    expect(when(trace, 'heartbeat', B).filter((at) => at === 71.001)).toHaveLength(2 * 61);
    expect(doubts(trace)).toEqual([]);
  });

  it('would make Cassandra suspect everybody at once', () => {
    // One interval of 2 s, with which the window begins, and 60 of nothing: a mean of 33 ms, with which phi is above 8
    // after 0.6 s. The silence at the look of 72 s is 0.999 s.
    const trace = run('system: cassandra\ndetector: { phi: { backlog: true } }');
    expect(doubts(trace).slice(0, 2)).toEqual([72, 72]);
    expect(saidOf(trace, 'believedDown', B).at(-1)).toContain('its silence had passed phi 8, but it was up');
  });
});
