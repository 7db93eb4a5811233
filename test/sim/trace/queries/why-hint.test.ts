import { describe, expect, it } from 'vitest';
import { instant, peerIndex } from '../../../../core/index.ts';
import { runOf } from '../../../support/small-runs.ts';
import { whyHint } from '../../../../sim/trace/queries/why-hint.ts';
import { handStory } from '../../../support/hand-story.ts';

describe('why a hint is where it is', () => {
  const trace = handStory();

  it('is not there before it is stored', () => {
    expect(whyHint(trace, 0, 39)).toEqual({ place: 'future', text: 'hint 0 is not stored before 0.000040s' });
  });

  it('waits for its holder to take the peer for Normal, rightly or not', () => {
    expect(whyHint(trace, 0, 45).text).toBe(
      'hint 0 is still here: a has taken b for Down since 0.000030s, and it is down since 0.000010s',
    );
    expect(whyHint(trace, 0, 55).text).toBe(
      'hint 0 is still here: a has taken b for Down since 0.000030s, although it is up',
    );
  });

  it('waits for its turn once the peer is taken for Normal', () => {
    expect(whyHint(trace, 0, 65)).toEqual({
      place: 'waiting',
      text: 'hint 0 is still here: a takes b for Normal, and its turn has not come: queues are looked at every 30s',
    });
  });

  it('travels between its store and its replica, and has done its work there', () => {
    expect(whyHint(trace, 0, 72).place).toBe('travelling');
    expect(whyHint(trace, 0, 75)).toEqual({
      place: 'gone',
      text: 'hint 0 has done its work: b applied hint 0 of write 0, 35µs after it was stored',
    });
  });

  it('waits while dispatch is paused, and while its holder is down', () => {
    const span = { from: instant(60), until: instant(69), cause: '' };
    const paused = handStory({ faults: [{ kind: 'pauseDrain', node: peerIndex(0), ...span }] });
    expect(whyHint(paused, 0, 65).text).toBe('hint 0 is still here: dispatch is paused at a');
    const down = handStory({ outages: [{ node: 'a', from: 61, until: 69 }] });
    expect(whyHint(down, 0, 65).text).toBe('hint 0 is still here: a is down itself, with the hints on its disk');
  });

  it('tells of the last attempt: no room, sent, failed', () => {
    const row = { node: 'a', peer: 'b', subject: 0 };
    const stored = { at: 40, kind: 'hintStored', ...row } as const;
    const after = (kind: 'hintRequeued' | 'hintShipped' | 'hintFailed') =>
      whyHint(handStory({ log: [stored, { at: 62, kind, ...row }] }), 0, 65).text;
    expect(after('hintRequeued')).toContain('had no room at 0.000062s');
    expect(after('hintShipped')).toBe('hint 0 is still here: it was sent at 0.000062s and is not acknowledged yet');
    expect(after('hintFailed')).toContain('the attempt to deliver it failed at 0.000062s');
  });

  it('is gone by the rule that ended it', () => {
    const expired = handStory({
      hints: [{ holder: 'a', peer: 'b', write: 0, storedAt: 40, leftAt: 60, fate: 'expired', deadline: 58 }],
    });
    expect(whyHint(expired, 0, 60)).toEqual({
      place: 'gone',
      text: "hint 0 is gone: a's sweep found hint 0 for b expired: deadline <= now (0.000058s)",
    });
  });

  it('waits for an acknowledgement although it is applied', () => {
    const applied = handStory({
      hints: [{ holder: 'a', peer: 'b', write: 0, storedAt: 40, leftAt: 90, endedAt: 60, fate: 'delivered' }],
    });
    expect(whyHint(applied, 0, 70).text).toBe(
      'hint 0 is still here although b has it: no acknowledgement that a waits for has come',
    );
  });
});

describe('why a hint waits behind a link that ended', () => {
  it('is the link, and not its channel', () => {
    const trace = runOf(
      'duration: 65s\nrequests: [{ at: 45s, set: k, on: a }]\nfaults: [{ stop: b, at: 30s, for: 10s }]',
    );
    expect(whyHint(trace, 0, 62_000_000).text).toMatch(
      /^hint 0 is still here: the link to b had ended by 1m, and it went back to the tail of its queue; /,
    );
  });
});
