/** Where two runs part, on small traces by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areTimesApart, firstDivergence } from '../../../../sim/trace/queries/divergence.ts';
import { COPY_ROUTES, NEVER } from '../../../../sim/trace/trace.ts';
import { runOf } from '../../../support/small-runs.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

type Write = NonNullable<TraceRows['writes']>[number];
type Copy = NonNullable<Write['copies']>[number];

/** Write 0 goes straight to a and b, write 1 to a alone; both are acknowledged 10 µs after they were sent. */
function rows(copyOfSecond: Copy, others: TraceRows = {}): TraceRows {
  return {
    level: 'full',
    writes: [
      {
        ...{ at: 100, coordinator: 'a', outcome: 'acked', resolvedAt: 110 },
        copies: [
          { replica: 'a', route: 'direct', appliedAt: 105 },
          { replica: 'b', route: 'direct', appliedAt: 108 },
        ],
      },
      {
        ...{ at: 200, coordinator: 'a', outcome: 'acked', resolvedAt: 210 },
        copies: [{ replica: 'a', route: 'direct', appliedAt: 205 }, copyOfSecond],
      },
    ],
    ...others,
  };
}

const sent = buildTrace(rows({ replica: 'b', route: 'direct', appliedAt: 208 }));

describe('firstDivergence', () => {
  it('finds none between a run and itself', () => {
    expect(firstDivergence(sent, sent)).toBeUndefined();
  });

  it('tells of a write that was turned away why it set out to nobody', () => {
    const run = (unavailable: string) =>
      runOf(
        `duration: 50s\nrequests: [{ at: 30s, set: k, level: ALL }]\nfaults: [{ crash: b, at: 0s, for: 5m }]`,
        `consistency.unavailable=${unavailable}`,
      );
    const divergence = firstDivergence(run('try'), run('refuse'));
    expect(divergence && areTimesApart(divergence)).toBe(false);
    expect(divergence).toMatchObject({
      ...{ at: 30_000_000, subject: { kind: 'write', id: 0 }, kind: 'deed' },
      first: { text: 'a gave write 0 to its own backend' },
      other: {
        text: 'a refused write 0 at once and sent nothing: too few replicas were taken for Normal to reach ALL',
      },
    });
  });

  it('tells both sides at the instant at which one sends what the other hints', () => {
    const hinted = buildTrace(
      rows(
        { replica: 'b', route: 'hinted', hint: 0, appliedAt: 900 },
        {
          hints: [
            { holder: 'a', peer: 'b', storedAt: 200, write: 1, reason: 'queued', leftAt: 800, fate: 'delivered' },
          ],
        },
      ),
    );
    expect(firstDivergence(sent, hinted)).toEqual({
      at: 200,
      subject: { kind: 'write', id: 1 },
      kind: 'deed',
      first: { at: 200, text: 'a sent write 1 to b' },
      other: {
        at: 200,
        text: expect.stringMatching(/^other hints for b were still waiting .* so a kept hint 0 .* of write 1/),
      },
    });
  });

  it('says of a side that did nothing of the kind what did not happen', () => {
    const lost = buildTrace(rows({ replica: 'b', route: 'direct', droppedAt: 207, dropCause: 'messageLost' }));
    const divergence = firstDivergence(sent, lost);
    expect(divergence).toMatchObject({ at: 207, first: { at: NEVER, text: 'write 1 was not lost on its way to b' } });
    expect(divergence?.other.text).toMatch(/^write 1 was dropped on its way from a to b: the wire lost it/);
  });

  it('tells a replica that ignores a write from one that applies it', () => {
    const ignored = buildTrace(rows({ replica: 'b', route: 'direct', appliedAt: 208, ignored: true }));
    expect(firstDivergence(sent, ignored)).toMatchObject({
      at: 208,
      first: { text: 'b applied write 1' },
      other: { text: expect.stringMatching(/^b ignored write 1: it held/) },
    });
  });

  it('puts another deed before another time, however early that is', () => {
    const { writes = [], ...rest } = rows({ replica: 'b', route: 'refused' });
    const [first, ...others] = writes;
    const slow = buildTrace({
      ...rest,
      writes: [...(first === undefined ? [] : [{ ...first, resolvedAt: 150 }]), ...others],
    });
    expect(firstDivergence(sent, slow)).toMatchObject({ kind: 'deed', at: 200, subject: { id: 1 } });
  });

  it('falls back to times where nothing else differs', () => {
    const late = buildTrace(rows({ replica: 'b', route: 'direct', appliedAt: 600 }));
    const divergence = firstDivergence(sent, late);
    expect(divergence && areTimesApart(divergence)).toBe(true);
    expect(divergence).toMatchObject({
      kind: 'time',
      at: 208,
      first: { at: 208, text: 'b applied write 1' },
      other: { at: 600, text: 'b applied write 1' },
    });
  });

  it('finds a read with another answer before a write that differs later', () => {
    const reading = (value: number): TraceRows =>
      rows(
        { replica: 'b', route: value === 0 ? 'unsent' : 'direct', ...(value === 0 ? {} : { appliedAt: 208 }) },
        { reads: [{ at: 150, coordinator: 'b', outcome: 'acked', resolvedAt: 160, value, newest: 1 }] },
      );
    expect(firstDivergence(buildTrace(reading(1)), buildTrace(reading(0)))).toMatchObject({
      at: 160,
      subject: { kind: 'read', id: 0 },
      first: { text: expect.stringMatching(/^b answered read 0 with write 1/) },
      other: { text: expect.stringMatching(/^b answered read 0 with write 0, .*: stale/) },
    });
  });

  it('compares no later than the first request that is not the same', () => {
    const { writes = [] } = rows({ replica: 'b', route: 'unsent' });
    const other = buildTrace({
      level: 'full',
      writes: [...writes.slice(0, 1), { at: 190, coordinator: 'c', key: 7 }, ...writes.slice(1)],
    });
    expect(firstDivergence(sent, other)).toMatchObject({
      at: 190,
      kind: 'deed',
      first: { at: 200, text: expect.stringMatching(/^a client sent write 1 .* to a$/) },
      other: { at: 190, text: expect.stringMatching(/^a client sent write 1 .* to c$/) },
    });
  });

  it('is the same seen from either side, and none exactly where the runs are equal', () => {
    const reached = { deed: 0, time: 0, none: 0 };
    const copy = fc.record({
      route: fc.constantFrom(...COPY_ROUTES.filter((route) => route !== 'hinted')),
      appliedAt: fc.constantFrom(201, 202, NEVER),
    });
    fc.assert(
      fc.property(copy, copy, (left, right) => {
        const [one, two] = [left, right].map((each) => buildTrace(rows({ replica: 'b', ...each })));
        if (one === undefined || two === undefined) throw new Error('two traces were built');
        const there = firstDivergence(one, two);
        const back = firstDivergence(two, one);
        reached[there?.kind ?? 'none']++;
        expect(back).toEqual(there === undefined ? undefined : { ...there, first: there.other, other: there.first });
        const isEqual = left.route === right.route && left.appliedAt === right.appliedAt;
        expect(there === undefined).toBe(isEqual);
      }),
      { seed: 3, numRuns: 300 },
    );
    for (const times of Object.values(reached)) expect(times).toBeGreaterThan(5);
  });
});
