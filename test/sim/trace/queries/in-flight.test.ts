import { describe, expect, it } from 'vitest';
import { Flights, type Flight } from '../../../../sim/trace/queries/in-flight.ts';
import { LOG_KINDS, NEVER, type Trace } from '../../../../sim/trace/trace.ts';
import { handStory, ROW } from '../../../support/hand-story.ts';
import { scenarioOf, storyText, traceOf } from '../../../support/scenarios.ts';

function told({ kind, sender, receiver, subject, from, until, arrives }: Flight): string {
  return `${kind} ${subject}: ${sender} → ${receiver}, ${from} to ${until}${arrives ? '' : ', lost'}`;
}

function toldAt(trace: Trace, at: number): string[] {
  return new Flights(trace).at(at).map(told);
}

describe('messages in flight', () => {
  it('fly from sending up to the instant at which the other side acts; what a node gives itself does not fly', () => {
    const trace = handStory();
    expect(toldAt(trace, 39)).toEqual([]);
    expect(toldAt(trace, 40)).toEqual(['write 0: 0 → 2, 40 to 42']);
    expect(toldAt(trace, 42)).toEqual([]);
    expect(toldAt(trace, 74)).toEqual(['hint 0: 0 → 1, 70 to 75']);
    expect(toldAt(trace, 75)).toEqual([]);
  });

  it('name the row of their sending', () => {
    expect(new Flights(handStory()).at(72).map(({ entry }) => entry)).toEqual([ROW.shipped]);
  });

  it('are found from node to node', () => {
    const flights = new Flights(handStory());
    expect(flights.nextOn(0, 1, 0)?.from).toBe(70);
    expect(flights.nextOn(0, 2, 40)).toBeUndefined();
    expect(flights.nextOn(1, 0, 0)).toBeUndefined();
  });

  it('include acknowledgements where they are asked for', () => {
    const trace = handStory({
      drain: { ack: 'each' },
      log: [
        { at: 70, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 },
        { at: 75, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 },
        { at: 79, kind: 'hintAcked', node: 'a', peer: 'b', subject: 0 },
      ],
    });
    expect(toldAt(trace, 75)).toEqual(['ack 0: 1 → 0, 75 to 79']);
    expect(toldAt(trace, 79)).toEqual([]);
  });

  it('go where they arrive: a stray hint to the node that it was not meant for, and its acknowledgement back', () => {
    const shipped = { at: 70, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 } as const;
    for (const kind of ['strayApplied', 'strayIgnored'] as const) {
      const stray = { at: 75, kind, node: 'c', peer: 'a', subject: 0 } as const;
      const lost = { at: 79, kind: 'hintLost', node: 'a', peer: 'b', subject: 0 } as const;
      const hints = [{ holder: 'a', peer: 'b', storedAt: 10, endedAt: 79, leftAt: 79, fate: 'misdelivered' }] as const;
      const asked = handStory({ drain: { ack: 'each' }, hints, log: [shipped, stray, lost] });
      expect(toldAt(asked, 72)).toEqual(['hint 0: 0 → 2, 70 to 75']);
      expect(toldAt(asked, 76)).toEqual(['ack 0: 2 → 0, 75 to 79']);
      expect(new Flights(asked).nextOn(0, 1, 0)).toBeUndefined();
      const gone = handStory({ log: [shipped, stray, { ...lost, at: 75 }] });
      expect(toldAt(gone, 72)).toEqual(['hint 0: 0 → 2, 70 to 75']);
      expect(toldAt(gone, 75)).toEqual([]);
    }
  });

  it('end when they are given up, and arrive all the same if they arrive later', () => {
    const shipped = { at: 70, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 } as const;
    const failed = { at: 80, kind: 'hintFailed', node: 'a', peer: 'b', subject: 0 } as const;
    const late = { at: 90, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 } as const;
    expect(toldAt(handStory({ log: [shipped, failed] }), 71)).toEqual(['hint 0: 0 → 1, 70 to 80, lost']);
    expect(toldAt(handStory({ log: [shipped, failed, late] }), 85)).toEqual(['hint 0: 0 → 1, 70 to 90']);
  });

  it('keep their receiver when the hint comes to another node once more', () => {
    const shipped = { at: 70, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 } as const;
    const applied = { at: 75, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 } as const;
    const stray = { at: 78, kind: 'strayApplied', node: 'c', peer: 'a', subject: 0 } as const;
    expect(toldAt(handStory({ log: [shipped, applied, stray] }), 71)).toEqual(['hint 0: 0 → 1, 70 to 75']);
    expect(toldAt(handStory({ log: [shipped, { ...stray, at: 74 }, applied] }), 71)).toEqual([
      'hint 0: 0 → 2, 70 to 74',
    ]);
  });

  it('end with their sender, and otherwise last to the end of the run', () => {
    const log = [{ at: 70, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 }] as const;
    expect(toldAt(handStory({ log }), 99)).toEqual([`hint 0: 0 → 1, 70 to ${NEVER}, lost`]);
    const died = handStory({ log, outages: [{ node: 'a', from: 73 }] });
    expect(toldAt(died, 72)).toEqual(['hint 0: 0 → 1, 70 to 73, lost']);
    expect(toldAt(died, 73)).toEqual([]);
  });

  it('tell of a write that was dropped when it was given up', () => {
    const trace = handStory({
      writes: [
        {
          at: 40,
          coordinator: 'a',
          copies: [{ replica: 'c', route: 'direct', droppedAt: 55, dropCause: 'messageLost' }],
        },
      ],
    });
    expect(toldAt(trace, 50)).toEqual(['write 0: 0 → 2, 40 to 55, lost']);
  });

  it('tell of a write that another node keeps a hint of', () => {
    const trace = handStory({
      hints: [{ holder: 'c', peer: 'b', write: 0, storedAt: 46 }],
      writes: [{ at: 40, coordinator: 'a', copies: [{ replica: 'b', route: 'hinted', hint: 0 }] }],
    });
    expect(toldAt(trace, 45)).toEqual(['write 0: 0 → 2, 40 to 46']);
  });

  it('are none below level full', () => {
    expect(new Flights(handStory({ level: 'hints', log: [] })).count).toBe(0);
  });
});

describe.each(['late-hint', 'loading-backend/acked', 'majority-reversal'])('the flights of %s', (story) => {
  const trace = traceOf(scenarioOf(storyText(story), ['record=full']));
  const flights = new Flights(trace);

  it('never end before they begin, and where they arrive the log has a row of their receiver', () => {
    let arrived = 0;
    for (let index = 0; index < flights.count; index++) {
      const flight = flights.flight(index);
      expect(flight.until).toBeGreaterThanOrEqual(flight.from);
      if (!flight.arrives) continue;
      arrived++;
      const row = trace.log.at.indexOf(flight.until);
      const kinds = new Set<string | undefined>();
      for (let at = row; trace.log.at[at] === flight.until; at++) {
        if (trace.log.node[at] === flight.receiver) kinds.add(LOG_KINDS[trace.log.kind[at] ?? 0]);
      }
      const ends = { write: /^(copy|repair|hintStored)/, hint: /^hint(Applied|Ignored)/, ack: /^hintAcked/ };
      expect(
        [...kinds]
          .join(' ')
          .split(' ')
          .some((kind) => ends[flight.kind].test(kind)),
      ).toBe(true);
    }
    expect(arrived).toBeGreaterThan(0);
  });
});
