/**
 * A flapping node: it crashes or stalls and returns by stretches of its own, worked out by hand.
 */
import { describe, expect, it } from 'vitest';
import { appliedAt, hintsOf, outagesOf, runOf } from '../../support/small-runs.ts';

const PLAIN = `
duration: 100s
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 0.1ms, near: 1ms } }
`;

describe('a flapping node', () => {
  it('crashes and returns by its stretches, begins up, and is up when it is over', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 16s, set: k }, { at: 20s, set: k }]
faults: [{ flap: b, up: 5s, down: 2s, at: 10s, until: 37s }]
`);
    expect(outagesOf(trace, 'b')).toEqual([
      [15, 17],
      [22, 24],
      [29, 31],
      [36, 37],
    ]);
    expect(hintsOf(trace)).toEqual(['0 for b at a, 16 s: peerDown, delivered']);
  });

  it('may stall instead: what it is asked then waits for the end of the stretch', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 16s, set: k }, { at: 20s, set: l }]
faults: [{ flap: b, what: stall, up: 5s, down: 2s, at: 10s, until: 40s }]
`);
    expect([appliedAt(trace, 0).b, appliedAt(trace, 1).b]).toEqual([17, 20.001]);
    expect(outagesOf(trace, 'b')).toEqual([]);
  });

  it('that stalls is as any other once it is over, in whichever stretch: the next stall counts', () => {
    // Over at 19 s, while b is up; at 16 s, while it stalls. Then b is stalled from 30 s to 40 s by another fault.
    for (const until of ['19s', '16s']) {
      const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 20s, set: k, on: a }, { at: 35s, set: l, on: a }]
faults: [{ flap: b, what: stall, up: 5s, down: 2s, at: 10s, until: ${until} }, { stall: b, at: 30s, for: 10s }]
`);
      expect([until, appliedAt(trace, 0).b, appliedAt(trace, 1).b]).toEqual([until, 20.001, 40]);
    }
  });
});
