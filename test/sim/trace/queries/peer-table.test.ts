/**
 * What is said of hints after their holder has read another seed list (H23): a finds c where b was from 35 s on, and b is
 * away from 5 s until 110 s, so it is c that a takes for Normal, sends to and waits for. One way takes 1 ms.
 */
import { describe, expect, it } from 'vitest';
import { describeEntry } from '../../../../sim/index.ts';
import { LOG } from '../../../../sim/trace/log-codes.ts';
import { causesOf } from '../../../../sim/trace/queries/cause-rules.ts';
import { sentTo } from '../../../../sim/trace/queries/peer-table.ts';
import { whyHint } from '../../../../sim/trace/queries/why-hint.ts';
import { runOf, saidOf } from '../../../support/small-runs.ts';

const turned = (more: string, later = '') => `
duration: 70s
detector: { fixed: { down: 0s, up: 1s, start: down } }
requests: [{ at: 30s, set: k, on: a }${later}]
faults:
  - { crash: b, at: 5s, for: 105s }
  - { reindex: a, at: 32s, order: [a, c, b] }
  - { restart: a, at: 33s, for: 2s }
${more}
`;

describe('a hint whose position another node has', () => {
  it('is sent by a sweep to that node, which is the one taken for Normal', () => {
    const trace = runOf(turned('system: dynomite-durable\ndrain: { first: interval }'));
    expect(saidOf(trace, 'hintShipped')).toEqual([
      'a took c for Normal, which its peer table has where b was, so its sweep sent hint 0 and let go of it: no acknowledgement is asked for',
    ]);
    expect(whyHint(trace, 0, 35.5e6).text).toBe(
      'hint 0 is still here: a has taken c, which its peer table has where b was, for Down since 35s, although it is up',
    );
    expect([10, 34, 35].map((second) => sentTo(trace, 0, second * 1e6))).toEqual([1, 1, 2]);
  });

  it('waits for the acknowledgement of that node in a session', () => {
    const disk = 'hints: { addressedBy: position, disk: { durability: synced } }';
    const trace = runOf(turned(`  - { stall: c, at: 36s }\nsystem: cassandra\n${disk}`));
    expect(saidOf(trace, 'hintShipped')[0]).toBe(
      'a took c for Normal, which its peer table has where b was, and sent hint 0, which stays in its store until c has acknowledged it',
    );
    expect(saidOf(trace, 'hintFailed')[0]).toBe(
      "c had not acknowledged within 2s, so hint 0 stays in a's store to be tried again",
    );
  });

  it('goes back to its tail when the channel to that node has no room', () => {
    // Of the writes of 40 s and 41 s the link takes one at once, and the other stays in the channel for 100 s.
    const narrow = 'drain: { first: interval }\nchannel: { slots: 1, rate: 0.01/s }';
    const later = ', { at: 40s, set: l, on: a }, { at: 41s, set: l, on: a }';
    const trace = runOf(turned(`system: dynomite-durable\n${narrow}`, later));
    expect(saidOf(trace, 'hintRequeued')[0]).toBe(
      'the channel from a to c had no room, so hint 0 went back to the tail of its queue, its deadline unchanged',
    );
  });

  it('is lost on the way to that node', () => {
    const trace = runOf(
      turned('  - { loss: 100%, from: [a], to: [c], at: 50s }\nsystem: dynomite-durable\ndrain: { first: interval }'),
    );
    expect(saidOf(trace, 'hintLost')).toEqual([
      'hint 0 was lost on the wire from a to c, and a had let go of it: lost',
    ]);
  });

  it('is sent because that node was taken for Normal', () => {
    const trace = runOf(turned('system: dynomite-durable\ndrain: { first: interval }'));
    const shipped = trace.log.kind.indexOf(LOG.hintShipped);
    const causes = causesOf(trace, shipped).map((row) => describeEntry(trace, row));
    expect(causes).toContain('a took c for Normal: both had been up for 1s');
  });
});
