/**
 * `hintlab import`, on small made-up tables in the two raw formats: the scenario it prints or writes can be run, and what
 * was merged is told on stderr.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onTerminal } from '../../support/terminal.ts';

const LANL = `System,nodes,nodenum,nodenumz,Prob Started,Prob Fixed,Down Time,Facilities,Hardware,Human Error,Network,Undetermined,Software
7,3,1,0,1/1/2003 6:00,1/1/2003 7:00,60,,Disk,,,,
7,3,2,1,1/1/2003 8:00,1/1/2003 9:00,60,,,,Switch,,
7,3,2,1,1/1/2003 8:30,1/1/2003 10:00,90,,,,Switch,,
`;
const TWITTER = `| cluster | key size | value size | request rate (kqps) | operation | Zipf alpha |
|:---:|:---:|:---:|:---:|:---:|:---:|
| cluster3 | 40 | 300 | 2.00 | get:0.25, set:0.75 | 1.0 |
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-import-'));
  writeFileSync(join(folder, 'outages.csv'), LANL);
  writeFileSync(join(folder, 'clusters.md'), TWITTER);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('hintlab import lanl', () => {
  it('writes a scenario with the merged outages, which runs', async () => {
    const scenario = join(folder, 'outages.yaml');
    const imported = await onTerminal([
      'import',
      'lanl',
      join(folder, 'outages.csv'),
      '--system',
      '7',
      '--out',
      scenario,
    ]);
    expect(imported).toMatchObject({ code: 0, out: '' });
    expect(imported.err).toMatch(/outages\.csv:\d+:\d+: note: .*merged/);
    expect(imported.err).toMatch(/wrote .*outages\.yaml; run it: hintlab run .*outages\.yaml\n$/);
    expect(readFileSync(scenario, 'utf8').match(/crash: /g)).toHaveLength(2);
    const { code, out } = await onTerminal(['run', scenario, '--no-check', '--set', 'workload.rate=0.1/s', '--json']);
    // By hand: one hour of node 1 and two of node 2, after merging 8:00 to 9:00 with 8:30 to 10:00.
    const { outages } = JSON.parse(out);
    expect({ code, count: outages.count }).toEqual({ code: 0, count: 2 });
    expect(outages.nodes.map(({ downMicros }: { downMicros: number }) => downMicros / 3_600_000_000)).toEqual([1, 2]);
  });

  it('prints the scenario where no file is named', async () => {
    const { code, out } = await onTerminal(['import', 'lanl', join(folder, 'outages.csv')]);
    expect(code).toBe(0);
    expect(out).toMatch(/^hintlab: 1$/m);
  });

  it('refuses a range that ends before it begins', async () => {
    const range = ['--from', '2003-02-01', '--to', '2003-01-01'];
    const { code, out, err } = await onTerminal(['import', 'lanl', join(folder, 'outages.csv'), ...range]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/--to:1:1: expected a date after 2003-02-01.*, found 2003-01-01/);
  });

  it('is what run points to when it is given the table itself', async () => {
    const { code, err } = await onTerminal(['run', join(folder, 'outages.csv')]);
    expect(code).toBe(2);
    expect(err).toMatch(/is a table of LANL outages, not a scenario\n.*hintlab import lanl/);
  });
});

describe('hintlab import twitter', () => {
  it.each(['3', 'cluster3'])('prints a scenario with the scaled load of cluster %s, which runs', async (cluster) => {
    const { code, out } = await onTerminal([
      'import',
      'twitter',
      join(folder, 'clusters.md'),
      '--cluster',
      cluster,
      '--scale',
      '0.01',
    ]);
    expect(code).toBe(0);
    // By hand: 2.00 kqps times 0.01 is 20 requests per second; a quarter are gets.
    expect(out).toMatch(/rate: 20\/s/);
    expect(out).toMatch(/reads: 25%/);
    const scenario = join(folder, 'load.yaml');
    writeFileSync(scenario, out);
    expect(await onTerminal(['run', scenario, '--no-check'])).toMatchObject({ code: 0 });
  });

  it('names the nearest cluster on a miss', async () => {
    const { code, err } = await onTerminal(['import', 'twitter', join(folder, 'clusters.md'), '--cluster', 'cluster4']);
    expect(code).toBe(2);
    expect(err).toMatch(/found cluster4; did you mean cluster3\?/);
  });
});
