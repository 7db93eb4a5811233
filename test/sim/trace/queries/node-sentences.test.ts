/**
 * What is said of nodes that come and go, where the obvious sentence would be wrong. One way takes 1 ms.
 */
import { describe, expect, it } from 'vitest';
import { runOf, saidOf, when } from '../../../support/small-runs.ts';

const B = 1;

describe('a goodbye', () => {
  it('is undone at the next look, for which no heartbeat came (H17)', () => {
    // b stops at 10 s, and a, which looks each second, has heard it at 9.001 s: at 11 s phi is 0.87.
    const trace = runOf('system: dynomite\nduration: 12s\nfaults: [{ stop: b, at: 10s }]');
    expect(when(trace, 'believedDown', 0).slice(-1)).toEqual([10.001]);
    expect(when(trace, 'believedUp', 0).slice(-1)).toEqual([11]);
    const [first, , last] = saidOf(trace, 'believedUp', 0);
    expect(first).toBe('a took b for Normal: it had a heartbeat from it');
    expect(last).toBe('a took b for Normal: its silence had not passed phi 8, which undoes its goodbye');
  });

  it('is not told twice: a silence that grows on after it is convicted for itself', () => {
    // Heard last at 9.001 s, so phi passes 8 at 27.4 s, and the next look is at 28 s.
    const trace = runOf('system: dynomite\nduration: 30s\nfaults: [{ stop: b, at: 10s }]');
    const ofB = saidOf(trace, 'believedDown', 0).filter((text) => text.startsWith('a took b'));
    expect(ofB).toEqual(['a took b for Down: it had said goodbye', 'a took b for Down: its silence had passed phi 8']);
    expect(when(trace, 'believedDown', 0).slice(-1)).toEqual([28]);
  });

  it('that is kept is not undone by what others heard before it', () => {
    // By lot c may tell a of b until c's next heartbeats; b is back at 40 s, and is heard of again from then on.
    for (const seed of [1, 2, 3, 4, 5]) {
      const gossip = `seed: ${seed}\ndetector: { phi: { to: one } }`;
      const trace = runOf(`system: scylla\nduration: 50s\n${gossip}\nfaults: [{ stop: b, at: 20s, for: 20s }]`);
      const { beliefs } = trace;
      const ofB = [...beliefs.from.keys()].filter((row) => beliefs.peer[row] === 1 && beliefs.from[row] === 20_001_000);
      expect(ofB).toHaveLength(2);
      for (const row of ofB) expect(beliefs.until[row]).toBeGreaterThan(40e6);
    }
  });

  it.each([
    ['kept', 20.001],
    ['forgotten', 11],
  ])('that is %s lasts until %d s', (goodbye, until) => {
    // b is back at 20 s, and its link to a is open at once.
    const fault = 'faults: [{ stop: b, at: 10s, for: 10s }]';
    const trace = runOf(`system: cassandra\nduration: 22s\ndetector: { phi: { goodbye: ${goodbye} } }\n${fault}`);
    expect(when(trace, 'believedUp', 0).filter((at) => at > 10)).toEqual([until]);
  });

  it('is kept by Cassandra and Scylla, and forgotten by dynomite', () => {
    const ends = (['cassandra', 'scylla', 'dynomite'] as const).map((system) => {
      const trace = runOf(`system: ${system}\nduration: 22s\nfaults: [{ stop: b, at: 10s, for: 10s }]`);
      return when(trace, 'believedUp', 0).find((at) => at > 10);
    });
    expect(ends).toEqual([20.001, 20.001, 11]);
  });
});

describe('a node that is taken for Normal', () => {
  it('may be one that others have heard of, where a heartbeat goes to one peer by lot', () => {
    const gossip = 'detector: { phi: { gossip: 1s, to: one } }';
    const apart = 'faults: [{ partition: [[a], [b]], at: 0s, for: 60s }]';
    const trace = runOf(`system: dynomite\nduration: 60s\n${gossip}\n${apart}`);
    const ofB = saidOf(trace, 'believedUp', 0).filter((text) => text.startsWith('a took b'));
    expect(new Set(ofB)).toEqual(new Set(['a took b for Normal: others had heard of it']));
  });
});

describe('a node that starts again', () => {
  it('is an empty one under the old name after a replacement', () => {
    const faults = 'faults: [{ replace: b, at: 10s, for: 5s }, { crash: b, at: 20s, for: 1s }]';
    const trace = runOf(`system: cassandra\nduration: 22s\n${faults}`);
    expect(saidOf(trace, 'restarted', B)).toEqual([
      'an empty node started in the place of b, with no hints and no word from anyone yet',
      'b restarted, with the hints that its disk had kept and no word from anyone yet',
    ]);
  });

  it('has its peers at other positions if it has read another seed list, and only then', () => {
    const trace = runOf(`
system: dynomite-durable
duration: 40s
faults:
  - { reindex: a, order: [a, b, c], at: 1s }
  - { crash: a, at: 2s, for: 1s }
  - { reindex: a, order: [a, c, b], at: 10s }
  - { crash: a, at: 12s, for: 1s }
  - { crash: a, at: 22s, for: 1s }
`);
    const kept = 'the hints that its disk had kept and no word from anyone yet';
    expect(saidOf(trace, 'restarted')).toEqual([
      `a restarted, with ${kept}`,
      `a restarted, with its peers at other positions, ${kept}`,
      `a restarted, with ${kept}`,
    ]);
  });
});

describe('a crash', () => {
  it('finds a hint that was not yet on disk in the hands of no sweep, where sweeps hold none', () => {
    // Flushed each 10 s; b has been Down since 1 s at the latest, and a dies a second after it kept the hint.
    const trace = runOf(`
system: cassandra
duration: 20s
detector: { fixed: { down: 0s, up: 0s, start: up } }
requests: [{ at: 11s, set: k, on: a }]
faults: [{ crash: b, at: 1s }, { crash: a, at: 12s }]
`);
    expect(saidOf(trace, 'hintLost')).toEqual([
      'a crashed before hint 0 for b was safe on its disk, which takes up to 10s: lost',
    ]);
    expect(saidOf(trace, 'crashed', 0)).toEqual(['a crashed: it lost 1 hint']);
  });
});
