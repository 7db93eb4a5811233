import { expect, test } from 'vitest';
import { EXIT } from '../../../sim/cli/exit-codes.ts';
import { onTerminal } from '../../support/terminal.ts';

const GRID = ['--x', 'hints.cap=16KiB,64KiB', '--y', 'hints.ttl=1h', '--seeds', '1'];

test('a table with the answer on top, and theory below where it has a form', async () => {
  const { code, out } = await onTerminal(['sweep', 'expiry', ...GRID, '--metric', 'peakBytes']);
  expect(code).toBe(EXIT.ok);
  const lines = out.split('\n');
  // 81 hints of 200 B fit into 16 KiB, 327 into 64 KiB.
  expect(lines[0]).toBe('The least peak bytes, 15.8 KiB, at hints.cap 16KiB, hints.ttl 1h.');
  expect(lines).toContainEqual(expect.stringMatching(/^1h +15\.8 KiB [░▒] +63\.9 KiB █$/));
  expect(out.slice(out.indexOf('in theory:'))).toMatch(/1h +15\.8 KiB ± 200 B +63\.9 KiB ± 200 B/);
});

test('--json has every metric of every cell, and the runs behind them', async () => {
  const { code, out } = await onTerminal(['sweep', 'expiry', ...GRID, '--json']);
  expect(code).toBe(EXIT.ok);
  const parsed: unknown = JSON.parse(out);
  expect(parsed).toMatchObject({
    scenario: 'expiry.yaml',
    metric: 'lost',
    x: { path: 'hints.cap', values: ['16KiB', '64KiB'] },
    cells: [
      { x: '16KiB', y: '1h', bands: { peakBytes: { median: 16_200, runs: 1 } }, runs: [{ seed: 1 }] },
      { x: '64KiB', y: '1h', bands: { peakBytes: { median: 65_400, runs: 1 } } },
    ],
  });
});

test('a grid that is refused everywhere is bad input, and says why', async () => {
  const { code, err } = await onTerminal(['sweep', 'expiry', '--x', 'hints.cpa=1MiB', '--y', 'hints.ttl=1h']);
  expect(code).toBe(EXIT.badInput);
  expect(err).toContain('cpa');
});

test('what is no axis, no metric, and no number of seeds is said before anything runs', async () => {
  const refusal = async (...flags: string[]): Promise<string> => {
    const { code, err } = await onTerminal(['sweep', 'expiry', ...GRID, ...flags]);
    expect(code).toBe(EXIT.badInput);
    return err;
  };
  expect(await refusal('--x', 'hints.cap')).toContain('path=value');
  expect(await refusal('--metric', 'peakByte')).toContain('did you mean peakBytes?');
  expect(await refusal('--seeds', '0')).toContain('Expected 1 to 99 seeds');
});
