/**
 * `hintlab list --systems`: what it prints of a preset is that preset, for a scenario that is dynomite plus the printed axes
 * has the same policy. And the columns that `hintlab compare` is asked for.
 */
import { describe, expect, it } from 'vitest';
import { planColumns, systemNames, variant } from '../../../sim/cli/compare-columns.ts';
import { axesOf, parseScenario, PRESETS, type Scenario, SYSTEM_NAMES } from '../../../sim/index.ts';
import { onTerminal } from '../../support/terminal.ts';

interface Listed {
  readonly name: string;
  readonly about: string;
  readonly axes: readonly { readonly path: string; readonly value: string; readonly reference: string }[];
}

function scenarioOf(system: string, sets: readonly string[] = []): Scenario {
  const parsed = parseScenario('hintlab: 1\nduration: 10s\n', { file: 'bare.yaml', system, sets });
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
}

async function listed(): Promise<readonly Listed[]> {
  const { out } = await onTerminal(['list', '--systems', '--json']);
  return JSON.parse(out);
}

describe('hintlab list --systems', () => {
  it.each(SYSTEM_NAMES)('dynomite with the axes printed for %s has its policy', async (system) => {
    const { axes = [] } = (await listed()).find(({ name }) => name === system) ?? {};
    const sets = axes
      .filter(({ value, reference }) => value !== reference)
      .map(({ path, value }) => `${path}=${value}`);
    const { policy, network } = scenarioOf('dynomite', sets);
    const own = scenarioOf(system);
    expect({ policy, network }).toEqual({ policy: own.policy, network: own.network });
  });

  it('holds every system against dynomite, which departs from nothing', async () => {
    const systems = await listed();
    expect(systems.map(({ name }) => name)).toEqual([...SYSTEM_NAMES]);
    for (const { name, about, axes } of systems) {
      const departures = axes.filter(({ value, reference }) => value !== reference);
      expect(departures.length === 0).toBe(name === 'dynomite');
      expect(about).toMatch(/^[A-Za-z-]+.*\.$/);
    }
  });

  it('prints for people only what differs, and all of dynomite', async () => {
    const { code, out, err } = await onTerminal(['list', '--systems']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [dynomite = '', ...others] = out.split(/^(?=[a-z])/m);
    expect(dynomite.split('\n').filter((line) => /^ {2}[a-zA-Z]+(\.[a-zA-Z]+)* {3}/.test(line))).toHaveLength(
      // A title on top, and the detector below in lines of its own.
      axesOf(PRESETS.dynomite).length + 1 - 1,
    );
    expect(dynomite).toMatch(/^ {2}detector\n {4}dynomite: \{ phi: \{ gossip: 1s, /m);
    const cassandra = others.find((block) => block.startsWith('cassandra\n')) ?? '';
    // §2 of the page on handoff systems: gc_grace_seconds, and a window of three hours.
    expect(cassandra).toMatch(/^ {2}hints\.ttl +10d +1d$/m);
    expect(cassandra).toMatch(/^ {2}hints\.window +3h +none$/m);
    expect(cassandra).not.toContain('hints.enabled');
  });
});

describe('the columns of a comparison', () => {
  it('are the systems, then the variants of the first of them', () => {
    const variants = variant('fast: drain.interval=5s, drain.first=interval', variant('guarded: hints.on.queued=true'));
    expect(planColumns(['riak', 'scylla'], variants)).toEqual({
      kind: 'columns',
      columns: [
        { name: 'riak', system: 'riak', sets: [] },
        { name: 'scylla', system: 'scylla', sets: [] },
        { name: 'guarded', system: 'riak', sets: ['hints.on.queued=true'] },
        { name: 'fast', system: 'riak', sets: ['drain.interval=5s', 'drain.first=interval'] },
      ],
    });
  });

  it('part settings at commas that another path follows, and nowhere else', () => {
    expect(variant('x: nodes=[a, b, c], detector={ fixed: { down: 1s, up: 1s } },hints.ttl=1h')).toEqual([
      { name: 'x', sets: ['nodes=[a, b, c]', 'detector={ fixed: { down: 1s, up: 1s } }', 'hints.ttl=1h'] },
    ]);
  });

  it.each([['guarded'], [': a=1'], ['guarded: '], ['guarded: queued'], ['guarded: , a=1']])(
    'refuse %s as a variant',
    (text) => {
      expect(() => variant(text)).toThrow(/Expected "name: path=value, path=value"/);
    },
  );

  it('are at least two, at most sixteen, and have names of their own', () => {
    const many = Array.from({ length: 17 }, (_, index) => ({ name: `v${index}`, sets: [] }));
    expect(planColumns(['riak'], [])).toMatchObject({ why: 'expected at least two systems or variants, found riak' });
    expect(planColumns(['riak'], many)).toMatchObject({ why: expect.stringMatching(/at most 16 .* found 18$/) });
    expect(planColumns(['riak', 'riak'], [])).toMatchObject({ why: expect.stringMatching(/found riak twice$/) });
  });

  it('name systems that there are, and point to the nearest where there is none', () => {
    expect(systemNames('riak, scylla-old')).toEqual(['riak', 'scylla-old']);
    expect(() => systemNames('riak,cassandre')).toThrow(/found 'cassandre'; did you mean cassandra\?/);
  });
});
