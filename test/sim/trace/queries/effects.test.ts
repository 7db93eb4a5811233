/**
 * What follows from an event, on a story short enough to know every row of, and as the mirror of the causal cone: an
 * event is behind another if and only if the other follows from it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causalCone } from '../../../../sim/trace/queries/causes.ts';
import { Effects } from '../../../../sim/trace/queries/effects.ts';
import { LOG_KINDS, NONE, type Trace } from '../../../../sim/trace/trace.ts';
import { handStory, ROW } from '../../../support/hand-story.ts';
import { Reach } from '../../../support/reach.ts';
import { scenarioOf, storyText, traceOf } from '../../../support/scenarios.ts';

function effectsOf(trace: Trace, entry: number): number[] {
  const effects = new Effects(trace, entry);
  return Array.from(trace.log.at, (_, row) => row).filter((row) => effects.has(row));
}

describe('what follows from an event', () => {
  const trace = handStory();

  it('goes on from a crash through belief and hint to the delivery, and past what goes on by itself', () => {
    const { believedDown, stored, acked, restarted, believedUp, shipped, applied } = ROW;
    expect(effectsOf(trace, ROW.crashed)).toEqual([
      believedDown,
      stored,
      acked,
      restarted,
      believedUp,
      shipped,
      applied,
    ]);
    expect(effectsOf(trace, ROW.sweep)).toEqual([shipped, applied]);
  });

  it('is nothing for the last row, and for a row that is not there', () => {
    for (const entry of [ROW.applied, NONE, trace.log.at.length]) expect(effectsOf(trace, entry)).toEqual([]);
  });

  it('does not depend on the order in which rows are asked for', () => {
    const effects = new Effects(trace, ROW.crashed);
    expect(effects.has(ROW.applied)).toBe(true);
    expect(effects.has(ROW.stored)).toBe(true);
    expect(effects.has(ROW.sweep)).toBe(false);
    expect(effects.has(ROW.crashed)).toBe(false);
    expect(effects.has(trace.log.at.length)).toBe(false);
  });

  it('mirrors the causal cone', () => {
    // Heartbeats and sweeps lead to little and follow from nothing: they would be most of what is drawn.
    const stories = ['late-hint', 'majority-reversal'].map((name) => {
      const story = traceOf(scenarioOf(storyText(name)));
      const telling = [...story.log.kind.keys()].filter(
        (row) => !['heartbeat', 'sweep'].includes(LOG_KINDS[story.log.kind[row] ?? 0] ?? ''),
      );
      return { story, telling };
    });
    const reach = new Reach<'follows' | 'does not' | 'through another'>();
    const pairs = fc.record({
      told: fc.constantFrom(...stories),
      from: fc.nat(500),
      to: fc.nat(500),
    });
    fc.assert(
      fc.property(pairs, ({ told: { story, telling }, from, to }) => {
        const cause = telling[from % telling.length] ?? NONE;
        const effect = telling[to % telling.length] ?? NONE;
        const cone = causalCone(story, effect);
        if (cone.isCut) return;
        const behind = cone.events.find(({ entry }) => entry === cause);
        const isBehind = behind !== undefined && behind.depth > 0;
        reach.note(isBehind ? 'follows' : 'does not', true);
        reach.note('through another', isBehind && behind.depth > 1);
        expect(new Effects(story, cause).has(effect)).toBe(isBehind);
      }),
      { seed: 20_261_122, numRuns: 2_000 },
    );
    expect(reach.rarerThan(10, ['follows', 'does not', 'through another'])).toEqual([]);
  });
});
