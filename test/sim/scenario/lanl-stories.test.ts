/**
 * The stories of LANL's system 23: their outages are those of the raw file, their two weeks the worst ones, their load that
 * of Twitter's cluster12, and their cost what their comments say.
 */
import { describe, expect, it } from 'vitest';
import { days, minutes } from '../../../core/index.ts';
import { estimateRun, formatProblem, importLanl, importTwitter } from '../../../sim/scenario/index.ts';
import type { LanlOutages, Scenario } from '../../../sim/scenario/index.ts';
import { daysFromCivil } from '../../../sim/scenario/import/calendar.ts';
import { scenarioOf, storyText } from '../../support/scenarios.ts';
import { sharedData, WITHOUT_SHARED_DATA } from '../../support/shared-data.ts';

const MINUTES_PER_DAY = 1_440;
const START_OF_2003 = daysFromCivil({ year: 2003, month: 1, day: 1 }) * MINUTES_PER_DAY;
const DAYS_OF_FORTNIGHT = 14;

const year = scenarioOf(storyText('lanl-23'));
const fortnight = scenarioOf(storyText('lanl-23/fortnight'));

function outagesFrom(fromDay: number, toDay: number): LanlOutages {
  const range = { from: START_OF_2003 + fromDay * MINUTES_PER_DAY, to: START_OF_2003 + toDay * MINUTES_PER_DAY };
  const imported = importLanl(sharedData('lanl/system-23.csv'), { file: 'system-23.csv', ...range });
  if (imported.kind === 'invalid') throw new Error(imported.problems.map(formatProblem).join('\n'));
  return imported;
}

/** `n3 8520–8690 Maintenance`, in minutes from the start, sorted. */
function linesOfScenario({ nodes, faults }: Scenario): readonly string[] {
  return faults
    .map((fault) => {
      const name = fault.kind === 'crash' ? nodes[fault.node]?.name : fault.kind;
      return `${name ?? ''} ${fault.from / minutes(1)}–${fault.until / minutes(1)} ${fault.cause}`;
    })
    .sort();
}

function linesOfImport({ names, outages, from: start }: LanlOutages): readonly string[] {
  return outages
    .map(({ node, from, to, cause }) => `${names[node] ?? ''} ${from - start}–${to - start} ${cause}`)
    .sort();
}

/** Downtime in minutes, over all nodes, of the two weeks that begin on a day of 2003. */
function downtime({ outages }: LanlOutages, day: number): number {
  const from = START_OF_2003 + day * MINUTES_PER_DAY;
  const to = from + DAYS_OF_FORTNIGHT * MINUTES_PER_DAY;
  return outages.reduce((sum, outage) => sum + Math.max(0, Math.min(outage.to, to) - Math.max(outage.from, from)), 0);
}

/** Requests a second of the first class of clients. */
function rateOf({ workloads }: Scenario): number {
  const arrivals = workloads[0]?.arrivals;
  return arrivals === undefined || arrivals.kind === 'closed' ? 0 : arrivals.rate;
}

describe('both stories', () => {
  it('spread five nodes over three racks and record hints', () => {
    for (const story of [year, fortnight]) {
      expect(story.nodes.map(({ name }) => name).sort()).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
      expect(new Set(story.nodes.map(({ rack }) => rack)).size).toBe(3);
      expect(story.record).toBe('hints');
    }
  });

  it('run for a year with fixed delays, and for two weeks with gossip', () => {
    expect([year.duration, year.policy.detector.kind]).toEqual([days(365), 'fixed']);
    expect([fortnight.duration, fortnight.policy.detector.kind]).toEqual([days(14), 'phi']);
  });

  it('stay below 30 million events', () => {
    expect(estimateRun(year).events).toBeLessThan(30e6);
    expect(estimateRun(fortnight).events).toBeLessThan(30e6);
  });

  it('thank those who gave the data', () => {
    for (const name of ['lanl-23', 'lanl-23/fortnight']) {
      expect(storyText(name)).toContain('Los Alamos National Laboratory');
      expect(storyText(name)).toContain('CC BY 4.0');
    }
  });

  it('are scaled as their comments say: 1 / 87 200 and 1 / 4 360 of 4.36 kqps', () => {
    expect(rateOf(year) * 87_200).toBeCloseTo(4_360, 6);
    expect(rateOf(fortnight) * 4_360).toBe(4_360);
  });
});

describe.skipIf(WITHOUT_SHARED_DATA !== undefined)(`against the raw data ${WITHOUT_SHARED_DATA ?? ''}`, () => {
  it('the year has every outage of 2003, with its cause', () => {
    const outages = outagesFrom(0, 365);
    expect(linesOfScenario(year)).toEqual(linesOfImport(outages));
    expect(outages.outages).toHaveLength(101);
  });

  it('the year’s comment counts right: 223.7 node hours, 12 outages over 3 h, none over 24 h, longest 22 h 46 min', () => {
    const lengths = outagesFrom(0, 365).outages.map(({ from, to }) => to - from);
    expect(lengths.reduce((sum, length) => sum + length, 0) / 60).toBeCloseTo(223.7, 1);
    expect(lengths.filter((length) => length > 180)).toHaveLength(12);
    expect(Math.max(...lengths)).toBe(22 * 60 + 46);
  });

  it('the fortnight is the worst of the year, and has its outages', () => {
    const whole = outagesFrom(0, 365);
    const begins = Array.from({ length: 365 - DAYS_OF_FORTNIGHT + 1 }, (_, day) => day);
    const most = Math.max(...begins.map((day) => downtime(whole, day)));
    const worst = begins.find((day) => downtime(whole, day) === most) ?? -1;
    // 8 March is day 66 of 2003, counted from 0.
    expect(worst).toBe(31 + 28 + 7);
    expect(most / 60).toBeCloseTo(62, 1);
    expect(linesOfScenario(fortnight)).toEqual(linesOfImport(outagesFrom(worst, worst + DAYS_OF_FORTNIGHT)));
  });

  it('all five nodes are down at once twice in the fortnight', () => {
    const { outages } = outagesFrom(66, 80);
    const whole = outages
      .map(({ from }) => from)
      .filter((at) => outages.filter(({ from, to }) => from <= at && at < to).length === 5);
    expect(new Set(whole).size).toBe(2);
  });

  it('the load is cluster12: bytes of keys and values, share of reads, skew', () => {
    const profile = importTwitter(sharedData('twitter/2020Mar.md'), { file: '2020Mar.md', cluster: 12 });
    if (profile.kind === 'invalid') throw new Error('refused');
    const { key, value, readShare, zipf } = profile;
    for (const { workloads } of [year, fortnight]) {
      expect(workloads).toMatchObject([
        {
          readShare: readShare.value,
          keys: { zipf: zipf.value },
          size: { key: { kind: 'constant', value: key.value }, value: { kind: 'constant', value: value.value } },
        },
      ]);
    }
  });
});
