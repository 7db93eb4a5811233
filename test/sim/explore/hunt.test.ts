/**
 * Hunts: the same plan finds the same, in one go or in shards merged in any order, and what it keeps shows what it says.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SYSTEM_NAMES } from '../../../sim/scenario/index.ts';
import { hunt, plannedRun, portfolio, tallyOf } from '../../../sim/explore/hunt.ts';
import type { HuntPlan } from '../../../sim/explore/hunt.ts';
import { inapplicable } from '../../../sim/explore/applicable.ts';
import { stretch } from '../../../sim/explore/hunt-part.ts';
import { huntReport, isExercised, mergeReports, readReport } from '../../../sim/explore/hunt-report.ts';
import { judge, textOfTree, treeOfText, violationOf } from '../../../sim/explore/index.ts';
import { PROFILE_NAMES } from '../../../sim/explore/profiles.ts';
import { EMPTY_TALLY, KEPT_SCENARIOS, mergeTallies } from '../../../sim/explore/tally.ts';
import type { Tally } from '../../../sim/explore/tally.ts';
import { showsHazard } from '../../../sim/explore/hazards/catalogue.ts';

const RUNS = 45;
const PLAN: HuntPlan = { seed: 3, systems: [], profiles: PROFILE_NAMES };

const whole = hunt(PLAN, 0, RUNS);
const singles: readonly Tally[] = Array.from({ length: RUNS }, (_, run) => tallyOf(plannedRun(PLAN, run)));

describe('a hunt', () => {
  it('takes the profiles in turn, and counts each run once', () => {
    expect(whole.runs).toBe(RUNS);
    expect(whole.profiles.map(({ id, runs }) => [id, runs])).toEqual(
      PROFILE_NAMES.toSorted().map((name) => [name, RUNS / PROFILE_NAMES.length]),
    );
  });

  it('comes to the same tally, byte for byte, from shards merged in any order', () => {
    let moved = 0;
    fc.assert(
      fc.property(fc.shuffledSubarray([...singles], { minLength: RUNS, maxLength: RUNS }), (shuffled) => {
        if (shuffled[0] !== singles[0]) moved++;
        expect(JSON.stringify(shuffled.reduce(mergeTallies, EMPTY_TALLY))).toBe(JSON.stringify(whole));
      }),
      { seed: 8, numRuns: 30 },
    );
    expect(moved).toBeGreaterThan(20);
  });

  it('keeps the smallest scenarios of each kind, and they show it', () => {
    expect(whole.violations.length).toBeGreaterThan(10);
    for (const { id, runs, first, smallest } of whole.violations) {
      expect(smallest).toHaveLength(Math.min(runs, KEPT_SCENARIOS));
      expect(Math.min(...smallest.map(({ run }) => run))).toBeGreaterThanOrEqual(first);
      expect(smallest.map(({ events }) => events)).toEqual(
        smallest.map(({ events }) => events).toSorted((a, b) => a - b),
      );
      for (const { property, cause } of smallest) expect(`${property} ${cause}`).toBe(id);
    }
    for (const { smallest } of whole.violations.slice(0, 6)) {
      for (const { property, cause, text, run } of smallest) {
        expect(text).toBe(textOfTree(plannedRun(PLAN, run).tree));
        const judged = judge(treeOfText(text) ?? {});
        expect(judged.kind === 'judged' && violationOf(judged, { property, cause }) !== undefined).toBe(true);
      }
    }
  });

  it('tells hazards by what happened in the scenarios that it keeps for them', () => {
    expect(whole.hazards.length).toBeGreaterThan(2);
    for (const { id, smallest } of whole.hazards) {
      const judged = judge(treeOfText(smallest[0]?.text ?? '') ?? {});
      expect(judged.kind === 'judged' && showsHazard(judged, id)).toBe(true);
    }
  });

  it('leaves the swarm of policies out where a system is named, and has all profiles where none is', () => {
    expect(portfolio([])).toEqual(PROFILE_NAMES);
    for (const system of SYSTEM_NAMES) {
      expect(portfolio([system])).toEqual(PROFILE_NAMES.filter((name) => name !== 'policySwarm'));
      expect(plannedRun({ ...PLAN, systems: [system] }, 5).tree.system).toBe(system);
    }
  });
});

describe('the report of a hunt', () => {
  const report = huntReport(PLAN, stretch(0, RUNS, RUNS), whole);

  it('is read back as it was written', () => {
    expect(readReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('is refused if it is none: another schema, a wrong type, a profile that there is not', () => {
    const wrongPart = { part: stretch(0, RUNS - 1, RUNS) };
    const nobody = { plan: { ...PLAN, profiles: ['nobody'] } };
    for (const wrong of [{ schema: 1 }, { tally: {} }, nobody, wrongPart, { extra: 1 }]) {
      expect(readReport({ ...report, ...wrong })).toBeUndefined();
    }
    expect(readReport(null)).toBeUndefined();
  });

  it('merges with reports of the same hunt, and with no other', () => {
    const shard = (from: number, to: number) => huntReport(PLAN, stretch(from, to, RUNS), hunt(PLAN, from, to));
    const [a, b] = [shard(0, 20), shard(20, RUNS)];
    expect(JSON.stringify(mergeReports(b, [a]))).toBe(JSON.stringify({ kind: 'merged', report }));
    expect(mergeReports(a, [{ ...b, plan: { ...PLAN, seed: 4 } }])).toEqual({ kind: 'different' });
    expect(mergeReports(a, [{ ...b, part: { ...b.part, of: RUNS + 1 } }])).toEqual({ kind: 'different' });
    expect(mergeReports(a, [b, shard(19, 21)])).toEqual({ kind: 'overlap', span: { from: 19, to: 20 } });
  });

  it('says which properties were met in less than 1 % of the runs, and why where the system gives no occasion', () => {
    const reach = [
      { id: 'I1', runs: 20 },
      { id: 'I2', runs: 19 },
    ];
    const { unexercised } = huntReport(
      { ...PLAN, systems: ['cassandra'], profiles: portfolio(['cassandra']) },
      stretch(0, 2_000, 2_000),
      { ...EMPTY_TALLY, runs: 2_000, reach },
    );
    const byProperty = new Map(unexercised.map((each) => [each.property, each]));
    expect(byProperty.has('I1')).toBe(false);
    expect(byProperty.get('I2')).toEqual({ property: 'I2', runs: 19 });
    expect(byProperty.get('I5')).toEqual({ property: 'I5', runs: 0, reason: 'it has no cap' });
  });

  it('asks of a system all that a property needs: a hint that is a vote, and replies that are not all OK', () => {
    expect(inapplicable('I12', ['cassandra'])).toBe('no hint stands in for a reply');
    expect(inapplicable('I12', ['riak'])).toBe('every write is answered OK by its replicas');
    expect(inapplicable('I12', ['riak', 'dynomite'])).toBeUndefined();
    expect(inapplicable('I1', ['riak'])).toBeUndefined();
    expect(inapplicable('I12', [])).toBeUndefined();
  });

  it('has failed if one of them could have been met, and not if none could, or if the hunt was short', () => {
    const long = { ...EMPTY_TALLY, runs: 2_000 };
    expect(isExercised(huntReport(PLAN, stretch(0, 2_000, 2_000), long))).toBe(false);
    expect(isExercised(huntReport(PLAN, stretch(0, 999, 999), { ...long, runs: 999 }))).toBe(true);
    expect(isExercised({ ...report, unexercised: [{ property: 'I5', runs: 0, reason: 'it has no cap' }] })).toBe(true);
  });
});
