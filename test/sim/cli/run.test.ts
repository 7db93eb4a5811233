/**
 * `hintlab run` on every story: the contract of `--json`, the accounting in it, the same numbers in the text, and the exit
 * code as the verdict on the properties.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, storyNames } from '../../../sim/cli/index.ts';
import { decodeTrace, formatCount, isFailure, MISSING_CAUSES, PROPERTIES, SYSTEM_NAMES } from '../../../sim/index.ts';
import { openScenario } from '../../../sim/cli/open-scenario.ts';
import { runToEnd } from '../../../sim/cli/run-command.ts';
import { onTerminal, terminal } from '../../support/terminal.ts';

const STORY_SECONDS = 120;
/** Stories that take seconds, made shorter: what they come to is tested with the cluster, and here is only the form. */
const SHORTER: ReadonlyMap<string, string> = new Map([
  ['lanl-23', 'duration=30d'],
  ['lanl-23/fortnight', 'duration=1d'],
  ['hint-storm', 'workload.rate=50/s'],
  ['hint-storm/capped', 'workload.rate=50/s'],
]);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-run-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The report of a run, whose exit code is what the properties in it say. */
async function reportOf(...args: readonly string[]): Promise<Report> {
  const { code, out, err } = await onTerminal(['run', ...args, '--json']);
  const report: Report = JSON.parse(out);
  const expected = (report.properties ?? []).some(isFailure) ? 1 : 0;
  expect({ code, err: err.replaceAll(/^.*: note: .*\n/gm, '') }).toEqual({ code: expected, err: '' });
  return report;
}

describe('hintlab run --json', () => {
  it.each(storyNames())(
    '%s: one object with the promised fields, in which every account adds up',
    async (story) => {
      const set = SHORTER.get(story);
      const report = await reportOf(story, ...(set === undefined ? [] : ['--set', set]));
      expect(report).toMatchObject({
        schema: 1,
        scenario: { name: expect.any(String), digest: expect.stringMatching(/^[0-9a-f]{16}$/) },
        seed: expect.any(Number),
        digest: expect.stringMatching(/^[0-9a-f]{16}$/),
        virtualMicros: expect.any(Number),
        wallSeconds: expect.any(Number),
      });
      expect(SYSTEM_NAMES).toContain(report.system);
      expect(report.events).toBeGreaterThan(0);
      expect(report.properties?.map(({ id }) => id)).toEqual(PROPERTIES.map(({ id }) => id));
      const opened = openScenario(story, { sets: [] });
      expectAccountsToAddUp(report, opened.kind === 'opened' && opened.scenario.policy.drain.ack === 'each');
    },
    STORY_SECONDS * 1_000,
  );

  it('gives the same object for the same seed, but for the wall time, and another digest for another seed', async () => {
    const changed = ['flapping-peer', '--set', 'workload.arrivals=poisson', '--seed'];
    const [first, again, other] = [
      await reportOf(...changed, '1'),
      await reportOf(...changed, '1'),
      await reportOf(...changed, '2'),
    ];
    expect({ ...again, wallSeconds: 0 }).toEqual({ ...first, wallSeconds: 0 });
    expect(other.digest).not.toBe(first.digest);
    expect(other.seed).toBe(2);
  });

  it('has the ledger at level full, and says that it has none below', async () => {
    const full = await reportOf('late-hint');
    expect(full.copies).toMatchObject({ present: 3, superseded: 2, missing: { overwritten: 1, expired: 0 } });
    expect(Object.keys(full.copies?.missing ?? {})).toEqual([...MISSING_CAUSES]);
    expect(await reportOf('late-hint', '--set', 'record=counters')).toMatchObject({ copies: null });
  });

  it('has every field of a property and no other, with the first event of those that were violated', async () => {
    // handoff-systems §11.1: the sweep of 60 s breaks I2, 1 ms away: b has the first write in the place of the second.
    const { properties } = await reportOf('late-hint');
    expect(properties?.find(({ id }) => id === 'I2')).toEqual({
      id: 'I2',
      kind: expect.stringMatching(/^(always|eventually)$/),
      verdict: 'violated',
      at: 60_001_000,
      event: expect.any(Number),
      detail: expect.stringMatching(/b does not have write 1/),
    });
    expect(await reportOf('late-hint', '--no-check')).toMatchObject({ properties: null });
  });

  it('has the statistics from measure.from on', async () => {
    const { statistics, writes } = await reportOf('late-hint', '--set', 'measure.from=45s');
    // By hand: of the two writes, the one at 52 s is issued after that.
    expect(writes.acked).toBe(2);
    expect(statistics).toMatchObject({ from: 45_000_000, writes: { count: 1 }, staleReads: 0, answeredReads: 0 });
    expect(statistics.services.map(({ node }) => node)).toEqual(['a', 'b', 'c']);
  });

  it('compares the TTL of the scenario with 1 h, 3 h and 24 h, in order', async () => {
    const { outages } = await reportOf('single-outage', '--set', 'hints.ttl=2h');
    expect(outages.outlivingTtl.map(({ ttlMicros, own }) => [ttlMicros / 3_600_000_000, own])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [24, false],
    ]);
  });

  it('says how long the node of single-outage was down and behind', async () => {
    // By hand, in the story: b dies at 60.5 s for 5 min, hints for it are stored from 63.03 s, the last is applied at 3 870.001 s.
    const { outages } = await reportOf('single-outage');
    expect(outages.count).toBe(1);
    expect(outages.nodes.filter(({ outages: count }) => count > 0)).toEqual([
      expect.objectContaining({
        node: 'b',
        outages: 1,
        downMicros: 300_000_000,
        longestDownMicros: 300_000_000,
        longestBehindMicros: 3_806_971_000,
      }),
    ]);
  });
});

describe('hintlab run', () => {
  it('prints a summary with the numbers of the report on stdout, and nothing on stderr', async () => {
    const report = await reportOf('single-outage');
    const { code, out, err } = await onTerminal(['run', 'single-outage', '--no-check']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const number of [
      report.writes.issued,
      report.hints.stored,
      report.hints.requeued,
      report.hintBytes.stored,
      report.events,
    ]) {
      expect(out).toContain(formatCount(number));
    }
    expect(out).toContain(report.digest);
    expect(out).toContain(`seed ${report.seed}`);
    expect(out).not.toContain('\u001B');
  });

  it('says the same with colour as without', async () => {
    const plain = await onTerminal(['run', 'expiry']);
    const coloured = await onTerminal(['run', 'expiry'], { colour: true });
    expect(coloured.out).toContain('\u001B[1m');
    expect(coloured.out.replaceAll(/\u001B\[\d+m/g, '')).toBe(plain.out);
  });

  it('stops at an interrupt with code 130, says how far it got, and prints no result', async () => {
    const watchInterrupt = () => ({ interrupted: () => true, stop: () => undefined });
    const { code, out, err } = await onTerminal(['run', 'single-outage', '--json'], { watchInterrupt });
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toMatch(/^interrupted at \d.* of 1h 10m, after 10 000 events; there is no result\n$/);
  });

  it('shows progress on stderr once a run takes longer than a second, and the result alone on stdout', async () => {
    let now = 0;
    const seconds = () => (now += 0.6);
    const quiet = await onTerminal(['run', 'single-outage', '--json']);
    const slow = await onTerminal(['run', 'single-outage', '--json'], { seconds });
    expect(slow.err).toMatch(/^ +\d+% {2}\d.* of 1h 10m, [\d ]+ events, \d+ s\n/);
    expect({ ...JSON.parse(slow.out), wallSeconds: 0 }).toEqual({ ...JSON.parse(quiet.out), wallSeconds: 0 });
  });

  it('overwrites its progress on a terminal and takes it away in the end', async () => {
    let now = 0;
    const seconds = () => (now += 0.6);
    const { err } = await onTerminal(['run', 'single-outage', '--json'], { seconds, errIsTerminal: true });
    expect(err).toMatch(/^(\r\u001B\[K +\d+%[^\n]*)+\r\u001B\[K$/);
  });
});

describe('the verdict of hintlab run', () => {
  it('is code 1 with the violated property, its sentence and its first event in the text', async () => {
    const { code, out, err } = await onTerminal(['run', 'late-hint']);
    const { sentence } = PROPERTIES.find(({ id }) => id === 'I2') ?? {};
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^properties: \d+ violated$/m);
    expect(out).toMatch(/^I2 violated.*, first at 1m 0\.001s$/m);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(sentence);
    expect(out).toMatch(/^hold: \d+; not exercised: \d+; --properties tells all$/m);
  });

  it('is code 0 if exactly the expected properties are violated, and 1 with the difference if not', async () => {
    const { properties } = await reportOf('late-hint');
    const broken = (properties ?? []).filter(isFailure).map(({ id }) => id);
    expect(broken).toContain('I2');
    expect(await onTerminal(['run', 'late-hint', '--expect', broken.join(',')])).toMatchObject({ code: 0, err: '' });
    const { code, err } = await onTerminal(['run', 'late-hint', '--expect', [...broken, 'I5'].join(',')]);
    expect(code).toBe(1);
    expect(err).toMatch(/^expected violations of .*, found .*: I5 (holds|was not exercised)\n$/);
  });

  it('is what the help says of its example', async () => {
    const { out } = await onTerminal(['run', '--help']);
    const [, story = '', ids = ''] = /hintlab run (\S+) --expect (\S+) +ends with 0/.exec(out) ?? [];
    expect(await onTerminal(['run', story, '--expect', ids])).toMatchObject({ code: 0, err: '' });
  });

  it('tells every property with --properties', async () => {
    const { out } = await onTerminal(['run', 'late-hint', '--properties']);
    const lines = out.split('\n');
    for (const { id } of PROPERTIES) expect(lines.some((line) => line.startsWith(`${id} `))).toBe(true);
    const words = out.replaceAll(/\s+/g, ' ');
    for (const { sentence } of PROPERTIES.filter(({ kind }) => kind !== 'sometimes')) expect(words).toContain(sentence);
  });

  it('is left out with --no-check', async () => {
    const { code, out } = await onTerminal(['run', 'late-hint', '--no-check']);
    expect(code).toBe(0);
    expect(out).not.toMatch(/^properties/m);
  });
});

describe('a run that outgrows a limit', () => {
  it('is stopped there with code 2, and told which limit and how far it got', async () => {
    const opened = openScenario('single-outage', { sets: [] });
    if (opened.kind !== 'opened') throw new Error(opened.lines.join('\n'));
    const { scenario } = opened;
    const { io, written } = terminal();
    expect(await runToEnd({ ...scenario, limits: { ...scenario.limits, events: 500 } }, io)).toBe(2);
    expect(written.err).toMatch(
      /^stopped at \d.* of 1h 10m, after 500 events: the run outgrew limits\.events, 500 events\n/,
    );
  });
});

describe('hintlab run --trace', () => {
  it('writes a trace that decodes to the run it came from', async () => {
    const file = join(folder, 'single.trace');
    const { code, out, err } = await onTerminal(['run', 'single-outage', '--no-check', '--json', '--trace', file]);
    expect(code).toBe(0);
    expect(err).toMatch(/^wrote .*single\.trace: .*, level (hints|full)\n$/);
    const decoded = decodeTrace(readFileSync(file));
    expect(decoded).toMatchObject({ kind: 'trace', trace: { digest: JSON.parse(out).digest } });
  });

  it('says so where the scenario records counters only', async () => {
    const file = join(folder, 'thin.trace');
    const { code, err } = await onTerminal([
      'run',
      'expiry',
      '--no-check',
      '--set',
      'record=counters',
      '--trace',
      file,
    ]);
    expect(code).toBe(0);
    expect(err).toMatch(/level counters; it holds totals, .* but no single hints/);
  });
});

/** @param acks with acknowledgements a hint that was applied stays in its store until its holder knows */
function expectAccountsToAddUp(report: Report, acks: boolean): void {
  const { writes, reads, hints, hintBytes, lostBy, stores, messages } = report;
  expect(writes.acked + writes.failed + writes.pending).toBe(writes.issued);
  expect(reads.answered + reads.failed + reads.pending).toBe(reads.issued);
  for (const of of [hints, hintBytes]) expect(of.delivered + of.expired + of.lost + of.pending).toBe(of.stored);
  expect(sum(Object.values(lostBy))).toBe(hints.lost);
  const kept = sum(stores.map((store) => store.hintCount));
  expect(kept).toBeLessThanOrEqual(hints.pending + (acks ? hints.delivered : 0));
  for (const store of stores) if (store.maxBytes > 0) expect(store.bytes).toBeLessThanOrEqual(store.maxBytes);
  expect(messages.delivered + messages.dropped).toBeLessThanOrEqual(messages.sent);
  expectQueuesToAddUp(report);
}

function expectQueuesToAddUp({ queues, hints, outages, record }: Report): void {
  expect(outages.each.length).toBe(outages.count);
  if (queues === null) return expect(record).toBe('counters');
  const { rejectedOverCapacity, refusedByWindow, refusedByDisk, refusedByOverload } = hints;
  const refused = rejectedOverCapacity + refusedByWindow + refusedByDisk + refusedByOverload;
  expect([sum(queues.map(({ stored }) => stored)), sum(queues.map((queue) => queue.refused))]).toEqual([
    hints.stored,
    refused,
  ]);
  expect(sum(queues.map(({ delay }) => delay.count))).toBe(hints.delivered);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
