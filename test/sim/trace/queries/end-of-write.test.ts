import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peerIndex, instant } from '../../../../core/units.ts';
import { ledger } from '../../../../sim/index.ts';
import { endOfWrite } from '../../../../sim/trace/queries/end-of-write.ts';
import { lifeOfHint } from '../../../../sim/trace/queries/life-of-hint.ts';
import { lifeOfWrite } from '../../../../sim/trace/queries/life-of-write.ts';
import { tenureOf } from '../../../../sim/trace/queries/tenure.ts';
import { NEVER, NONE } from '../../../../sim/trace/trace.ts';
import { randomDesign, yamlOfDesign } from '../../../support/random-designs.ts';
import { Reach } from '../../../support/reach.ts';
import { scenarioOf, traceOf } from '../../../support/scenarios.ts';
import { heldOf, runOf } from '../../../support/small-runs.ts';
import { traceOfStory } from '../../../support/story-readings.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

const direct = (replica: string, appliedAt: number) => ({ replica, route: 'direct', appliedAt }) as const;
const applied = (at: number, node: string, subject: number) =>
  ({ at, kind: 'copyApplied', node, peer: 'a', subject }) as const;

/** Write 0 is a hint for b, write 1 went to all; the hint comes last. */
const rows: TraceRows = {
  level: 'full',
  endedAt: 100,
  hints: [{ holder: 'a', peer: 'b', write: 0, storedAt: 10, leftAt: 40, endedAt: 50, fate: 'delivered' }],
  writes: [
    {
      ...{ at: 10, coordinator: 'a', key: 7 },
      copies: [direct('a', 11), { replica: 'b', route: 'hinted', appliedAt: 50, hint: 0 }, direct('c', 12)],
    },
    { at: 20, coordinator: 'a', key: 7, copies: [direct('a', 21), direct('b', 22), direct('c', 23)] },
  ],
  log: [
    applied(11, 'a', 0),
    applied(12, 'c', 0),
    applied(21, 'a', 1),
    applied(22, 'b', 1),
    applied(23, 'c', 1),
    { at: 50, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 },
  ],
};

/** So many copies of each run are looked at beside those that are lost: a look goes through the log. */
const COPIES = 100;
const pairOf = (replica = 0, key = 0): string => `${replica} ${key}`;

const told = (more: TraceRows, write: number): readonly unknown[] =>
  endOfWrite(buildTrace({ ...rows, ...more }), write).map(({ at, text }) => [at, text]);

describe('how a write ends', () => {
  it('tells where an older write took its place, and by which rule', () => {
    expect(told({}, 1)).toEqual([
      [50, 'b applied hint 0 of write 0, which is older, so b lost write 1: the last to arrive wins'],
      [100, 'when the run ended, a and c had applied it, b had lost it to write 0'],
    ]);
    expect(told({}, 0)).toEqual([
      [100, 'when the run ended, b had applied it, a and c had a newer write in its place'],
    ]);
  });

  it('names the other rules by which an older one wins', () => {
    const [older, newer] = rows.writes ?? [];
    if (older === undefined || newer === undefined) throw new Error('two writes');
    const versions = { receiver: { conflict: 'timestamp' } } as const;
    expect(told({ ...versions, writes: [{ ...older, timestamp: 30 }, newer] }, 1)[0]).toEqual([
      50,
      'b applied hint 0 of write 0, which is older, so b lost write 1: by its timestamp it is the newer one',
    ]);
    expect(told({ ...versions, writes: [older, { ...newer, operation: 'delete' }] }, 1)[0]).toEqual([
      50,
      'b applied hint 0 of write 0, which is older, so b lost write 1: the tombstone that would have kept it out was gone',
    ]);
  });

  it('tells of read repair, and of an empty node', () => {
    const log = rows.log ?? [];
    const repair = { at: 60, kind: 'repairApplied', node: 'a', peer: 'a', subject: 0 } as const;
    const replaced = { at: 70, kind: 'faultBegan', node: 'c', subject: 0 } as const;
    const faults = [
      { kind: 'replace', node: peerIndex(2), from: instant(70), until: instant(80), cause: '' },
    ] as const satisfies TraceRows['faults'];
    expect(told({ faults, log: [...log, repair, replaced] }, 1)).toEqual([
      [60, 'read repair wrote write 0, which is older, to a, so a lost write 1: the last to arrive wins'],
      [50, 'b applied hint 0 of write 0, which is older, so b lost write 1: the last to arrive wins'],
      [70, "an empty node took c's place, so c lost write 1"],
      [100, 'when the run ended, a and b had lost it to write 0, c had lost it with all its data'],
    ]);
  });

  it('tells of an empty node whatever the receiver goes by, and of what came to it later', () => {
    // b has write 1 from 60 s on and is replaced at 70 s; hint 0 finds the empty node at 100 s, when a may deliver again.
    const trace = runOf(`
system: cassandra
duration: 3m
requests: [{ at: 30s, set: k, on: a }, { at: 60s, set: k, on: c }]
faults: [{ crash: b, at: 5s, for: 45s }, { pauseDrain: a, at: 40s, for: 60s }, { replace: b, at: 70s, for: 5s }]
`);
    const steps = lifeOfWrite(trace, 1).steps.map(({ at, text }) => [at / 1e6, text]);
    expect(steps.slice(-2)).toEqual([
      [70, "an empty node took b's place, so b lost write 1"],
      [180, 'when the run ended, a and c had applied it, b had lost it with all its data'],
    ]);
    expect(heldOf(trace)).toEqual({ a: 1, b: 0, c: 1 });
  });

  it('leaves to an increment what it adds to, and not what was deleted', () => {
    const [older, newer] = rows.writes ?? [];
    if (older === undefined || newer === undefined) throw new Error('two writes');
    expect(told({ writes: [older, { ...newer, operation: 'increment' }] }, 0)).toEqual([
      [100, 'when the run ended, a, b and c had applied it'],
    ]);
    expect(
      told(
        {
          writes: [
            { ...older, operation: 'delete' },
            { ...newer, operation: 'increment' },
          ],
        },
        0,
      ),
    ).toEqual([[100, 'when the run ended, b had applied it, a and c had a newer write in its place']]);
  });

  it('is lost to an increment that was issued before it, as the ledger has it', () => {
    const [older, newer] = rows.writes ?? [];
    if (older === undefined || newer === undefined) throw new Error('two writes');
    const trace = buildTrace({ ...rows, writes: [{ ...older, operation: 'increment' }, newer] });
    expect(endOfWrite(trace, 1).map(({ at, text }) => [at, text])).toEqual([
      [50, 'b applied hint 0 of write 0, which is older, so b lost write 1: the last to arrive wins'],
      [100, 'when the run ended, a and c had applied it, b had lost it to write 0'],
    ]);
  });

  it('is told of the hint as well that did it', () => {
    const { steps } = lifeOfHint(buildTrace(rows), 0);
    expect(steps.at(-1)).toEqual({
      ...{ at: 50, entry: 5 },
      text: 'b applied hint 0 of write 0, 40µs after it was stored, in the place of write 1, which is newer: the last to arrive wins',
    });
  });

  it('answers the question of the story of the late hint, and of the old majority', () => {
    const of = (name: string) => endOfWrite(traceOfStory(name), 1).map(({ text }) => text);
    expect(of('late-hint').at(-1)).toBe('when the run ended, a and c had applied it, b had lost it to write 0');
    expect(of('majority-reversal').at(-1)).toBe('when the run ended, a, b and c had lost it to write 0');
  });
});

describe('tenure', () => {
  it('ends with what the replica holds, and a copy that the ledger calls lost was lost in it, whatever the design', () => {
    const reach = new Reach<'held' | 'newer' | 'older' | 'came back'>();
    fc.assert(
      fc.property(randomDesign, (design) => {
        const trace = traceOf(scenarioOf(yamlOfDesign(design), ['record=full', 'workload.increments=0%']));
        const lost = new Set((ledger(trace)?.missing ?? []).map(({ copy }) => copy));
        const { copies, writes, values } = trace;
        const held = new Map(
          [...values.write].map((write, row) => [pairOf(values.replica[row], values.key[row]), write]),
        );
        const spread = Math.ceil(copies.write.length / COPIES);
        copies.appliedAt.forEach((at, copy) => {
          if (at === NEVER || copies.ignored[copy] === 1 || (copy % spread > 0 && !lost.has(copy))) return;
          const [write, replica] = [copies.write[copy] ?? NONE, copies.replica[copy] ?? NONE];
          const { displacements, holds } = tenureOf(trace, write, replica, at);
          const found = held.get(pairOf(replica, writes.key[write])) ?? NONE;
          if (holds !== found) throw new Error(`write ${write} at node ${replica}: ${holds}, not ${found}`);
          if (lost.has(copy) && holds >= write) throw new Error(`the ledger misses write ${write} at ${replica}`);
          if (holds === write) reach.note(displacements.length === 0 ? 'held' : 'came back');
          else reach.note(holds > write ? 'newer' : 'older');
        });
      }),
      { numRuns: 40, seed: 20_261_123 },
    );
    expect(reach.rarerThan(20, ['held', 'newer', 'older'])).toEqual([]);
  });
});
