/**
 * The life of a read, on runs small enough to be worked out by hand, and against the simulator: what a client was told is
 * something that a replica had.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCount, LOG_KINDS, NONE } from '../../../../sim/index.ts';
import type { Trace } from '../../../../sim/index.ts';
import { lifeOfRead } from '../../../../sim/trace/queries/life-of-read.ts';
import { randomDesign, yamlOfDesign } from '../../../support/random-designs.ts';
import { Reach } from '../../../support/reach.ts';
import { scenarioOf, storyText, traceOf } from '../../../support/scenarios.ts';
import { runOf } from '../../../support/small-runs.ts';

/** A millisecond between nodes, a tenth of one to a node's own backend: the defaults. */
const THREE = 'duration: 20s\nnodes: [a, b, c]\ndetector: { fixed: { down: 2s, up: 1s } }\n';

function told(trace: Trace, read = 0): readonly string[] {
  return lifeOfRead(trace, read).steps.map(({ text }) => text);
}

function isVotes(text: string): boolean {
  return text.startsWith('while it was under way');
}

/** What the replicas could say, and what the level makes of it. */
function votesOf(trace: Trace, read = 0): string | undefined {
  return told(trace, read).find(isVotes);
}

describe('lifeOfRead', () => {
  it('tells how an old value became the majority, was answered, and was repaired over the new one', () => {
    // By the story: the sweep of 60 s turns b and c back; the read of 61 s takes 2 ms there and back, and the repair of
    // a by itself a tenth of one more.
    const { title, steps } = lifeOfRead(traceOf(scenarioOf(storyText('majority-reversal'))), 0);
    expect(title).toBe('read 0 (key "k", through a): answered with write 0, behind write 1');
    expect(steps.map(({ at, text }) => [at, text])).toEqual([
      [52_000_100, 'a applied write 1'],
      [52_002_000, expect.stringMatching(/^a acknowledged write 1 .* a, b and c had applied it$/)],
      [60_001_000, expect.stringMatching(/^b applied hint 0 of write 0/)],
      [60_001_000, expect.stringMatching(/^c applied hint 1 of write 0/)],
      [61_000_000, 'a client sent read 0 (key "k") to a'],
      [61_000_000, 'a could ask a, b and c'],
      [
        61_002_000,
        'a answered read 0 with write 0, DC_QUORUM being met: stale, for write 1 of its key had been acknowledged before it was issued',
      ],
      [
        61_002_000,
        'while it was under way, a had write 1, and b and c had write 0: DC_QUORUM takes 2 equal replies, or the most frequent one once all are in',
      ],
      [
        61_002_100,
        'a applied write 0 by read repair: a had read it from other replicas, over write 1, which was issued after it',
      ],
    ]);
  });

  it('names the log row of each step that has one', () => {
    const trace = traceOf(scenarioOf(storyText('majority-reversal')));
    const kinds = lifeOfRead(trace, 0).steps.map(({ entry }) => LOG_KINDS[trace.log.kind[entry ?? NONE] ?? NONE]);
    expect(kinds).toEqual([
      'copyApplied',
      'writeAcked',
      'hintApplied',
      'hintApplied',
      'readIssued',
      undefined,
      'readAnswered',
      undefined,
      'repairApplied',
    ]);
  });

  it('leaves out whom the coordinator takes for Down, and asks no more than the level takes', () => {
    const trace = runOf(
      `${THREE}consistency: { write: DC_QUORUM, read: DC_ONE }
requests: [{ at: 1s, set: k }, { at: 10s, get: k }]
faults: [{ crash: c, at: 5s, for: 10s }]`,
    );
    expect(told(trace)).toContain('a could ask a and b, and asked the nearest of them: it took c for Down');
    expect(votesOf(trace)).toBe('while it was under way, a and b had write 0: DC_ONE takes the first reply');
  });

  it('names who answers for those that are Down, and with what', () => {
    const trace = runOf(`duration: 60s
system: riak
nodes: [a, b, c]
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 0.1ms, near: 1ms } }
requests: [{ at: 10s, set: k, on: a }, { at: 20s, get: k, on: a }, { at: 20.0001s, set: k, on: a }, { at: 30s, get: k, on: c }]
faults: [{ crash: b, at: 5s }]`);
    expect(told(trace)).toContain('a could ask a and c, and c in the place of b: it took b for Down');
    expect(votesOf(trace)).toBe(
      'while it was under way, a and c had write 0, then write 1, and c kept write 0, then write 1 for b: QUORUM takes 2 votes; of the replies in, the newest version answers',
    );
  });

  it('tells what changes at the replicas while it is under way', () => {
    // Issued half a millisecond after the write: b finds nothing at home, a and c have it when they are asked.
    const racing = (level: string): Trace =>
      runOf(
        `${THREE}consistency: { read: ${level} }
requests: [{ at: 10s, set: k }, { at: 10.0005s, get: k, on: b }]`,
      );
    const quorum = racing('DC_QUORUM');
    expect(lifeOfRead(quorum, 0).title).toBe('read 0 (key "k", through b): answered with write 0');
    expect(told(quorum)).toEqual(expect.arrayContaining(['b applied write 0', 'c applied write 0']));
    expect(votesOf(quorum)).toMatch(
      /way, a had write 0, and b and c had no value, then write 0: DC_QUORUM takes 2 equal/,
    );
    const safe = racing('DC_SAFE_QUORUM');
    expect(lifeOfRead(safe, 0).title).toBe('read 0 (key "k", through b): failed');
    expect(votesOf(safe)).toMatch(/: DC_SAFE_QUORUM takes every reply, and all alike$/);
  });

  it('says that versions decide where they do, and how many votes a plain level takes', () => {
    const trace = runOf(
      `system: cassandra\n${THREE}consistency: { write: QUORUM, read: QUORUM }
requests: [{ at: 1s, set: k }, { at: 10s, delete: k }, { at: 15s, get: k }]`,
    );
    expect(lifeOfRead(trace, 0).title).toBe('read 0 (key "k", through a): answered with no value');
    expect(votesOf(trace)).toBe(
      'while it was under way, a, b and c had write 1, a delete: QUORUM takes 2 votes; of the replies in, the newest version answers',
    );
  });

  it('tells a tombstone that is gone from one that still refuses', () => {
    const reading = (at: string): Trace =>
      runOf(
        `system: cassandra\n${THREE}consistency: ALL\nreceiver: { gcGrace: 8s }
requests: [{ at: 1s, set: k }, { at: 2s, delete: k }, { at: ${at}, get: k }]
faults: [{ collect: b, at: 5s }]`,
      );
    expect(votesOf(reading('4s'))).toMatch(/way, a, b and c had write 1, a delete: /);
    expect(votesOf(reading('9s'))).toMatch(
      /way, a and c had write 1, a delete, and b had .* whose tombstone was gone: /,
    );
    expect(votesOf(reading('11s'))).toMatch(/way, a, b and c had write 1, a delete whose tombstone was gone: /);
  });

  it('asks nobody in another datacentre where the level is local', () => {
    const trace = runOf(
      `duration: 20s
datacentres: { here: { r1: [a], r2: [b] }, there: { r1: [c] } }
consistency: { write: ALL, read: LOCAL_QUORUM }
requests: [{ at: 1s, set: k }, { at: 10s, get: k }]`,
    );
    expect(told(trace)).toContain('a could ask a and b');
    expect(votesOf(trace)).toMatch(/^while it was under way, a and b had write 0: LOCAL_QUORUM takes 2 votes/);
  });

  it('says nothing of the rule where reads have levels of their own', () => {
    const trace = runOf(
      `${THREE}consistency: DC_QUORUM
requests: [{ at: 1s, set: k }, { at: 10s, get: k, level: DC_ONE }, { at: 11s, get: k }]`,
    );
    expect(votesOf(trace)).toBe('while it was under way, a, b and c had write 0');
  });

  it('has an end for reads without an answer, of nothing, or without a coordinator', () => {
    const early = runOf(`${THREE}requests: [{ at: 1s, set: k }, { at: 19.9999s, get: k, on: b, level: ALL }]`);
    expect(lifeOfRead(early, 0).title).toMatch(/: pending$/);
    expect(told(early)).toContain('the run ended before its client was told anything');
    const unwritten = runOf(`${THREE}requests: [{ at: 10s, get: k }]`);
    expect(told(unwritten)).toContain('no write of key "k" was ever meant for a replica that it could ask');
    const down = runOf(`${THREE}requests: [{ at: 10s, get: k }]\nfaults: [{ crash: a, at: 5s, for: 10s }]`);
    expect(told(down)).toEqual(['a client sent read 0 (key "k") to a', 'read 0 failed: a was down']);
  });

  it('has nothing to tell of a read that is not there, or was not recorded', () => {
    const trace = traceOf(scenarioOf(storyText('majority-reversal')));
    for (const read of [-1, 1, 0.5]) expect(lifeOfRead(trace, read).steps).toEqual([]);
    const thin = traceOf(scenarioOf(storyText('majority-reversal'), ['record=hints']));
    expect(lifeOfRead(thin, 0)).toEqual({ title: 'read 0: reads are not in this trace (level hints)', steps: [] });
  });
});

describe('any life of a read', () => {
  it('answers what a replica had, in order, and tells of each repair once', { timeout: 120_000 }, () => {
    const reach = new Reach<'behind' | 'changed' | 'deleted' | 'summed' | 'repaired' | 'down' | 'failed'>();
    fc.assert(
      fc.property(randomDesign, (design) => {
        const trace = traceOf(scenarioOf(yamlOfDesign(design), ['record=full']));
        let repaired = 0;
        trace.reads.outcome.forEach((_, read) => {
          const { title, steps } = lifeOfRead(trace, read);
          const text = steps.find((step) => isVotes(step.text))?.text ?? '';
          if (title.includes('answered'))
            expect([title, text]).toEqual([title, expect.stringMatching(heldBy(trace, read))]);
          steps.forEach(({ at }, row) => expect(at).toBeGreaterThanOrEqual(steps[row - 1]?.at ?? 0));
          repaired += steps.filter(
            (step) => step.text.includes('read repair') && isAfter(trace, read, step.entry),
          ).length;
          reach.note('behind', title.includes('behind'));
          reach.note('changed', text.includes(', then '));
          reach.note('deleted', text.includes('a delete'));
          reach.note('summed', text.includes('a sum'));
          reach.note(
            'down',
            steps.some((step) => step.text.includes('for Down')),
          );
          reach.note('failed', title.endsWith('failed'));
        });
        const repairs = trace.log.kind.filter((kind) => LOG_KINDS[kind] === 'repairApplied').length;
        expect(repaired).toBe(repairs);
        reach.note('repaired', repairs > 0);
      }),
      { numRuns: 24, seed: 33 },
    );
    const states = ['behind', 'changed', 'deleted', 'summed', 'repaired', 'down', 'failed'] as const;
    expect(reach.rarerThan(5, states)).toEqual([]);
  });
});

/** What a replica must have had for a read to be answered as it was. */
function heldBy({ reads }: Trace, read: number): RegExp {
  const value = reads.value[read] ?? NONE;
  if (value === NONE) return /no value|a delete|nobody had|nothing/;
  return value < NONE ? /a sum/ : new RegExp(`write ${formatCount(value)}(,|:|$| and | for )`);
}

/** The row of the log comes after the end of the read. */
function isAfter({ log, reads }: Trace, read: number, entry: number | undefined): boolean {
  const end = log.kind.findIndex(
    (kind, row) =>
      (LOG_KINDS[kind] ?? '').startsWith('read') && log.subject[row] === read && log.at[row] === reads.resolvedAt[read],
  );
  return entry !== undefined && entry > end;
}
