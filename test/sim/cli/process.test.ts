/**
 * hintlab as a process: what only a real one shows, namely its exit code, its two streams, a closed pipe and Ctrl-C.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HINTLAB_PROCESS } from '../../support/hintlab-process.ts';
import type { Session } from '../../support/terminal.ts';

const [NODE = '', ...COMMAND] = HINTLAB_PROCESS;
/** A run that takes long enough to be interrupted, and records little. */
const LONG = [
  'run',
  'single-outage',
  '--json',
  '--no-check',
  '--set',
  'duration=20d',
  '--set',
  'record=counters',
  '--set',
  'workload.until=20d',
  '--set',
  'workload.rate=10/s',
];
const LIMIT_MS = 60_000;

describe('the hintlab process', () => {
  it('leaves its exit code, results on stdout and complaints on stderr', { timeout: LIMIT_MS }, () => {
    const good = spawnSync(NODE, [...COMMAND, 'list', '--json'], { encoding: 'utf8' });
    expect({ status: good.status, stderr: good.stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(good.stdout)).toContainEqual({ name: 'single-outage', about: expect.any(String) });
    const bad = spawnSync(NODE, [...COMMAND, 'run', 'nothing-of-the-kind'], {
      encoding: 'utf8',
    });
    expect({ status: bad.status, stdout: bad.stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('takes a file before a story of that name, and a story before a folder', { timeout: LIMIT_MS }, () => {
    const cwd = mkdtempSync(join(tmpdir(), 'hintlab-process-'));
    const nameOf = (scenario: string): unknown => {
      const { stdout } = spawnSync(NODE, [...COMMAND, 'run', scenario, '--json'], {
        cwd,
        encoding: 'utf8',
      });
      return JSON.parse(stdout).scenario.name;
    };
    writeFileSync(join(cwd, 'expiry'), 'hintlab: 1\nname: mine\nduration: 10s\n');
    mkdirSync(join(cwd, 'single-outage'));
    expect([nameOf('expiry'), nameOf('single-outage')]).toEqual(['mine', 'single-outage']);
    rmSync(cwd, { recursive: true });
  });

  it('is quiet and content when its reader closes the pipe', { timeout: LIMIT_MS }, async () => {
    const child = spawn(NODE, [...COMMAND, 'schema'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let complaints = '';
    child.stderr.on('data', (text) => (complaints += String(text)));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
  });

  it('goes on to its result when nobody listens to its progress any more', { timeout: LIMIT_MS }, async () => {
    const short = LONG.map((arg) => arg.replace('20d', '2d'));
    const child = spawn(NODE, [...COMMAND, ...short], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.destroy();
    let printed = '';
    child.stdout.on('data', (text) => (printed += String(text)));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, schema: JSON.parse(printed).schema }).toEqual({ code: 0, schema: 1 });
  });

  it.skipIf(!existsSync('/dev/full'))('says so when its output has no room', { timeout: LIMIT_MS }, () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(NODE, [...COMMAND, 'list'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'cannot write the output (ENOSPC)\n' });
  });

  it('stops at Ctrl-C with code 130 and says how far it got', { timeout: LIMIT_MS }, async () => {
    const { code, out, err } = await interruptedAt(LONG, /%/);
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toMatch(/interrupted at .* of 20d, after [\d ]+ events; there is no result\n$/);
  });

  it(
    'tells of a scenario that takes long to shrink, and stops in the middle of its first run',
    async () => {
      // A year: a run of it takes many seconds, in which a signal finds nobody who listens on the thread that runs it.
      const folder = mkdtempSync(join(tmpdir(), 'hintlab-process-'));
      const { code, out, err } = await interruptedAt(
        ['shrink', 'lanl-23', '--out', join(folder, 'year.yaml')],
        /running/,
      );
      expect({ code, out, files: readdirSync(folder) }).toEqual({ code: 130, out: '', files: [] });
      expect(err).toMatch(
        /^running lanl-23 to see what it violates, \d+ s\ninterrupted before the first run was over; there is no result\n$/,
      );
      rmSync(folder, { recursive: true });
    },
    LIMIT_MS,
  );

  it('stops a hunt at Ctrl-C, and saves what it has met by then', { timeout: LIMIT_MS }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hintlab-process-'));
    const hunt = ['explore', '--system', 'riak', '--profile', 'lateHint', '--minutes', '5', '--out', folder];
    const { code, out } = await interruptedAt(hunt, / [1-9]\d* kinds of violation/);
    expect(code).toBe(130);
    const files = readdirSync(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(out).toContain(file);
    rmSync(folder, { recursive: true });
  });
});

/** hintlab with Ctrl-C as soon as it has said something of that pattern on stderr. */
async function interruptedAt(args: readonly string[], pattern: RegExp): Promise<Session> {
  const child = spawn(NODE, [...COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  let isOver = false;
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => {
    err += String(text);
    if (!isOver && pattern.test(err)) isOver = child.kill('SIGINT');
  });
  const code = await new Promise<Session['code']>((resolve) => child.on('close', resolve));
  return { code, out, err };
}
