/**
 * Drawn scenarios: all valid, all reproducible, of the system that was asked for, and as large as their profile says.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario, PRESETS, SYSTEM_NAMES } from '../../../sim/scenario/index.ts';
import type { Policy, Scenario, SystemName } from '../../../sim/scenario/index.ts';
import { drawScenario } from '../../../sim/explore/generate/draw.ts';
import { FAULT_WORDS } from '../../../sim/scenario/index.ts';
import { MECHANISMS, SETTINGS } from '../../../sim/explore/generate/axes.ts';
import { PROFILE_NAMES, PROFILES } from '../../../sim/explore/profiles.ts';
import type { ProfileName } from '../../../sim/explore/profiles.ts';
import { isList, isMap, textOfTree } from '../../../sim/explore/scenario-tree.ts';
import type { ScenarioTree, Tree } from '../../../sim/explore/scenario-tree.ts';

/** Scenarios of each profile that the counts below are over. */
const DRAWS = 120;

function draw(profile: ProfileName, run: number, system?: SystemName): ScenarioTree {
  return drawScenario({ seed: 42, profile, system, run });
}

function scenarioOf(tree: ScenarioTree): Scenario {
  const parsed = parseScenario(textOfTree(tree), { file: 'drawn' });
  if (parsed.kind === 'invalid') expect.unreachable(`${textOfTree(tree)}\n${JSON.stringify(parsed.problems)}`);
  return parsed.scenario;
}

function at(tree: Tree, path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>((inner, key) => (isMap(inner) ? inner[key] : undefined), tree);
}

/** The mechanisms of a policy: what a profile that does not draw them must leave alone. */
function mechanismsOf({ hints, drain, receiver, reads, channel, service }: Policy): unknown {
  const { enabled, capScope, triggers, vote, holder, self, coalesce, disk } = hints;
  return {
    hints: { enabled, capScope, triggers, vote, holder, self, coalesce },
    disk: { durability: disk.durability, torn: disk.tornTail },
    drain: { ack: drain.ack, first: drain.first, adapt: drain.adapt, enabled: drain.enabled },
    conflict: receiver.conflict,
    reads,
    channel: { afterClose: channel.afterClose, order: channel.order },
    late: service.late,
  };
}

describe('drawn scenarios', () => {
  it.each(PROFILE_NAMES)('are all accepted by the parser: %s', (profile) => {
    for (let run = 0; run < 40; run++) scenarioOf(draw(profile, run));
    for (const system of SYSTEM_NAMES) for (let run = 0; run < 3; run++) scenarioOf(draw(profile, run, system));
  });

  it('are the same for the same draw, whatever was drawn before', () => {
    const drawn = fc.record({
      profile: fc.constantFrom(...PROFILE_NAMES),
      run: fc.integer({ min: 0, max: 1_000_000 }),
      before: fc.integer({ min: 0, max: 1_000_000 }),
    });
    let differing = 0;
    fc.assert(
      fc.property(drawn, ({ profile, run, before }) => {
        const first = textOfTree(draw(profile, run));
        if (textOfTree(draw(profile, before)) !== first) differing++;
        expect(textOfTree(draw(profile, run))).toBe(first);
      }),
      { seed: 5, numRuns: 100 },
    );
    expect(differing).toBeGreaterThan(80);
  });

  it('are of the named system, and have its mechanisms, unless it is the swarm that drew them', () => {
    let changed = 0;
    for (const profile of PROFILE_NAMES.filter((name) => name !== 'policySwarm')) {
      for (const system of SYSTEM_NAMES) {
        for (let run = 0; run < 3; run++) {
          const { policy, system: named } = scenarioOf(draw(profile, run, system));
          expect(named).toBe(system);
          expect(mechanismsOf(policy)).toEqual(mechanismsOf(PRESETS[system].policy));
          if (policy.drain.interval !== PRESETS[system].policy.drain.interval) changed++;
        }
      }
    }
    expect(changed).toBeGreaterThan(30);
  });

  it('have every fault, and every axis of the policy in the swarm', () => {
    const faults = new Set<string>();
    const axes = new Set<string>();
    for (const profile of PROFILE_NAMES) {
      for (let run = 0; run < DRAWS; run++) {
        const tree = draw(profile, run);
        for (const fault of isList(tree.faults) ? tree.faults : []) {
          for (const kind of FAULT_WORDS) if (isMap(fault) && kind in fault) faults.add(kind);
        }
        for (const { path } of [...MECHANISMS, ...SETTINGS]) if (at(tree, path) !== undefined) axes.add(path.join('.'));
      }
    }
    expect([...faults].toSorted()).toEqual([...FAULT_WORDS].toSorted());
    expect([...MECHANISMS, ...SETTINGS].map(({ path }) => path.join('.')).filter((name) => !axes.has(name))).toEqual(
      [],
    );
  });

  it('begin with peers that are taken for Normal, or for Down, in the swarm alone', () => {
    const starts = (profile: ProfileName): unknown[] =>
      Array.from({ length: DRAWS }, (_, run) => at(draw(profile, run), ['detector', 'fixed', 'start']));
    expect(new Set(starts('policySwarm'))).toEqual(new Set([undefined, 'up', 'down']));
    expect(new Set(starts('uniform'))).toEqual(new Set([undefined]));
  });

  it('have about as many faults and requests as their profile says', () => {
    for (const profile of PROFILE_NAMES) {
      const [least, most] = PROFILES[profile].count;
      let faults = 0;
      let scripted = 0;
      let requests = 0;
      for (let run = 0; run < DRAWS; run++) {
        const tree = draw(profile, run);
        faults += isList(tree.faults) ? tree.faults.length : 0;
        if (!isList(tree.requests)) continue;
        scripted++;
        requests += tree.requests.length;
      }
      // Some faults cannot be beside an earlier one, and are left out: no more than a third of them.
      expect(faults / DRAWS).toBeGreaterThan(((least + most) / 2) * 0.66);
      expect(faults / DRAWS).toBeLessThan((least + most) / 2 + 0.5);
      // Two to `most` requests, all numbers alike.
      expect(requests / scripted).toBeGreaterThan((2 + PROFILES[profile].clients.most[0]) / 2 - 1.5);
    }
  });
});
