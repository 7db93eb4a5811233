import { describe, expect, it } from 'vitest';
import { causesOf } from '../../../../sim/trace/queries/cause-rules.ts';
import { causalCone, MAX_CONE } from '../../../../sim/trace/queries/causes.ts';
import { NONE } from '../../../../sim/trace/trace.ts';
import { handStory, ROW } from '../../../support/hand-story.ts';
import { scenarioOf, storyText, traceOf } from '../../../support/scenarios.ts';

describe('what an event follows from', () => {
  const trace = handStory();

  it.each([
    ['a crash', ROW.crashed, [ROW.faultBegan]],
    ['taking a peer for Down', ROW.believedDown, [ROW.heard, ROW.crashed]],
    ['sending', ROW.sentToC, [ROW.issued]],
    ['applying', ROW.appliedAtC, [ROW.sentToC]],
    ['storing a hint', ROW.stored, [ROW.believedDown, ROW.issued]],
    ['an acknowledgement, which counts the hint', ROW.acked, [ROW.issued, ROW.stored, ROW.appliedAtA, ROW.appliedAtC]],
    ['a return', ROW.restarted, [ROW.crashed]],
    ['taking a peer for Normal', ROW.believedUp, [ROW.restarted, ROW.heardAgain]],
    ['shipping', ROW.shipped, [ROW.stored, ROW.believedUp, ROW.sweep]],
    ['applying a hint', ROW.applied, [ROW.shipped]],
    ['what a client, a timer or the scenario does', ROW.issued, []],
    ['a sweep', ROW.sweep, []],
    ['the beginning of a fault', ROW.faultBegan, []],
  ])('%s', (_, row, causes) => {
    expect(causesOf(trace, row)).toEqual(causes);
  });

  it('does not count a hint that counts for nothing', () => {
    const strict = handStory({ hintPolicy: { vote: 'none' } });
    expect(causesOf(strict, ROW.acked)).toEqual([ROW.issued, ROW.appliedAtA, ROW.appliedAtC]);
  });

  it('leads a repeated write back to the attempt that failed', () => {
    const repeated = handStory({
      writes: [
        { at: 10, coordinator: 'a', outcome: 'failed', resolvedAt: 20 },
        { at: 21, coordinator: 'a', retryOf: 0 },
      ],
      log: [
        { at: 10, kind: 'writeIssued', node: 'a', subject: 0 },
        { at: 20, kind: 'writeFailed', node: 'a', subject: 0 },
        { at: 21, kind: 'writeIssued', node: 'a', subject: 1 },
      ],
    });
    expect(causesOf(repeated, 2)).toEqual([1]);
    expect(causesOf(repeated, 1)).toEqual([0]);
  });
});

describe('the causal cone', () => {
  it('goes back from a hint that is applied to the fault and the write behind it, nearest first', () => {
    const cone = causalCone(handStory(), ROW.applied);
    expect(cone.isCut).toBe(false);
    const { heard, faultBegan, crashed, believedDown, issued, stored, restarted, heardAgain, believedUp } = ROW;
    expect(cone.events.map(({ entry, depth }) => [entry, depth])).toEqual([
      [heard, 4],
      [faultBegan, 5],
      [crashed, 4],
      [believedDown, 3],
      [issued, 3],
      [stored, 2],
      [restarted, 3],
      [heardAgain, 3],
      [believedUp, 2],
      [ROW.sweep, 2],
      [ROW.shipped, 1],
      [ROW.applied, 0],
    ]);
    expect(cone.events.find(({ entry }) => entry === crashed)?.ledTo.toSorted((a, b) => a - b)).toEqual([
      believedDown,
      restarted,
    ]);
  });

  it('has nothing for no event', () => {
    expect(causalCone(handStory(), NONE).events).toEqual([]);
    expect(causalCone(handStory(), 99).events).toEqual([]);
  });

  it.each(['late-hint', 'loading-backend/acked', 'majority-reversal', 'crash-recovery/a'])(
    'has only earlier events of %s, each of which led to another of them',
    (story) => {
      const trace = traceOf(scenarioOf(storyText(story), ['record=full']));
      const step = Math.max(1, Math.floor(trace.log.at.length / 60));
      let withCauses = 0;
      for (let entry = 0; entry < trace.log.at.length; entry += step) {
        const { events } = causalCone(trace, entry);
        expect(events.length).toBeLessThanOrEqual(MAX_CONE);
        expect(events.at(-1)?.entry).toBe(entry);
        const rows = new Set(events.map((event) => event.entry));
        for (const { entry: row, depth, ledTo } of events) {
          if (row === entry) continue;
          expect(depth).toBeGreaterThan(0);
          expect(ledTo.length).toBeGreaterThan(0);
          expect(ledTo.every((effect) => effect > row && rows.has(effect))).toBe(true);
        }
        if (events.length > 1) withCauses++;
      }
      expect(withCauses).toBeGreaterThan(0);
    },
  );
});
