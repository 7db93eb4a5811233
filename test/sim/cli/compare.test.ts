/**
 * `hintlab compare`: the table of outcomes and where systems part, on the late hint of handoff-systems §11.1, whose end the
 * reference page tells for three of them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onTerminal } from '../../support/terminal.ts';

const SYSTEMS = ['dynomite', 'influxdb', 'cassandra'];
const NAMED = ['--systems', SYSTEMS.join(',')];

interface Table {
  readonly columns: readonly {
    readonly name: string;
    readonly problems?: readonly string[];
    readonly digest?: string;
  }[];
  readonly rows: readonly {
    readonly name: string;
    readonly unit: string;
    readonly differs: boolean;
    readonly values: readonly (number | string | null)[];
  }[];
  readonly divergences: readonly { readonly column: string; readonly at: number; readonly subject: { id: number } }[];
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-compare-'));
  writeFileSync(join(folder, 'throttled.yaml'), 'hintlab: 1\nduration: 10s\ndrain: { throttle: 1MiB/s }\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function tableOf(...args: readonly string[]): Promise<Table> {
  const { code, out, err } = await onTerminal(['compare', ...args, '--json']);
  expect({ code, err: err.replaceAll(/^.*: note: .*\n/gm, '') }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

function row(table: Table, name: string): Table['rows'][number] | undefined {
  return table.rows.find((each) => each.name === name);
}

describe('hintlab compare --json', () => {
  it('has the end of the late hint as the reference has it: overwritten by dynomite alone', async () => {
    const table = await tableOf('late-hint', ...NAMED);
    expect(table.columns.map(({ name }) => name)).toEqual(SYSTEMS);
    expect(row(table, 'writes acknowledged')).toMatchObject({ values: [2, 2, 2], differs: false });
    expect(row(table, 'missing: overwritten by an older write')).toMatchObject({ values: [1, 0, 0], differs: true });
    expect(row(table, 'I2')).toMatchObject({ unit: 'verdict', values: ['violated', 'holds', 'holds'] });
  });

  it('tells where each system parts from the first', async () => {
    // By hand, in the story: the sweep of 60 s delivers the hint, 1 ms away; a node with timestamps ignores it.
    const { divergences } = await tableOf('late-hint', ...NAMED);
    expect(divergences.find(({ column }) => column === 'cassandra')).toMatchObject({
      from: 'dynomite',
      at: 60_001_000,
      kind: 'deed',
      subject: { kind: 'write', id: 0 },
      first: { text: 'b applied write 0' },
      other: { text: expect.stringMatching(/^b ignored write 0: it held one with a newer timestamp/) },
    });
  });

  it('adds a variant of the first system, and an order guard alone mends the late hint', async () => {
    const table = await tableOf('late-hint', '--with', 'guarded: hints.on.queued=true');
    expect(table.columns).toMatchObject([
      { name: 'dynomite', sets: [] },
      { name: 'guarded', system: 'dynomite', sets: ['hints.on.queued=true'] },
    ]);
    expect(row(table, 'stored: behind other hints')?.values).toEqual([0, 1]);
    expect(row(table, 'missing: overwritten by an older write')?.values).toEqual([1, 0]);
  });

  it('changes every column by --set and --seed, and each as run does', async () => {
    const changes = ['--set', 'workload.arrivals=poisson', '--seed', '9'];
    const { columns } = await tableOf('late-hint', ...NAMED, ...changes);
    for (const { name, digest } of columns) {
      const { out } = await onTerminal(['run', 'late-hint', '--system', name, ...changes, '--json']);
      expect(digest).toBe(JSON.parse(out).digest);
    }
    expect(new Set(columns.map(({ digest }) => digest)).size).toBe(SYSTEMS.length);
  });

  it('compares all systems where none are named', async () => {
    const { columns } = await tableOf('late-hint');
    expect(columns.map(({ name }) => name)).toEqual([
      'dynomite',
      'dynomite-durable',
      'cassandra',
      'scylla',
      'scylla-old',
      'influxdb',
      'riak',
      'voldemort',
    ]);
  });
});

describe('a system that cannot express a scenario', () => {
  it('has a column with the reason, and the others are compared', async () => {
    const file = join(folder, 'throttled.yaml');
    const table = await tableOf(file, '--systems', 'dynomite,cassandra,scylla');
    expect(table.columns[0]?.problems?.[0]).toMatch(/drain\.throttle: expected ack: each .*, found ack: none/);
    expect(row(table, 'writes acknowledged')?.values).toEqual([null, expect.any(Number), expect.any(Number)]);
    const { code, out } = await onTerminal(['compare', file, '--systems', 'dynomite,cassandra,scylla']);
    expect(code).toBe(0);
    expect(out).toMatch(/^dynomite cannot run this\n {2}.*throttled\.yaml:3:\d+: drain\.throttle/m);
    expect(out).toMatch(/^scylla.* cassandra/m);
  });

  it('is bad input where it is every one of them', async () => {
    const { code, out, err } = await onTerminal([
      'compare',
      join(folder, 'throttled.yaml'),
      '--systems',
      'dynomite,dynomite-durable',
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/expected ack: each/);
  });
});

describe('hintlab compare', () => {
  it('prints one table with its differing rows marked, without the rows in which nothing happened', async () => {
    const { code, out } = await onTerminal(['compare', 'late-hint', ...NAMED]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ +dynomite +influxdb +cassandra$/m);
    expect(out).toMatch(/^≠ +missing: overwritten by an older write +1 +0 +0$/m);
    expect(out).toMatch(/^≠ +I2 +violated +holds +holds$/m);
    expect(out).toMatch(/^ +writes acknowledged +2 +2 +2$/m);
    expect(out).not.toMatch(/writes failed/);
    // Held under some, and not exercised under others: no difference to show.
    expect(out).toMatch(/^hold wherever exercised: .*I4, /m);
    expect(out).not.toMatch(/^≠ +I4/m);
    expect(out).toMatch(
      /^cassandra parts from dynomite at 1m 0\.001s\n {2}dynomite: b applied write 0\n {2}cassandra: b ignored/m,
    );
  });

  it('says of two columns that did the same that they did', async () => {
    const { out } = await onTerminal(['compare', 'late-hint', '--systems', 'dynomite,dynomite-durable']);
    expect(out).toMatch(/^dynomite-durable: no divergence from dynomite\n {2}every request went the same way/m);
    const thin = ['--set', 'record=counters'];
    const untold = await onTerminal(['compare', 'late-hint', '--systems', 'dynomite,dynomite-durable', ...thin]);
    expect(untold.out).toMatch(/^dynomite-durable: no divergence from dynomite\n {2}told at level full only$/m);
  });

  it('stops at an interrupt with code 130 and prints no table', async () => {
    const watchInterrupt = () => ({ interrupted: () => true, stop: () => undefined });
    const { code, out, err } = await onTerminal(['compare', 'single-outage'], { watchInterrupt });
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toMatch(/interrupted at .*; there is no result\n$/);
  });
});
