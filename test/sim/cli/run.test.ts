/**
 * `hintlab run` on every story: the contract of `--json`, the accounting in it, and the same numbers in the text.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, storyNames } from '../../../sim/cli/index.ts';
import { decodeTrace, formatCount } from '../../../sim/index.ts';
import { openScenario } from '../../../sim/cli/open-scenario.ts';
import { runToEnd } from '../../../sim/cli/run-command.ts';
import { onTerminal, terminal } from '../../support/terminal.ts';

const STORY_SECONDS = 120;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-run-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function reportOf(...args: readonly string[]): Promise<Report> {
  const { code, out, err } = await onTerminal(['run', ...args, '--json']);
  expect({ code, err: err.replaceAll(/^.*: note: .*\n/gm, '') }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

describe('hintlab run --json', () => {
  it.each(storyNames())(
    '%s: one object with the promised fields, in which every account adds up',
    async (story) => {
      const report = await reportOf(story);
      expect(report).toMatchObject({
        schema: 1,
        scenario: { name: expect.any(String), digest: expect.stringMatching(/^[0-9a-f]{16}$/) },
        seed: expect.any(Number),
        system: 'dynomite',
        digest: expect.stringMatching(/^[0-9a-f]{16}$/),
        virtualMicros: expect.any(Number),
        wallSeconds: expect.any(Number),
      });
      expect(report.events).toBeGreaterThan(0);
      expectAccountsToAddUp(report);
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
    const full = await onTerminal(['run', 'late-hint', '--json']);
    expect(JSON.parse(full.out)).toMatchObject({
      copies: { present: 3, superseded: 2, missing: { overwritten: 1, expired: 0 } },
    });
    const counters = await onTerminal(['run', 'late-hint', '--set', 'record=counters', '--json']);
    expect(JSON.parse(counters.out)).toMatchObject({ copies: null });
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
    // By hand, in the story: b dies at 60.5 s for 45 s, hints for it are stored from 63.03 s and the last is applied at 600.001 s.
    const { outages } = await reportOf('single-outage');
    expect(outages.count).toBe(1);
    expect(outages.nodes.filter(({ outages: count }) => count > 0)).toEqual([
      expect.objectContaining({
        node: 'b',
        outages: 1,
        downMicros: 45_000_000,
        longestDownMicros: 45_000_000,
        longestBehindMicros: 536_971_000,
      }),
    ]);
  });
});

describe('hintlab run', () => {
  it('prints a summary with the numbers of the report on stdout, and nothing on stderr', async () => {
    const report = await reportOf('single-outage');
    const { code, out, err } = await onTerminal(['run', 'single-outage']);
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
    expect(err).toMatch(/^interrupted at \d.* of 15m, after 10 000 events; there is no result\n$/);
  });

  it('shows progress on stderr once a run takes longer than a second, and the result alone on stdout', async () => {
    let now = 0;
    const seconds = () => (now += 0.6);
    const quiet = await onTerminal(['run', 'single-outage', '--json']);
    const slow = await onTerminal(['run', 'single-outage', '--json'], { seconds });
    expect(slow.err).toMatch(/^ +\d+% {2}\d.* of 15m, [\d ]+ events, \d+ s\n/);
    expect({ ...JSON.parse(slow.out), wallSeconds: 0 }).toEqual({ ...JSON.parse(quiet.out), wallSeconds: 0 });
  });

  it('overwrites its progress on a terminal and takes it away in the end', async () => {
    let now = 0;
    const seconds = () => (now += 0.6);
    const { err } = await onTerminal(['run', 'single-outage', '--json'], { seconds, errIsTerminal: true });
    expect(err).toMatch(/^(\r\u001B\[K +\d+%[^\n]*)+\r\u001B\[K$/);
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
      /^stopped at \d.* of 15m, after 500 events: the run outgrew limits\.events, 500 events\n/,
    );
  });
});

describe('hintlab run --trace', () => {
  it('writes a trace that decodes to the run it came from', async () => {
    const file = join(folder, 'single.trace');
    const { code, out, err } = await onTerminal(['run', 'single-outage', '--json', '--trace', file]);
    expect(code).toBe(0);
    expect(err).toMatch(/^wrote .*single\.trace: .*, level (hints|full)\n$/);
    const decoded = decodeTrace(readFileSync(file));
    expect(decoded).toMatchObject({ kind: 'trace', trace: { digest: JSON.parse(out).digest } });
  });

  it('says so where the scenario records counters only', async () => {
    const file = join(folder, 'thin.trace');
    const { code, err } = await onTerminal(['run', 'expiry', '--set', 'record=counters', '--trace', file]);
    expect(code).toBe(0);
    expect(err).toMatch(/level counters; it holds totals, .* but no single hints/);
  });
});

function expectAccountsToAddUp({ writes, reads, hints, hintBytes, lostBy, stores, messages }: Report): void {
  expect(writes.acked + writes.failed + writes.pending).toBe(writes.issued);
  expect(reads.answered + reads.failed + reads.pending).toBe(reads.issued);
  for (const of of [hints, hintBytes]) expect(of.delivered + of.expired + of.lost + of.pending).toBe(of.stored);
  expect(sum(Object.values(lostBy))).toBe(hints.lost);
  expect(sum(stores.map((store) => store.hintCount))).toBeLessThanOrEqual(hints.pending);
  for (const store of stores) if (store.maxBytes > 0) expect(store.bytes).toBeLessThanOrEqual(store.maxBytes);
  expect(messages.delivered + messages.dropped).toBeLessThanOrEqual(messages.sent);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
