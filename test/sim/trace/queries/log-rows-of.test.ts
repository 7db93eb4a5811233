import { describe, expect, it } from 'vitest';
import { LogTally } from '../../../../sim/trace/queries/log-rows-of.ts';
import { LOG_KINDS, NONE } from '../../../../sim/trace/trace.ts';
import { handStory, ROW } from '../../../support/hand-story.ts';

describe('the counters of a node', () => {
  const tally = new LogTally(handStory(), { node: 0 });

  it('count what happened at it, up to and with a row', () => {
    expect(tally.all('heartbeat')).toBe(2);
    expect(tally.upTo('heartbeat', NONE)).toBe(0);
    expect(tally.upTo('heartbeat', ROW.heard)).toBe(1);
    expect(tally.upTo('heartbeat', ROW.heardAgain - 1)).toBe(1);
    expect(tally.upTo('heartbeat', ROW.heardAgain)).toBe(2);
  });

  it('leave out what happened elsewhere', () => {
    expect(tally.all('crashed')).toBe(0);
    expect(tally.all('hintApplied')).toBe(0);
  });

  it('count every row of the log at exactly one node', () => {
    const tallies = [0, 1, 2].map((node) => new LogTally(handStory(), { node }));
    const all = tallies.flatMap((each) => LOG_KINDS.map((kind) => each.all(kind)));
    expect(all.reduce((sum, count) => sum + count, 0)).toBe(handStory().log.at.length);
  });
});

describe('the counters of a link', () => {
  it('count what its sender did, and what arrived at its receiver', () => {
    const tally = new LogTally(handStory(), { node: 0, peer: 1 });
    expect(tally.all('hintStored')).toBe(1);
    expect(tally.all('hintShipped')).toBe(1);
    expect(tally.all('hintApplied')).toBe(1);
    expect(tally.all('heartbeat')).toBe(0);
    expect(new LogTally(handStory(), { node: 1, peer: 0 }).all('heartbeat')).toBe(2);
  });
});
