/**
 * What nodes believe of each other: every change once, since when, and nothing of what an earlier life believed.
 */
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/index.ts';
import { Beliefs } from '../../../sim/cluster/beliefs.ts';
import { Recorder } from '../../../sim/trace/recorder.ts';
import { scenarioOf } from '../../support/scenarios.ts';

function three(): { readonly beliefs: Beliefs; readonly recorder: Recorder } {
  const scenario = scenarioOf('hintlab: 1\nduration: 60s\nrecord: full\nnodes: 3\nworkload: { rate: 1/s }');
  const recorder = new Recorder({ mix: () => undefined }, scenario);
  return { beliefs: new Beliefs(3, recorder), recorder };
}

describe('beliefs', () => {
  it('know since when a peer is taken for Down, from the first conviction on', () => {
    const { beliefs } = three();
    beliefs.down(0, 1, instant(5));
    beliefs.down(0, 1, instant(9));
    expect([beliefs.isDown(0, 1), beliefs.downSince(0, 1)]).toEqual([true, 5]);
    beliefs.up(0, 1, instant(12));
    expect(beliefs.isDown(0, 1)).toBe(false);
    beliefs.down(0, 1, instant(20));
    expect(beliefs.downSince(0, 1)).toBe(20);
  });

  it('are of one observer each', () => {
    const { beliefs } = three();
    beliefs.down(0, 1, instant(5));
    expect([beliefs.isDown(1, 0), beliefs.isDown(2, 1), beliefs.isDown(0, 2)]).toEqual([false, false, false]);
  });

  it('never doubt oneself', () => {
    const { beliefs } = three();
    beliefs.down(1, 1, instant(5));
    expect(beliefs.isDown(1, 1)).toBe(false);
  });

  it('begin with every peer Down, since the process started', () => {
    const { beliefs } = three();
    beliefs.forget(0, instant(3));
    expect([0, 1, 2].map((peer) => beliefs.isDown(0, peer))).toEqual([false, true, true]);
    expect(beliefs.downSince(0, 2)).toBe(3);
  });

  it('begin with every peer Normal where a process trusts: to hear that one is up is no news', () => {
    const { beliefs, recorder } = three();
    beliefs.down(0, 1, instant(5));
    beliefs.trust(0);
    expect([0, 1, 2].map((peer) => beliefs.isDown(0, peer))).toEqual([false, false, false]);
    const before = recorder.finish().log.at.length;
    for (const peer of [1, 2]) beliefs.up(0, peer, instant(8));
    expect(recorder.finish().log.at.length).toBe(before);
  });

  it('are recorded once per change, as intervals', () => {
    const { beliefs, recorder } = three();
    beliefs.down(0, 1, instant(5));
    beliefs.down(0, 1, instant(6));
    beliefs.up(0, 1, instant(8));
    beliefs.up(0, 1, instant(9));
    const { from, until } = recorder.finish().beliefs;
    expect([[...from], [...until]]).toEqual([[5], [8]]);
  });
});
