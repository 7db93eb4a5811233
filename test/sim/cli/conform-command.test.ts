/**
 * `hintlab conform` over real pipes: a store that conforms, one that does not, and processes that die, hang, babble or
 * cannot be started. What the kit itself makes of replies is tested in test/sim/conform.
 */
import { mkdtempSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORE_FILE_KEY as REFUSED_KEY } from '../../../sim/cli/open-scenario.ts';
import { splitCommand } from '../../../sim/cli/store-finds.ts';
import { STORE_FILE_KEY } from '../../../sim/conform/index.ts';
import { BROKEN_STORES } from '../../conformance/broken-stores.ts';
import { EXAMPLE_PROCESS, patchedSource } from '../../conformance/in-process.ts';
import { onTerminal, type Session } from '../../support/terminal.ts';

const EXAMPLE = `"${process.execPath}" "${fileURLToPath(EXAMPLE_PROCESS)}"`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-conform-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that answers hello and every reset, and then does what `rest` says with each further request. */
function script(name: string, rest: string): string {
  const file = join(folder, `${name}.mjs`);
  const lines = [
    "import { createInterface } from 'node:readline';",
    'for await (const line of createInterface({ input: process.stdin })) {',
    '  const { id, op } = JSON.parse(line);',
    "  if (op === 'hello') console.log(JSON.stringify({ id, result: { protocol: 1, name: 'odd' } }));",
    "  else if (op === 'reset' || op === 'bye') console.log(JSON.stringify({ id, result: 'ok' }));",
    `  else { ${rest} }`,
    '}',
  ];
  writeFileSync(file, lines.join('\n'));
  return `"${process.execPath}" "${file}"`;
}

/** The example with that bug, as a process. */
function brokenStore(bug: string): string {
  const broken = BROKEN_STORES.find(({ name }) => name === bug);
  writeFileSync(join(folder, 'ring-store.mjs'), patchedSource(broken?.patches ?? []));
  for (const file of ['answers.mjs', 'subject.mjs']) copyFileSync(new URL(file, EXAMPLE_PROCESS), join(folder, file));
  return join(folder, 'subject.mjs');
}

const conform = (exec: string, ...args: string[]): Promise<Session> => onTerminal(['conform', '--exec', exec, ...args]);

describe('hintlab conform', () => {
  it('accepts the example store over a real pipe, with code 0', async () => {
    const { code, out, err } = await conform(EXAMPLE, '--runs', '200', '--seed', '4');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^vectors: \d\d passed, 0 failed, 5 for other policies\nrandom: 200 scenarios, [\d ]+ requests, seed 4\n/,
    );
    expect(out).toMatch(/\nring store conforms\n$/);
  });

  it('rejects a broken one with code 1, its vectors and its minimal transcript', async () => {
    const { code, out } = await conform(`"${process.execPath}" "${brokenStore('a take hands out the newest first')}"`);
    expect(code).toBe(1);
    const lines = out.split('\n');
    expect(lines).toContain('vector: a take hands out the queue of its peer, oldest first, and no other');
    expect(lines).toContain('rule: a take hands out the whole queue of its peer, oldest first (hints.rs take_for)');
    // Two hints and a take: by hand, the least that has an order.
    const talk = lines.filter((line) => line.startsWith('> '));
    expect(talk.map((line) => /"op":"(\w+)"/.exec(line)?.[1])).toEqual(['reset', 'enqueue', 'enqueue', 'takeFor']);
    expect(out).toContain('without any one of its operations it passes\nring store does not conform\n');
  });

  it('saves what it found as a file that replay asks of a store again: of the same one, and of a correct one', async () => {
    const broken = `"${process.execPath}" "${brokenStore('a take hands out the newest first')}"`;
    const { code, err } = await conform(broken, '--out', join(folder, 'finds'));
    const file = join(folder, 'finds', 'store-take-all.yaml');
    expect({ code, err }).toEqual({
      code: 1,
      err: `wrote ${file}; ask a store again: hintlab replay ${file} --exec "…"\n`,
    });

    const again = await onTerminal(['replay', file, '--exec', broken]);
    expect(again.code).toBe(1);
    expect(again.out).toMatch(/^takeFor: \[0\]\.bytes: expected 1, found 2\nrule: a take hands out the whole queue/);
    expect(again.out).toContain(`\n${file}: ring store answers wrongly, as recorded\n`);
    const correct = await onTerminal(['replay', file, '--exec', EXAMPLE]);
    expect(correct).toMatchObject({ code: 0, out: `${file}: ring store answers as it should\n` });

    expect(REFUSED_KEY).toBe(STORE_FILE_KEY);
    const unasked = await onTerminal(['replay', file]);
    expect(unasked).toMatchObject({
      code: 2,
      err: `${file} is the life of a store, no scenario\nask a store what it makes of it: hintlab replay ${file} --exec "…"\n`,
    });
  });

  it('asks a store for a whole corpus with replay, and tells where a file is none', async () => {
    const stores = fileURLToPath(new URL('../../corpus/stores', import.meta.url));
    const { code, out } = await onTerminal(['replay', stores, '--exec', EXAMPLE]);
    expect(code).toBe(0);
    expect(out).toMatch(/\n16 files, 0 on which it does not conform\n$/);
    const scenario = fileURLToPath(new URL('../../corpus/i1-overwritten.yaml', import.meta.url));
    const other = await onTerminal(['replay', scenario, '--exec', EXAMPLE]);
    expect(other.code).toBe(2);
    expect(other.err).toMatch(/i1-overwritten\.yaml:1:1: hintlabStore: /);
  });

  it('prints one JSON object with --json, and only vectors with --vectors-only', async () => {
    const { code, out } = await conform(EXAMPLE, '--vectors-only', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      verdict: 'conforms',
      subject: { name: 'ring store', policies: { expired: 'deadline<=now' } },
      vectors: { failed: [], notApplicable: 5 },
      random: { scenarios: 0 },
    });
  });

  it('keeps to one profile, and says when the subject cannot take its payloads', async () => {
    const { out } = await conform(EXAMPLE, '--profile', 'cap-pressure', '--runs', '60', '--json');
    const { random } = JSON.parse(out);
    expect(random.reached.dueCounts).toBeGreaterThan(0);
    // That profile sweeps at no time but now.
    expect(random.reached.sweepOwnTime).toBeUndefined();
    const small = script('small', "console.log(JSON.stringify({ id, result: 'ok' }));");
    const { code, err } = await conform(small, '--profile', 'huge-payloads');
    expect(code).toBe(2);
    expect(err).toContain('its payloads end at 4096 bytes, too early for the profile');
  });
});

describe('a process that', () => {
  it('dies is told of with its exit code and the end of its stderr', async () => {
    const dies = script('dies', "console.error('panicked at hints.rs:42'); process.exit(7);");
    const { code, out } = await conform(dies, '--runs', '20');
    expect(code).toBe(1);
    expect(out).toMatch(/enqueue: it ended \(exit code 7\); its stderr ends with: panicked at hints\.rs:42/);
  });

  it('hangs is given up on after the time limit', async () => {
    const { code, out } = await conform(
      script('hangs', "if (op !== 'stats') return;".replace('return', 'continue')),
      '--timeout',
      '150',
      '--vectors-only',
    );
    expect(code).toBe(1);
    expect(out).toContain('it said nothing for 150 ms');
  });

  it.each([
    ['in one line', "'x'.repeat(1 << 20)", 'it wrote 32 MiB, and what was due is not in it'],
    ['in lines that nobody asked for', "'{}\\n'.repeat(1 << 18)", 'the line is no reply to it'],
  ])(
    'floods is cut off, %s',
    async (_how, text, says) => {
      const floods = `const piece = ${text}; (function more() { while (process.stdout.write(piece)); process.stdout.once('drain', more); })(); await new Promise(() => undefined);`;
      const { code, out } = await conform(script('floods', floods), '--vectors-only', '--timeout', '60000');
      expect(code).toBe(1);
      expect(out).toContain(says);
      expect(out).toContain('not asked after so many breakdowns');
    },
    60_000,
  );

  it('babbles is told of with the line', async () => {
    const { code, out } = await conform(script('babbles', "console.log('DEBUG got ' + op);"), '--vectors-only');
    expect(code).toBe(1);
    expect(out).toContain('the line is no reply to it, it is not a JSON object: DEBUG got enqueue');
  });

  it.each([
    ['is not there', '/nowhere/my-store', /it could not be started: .*ENOENT/],
    [
      'ends at once',
      `"${process.execPath}" -e "console.error('no config'); process.exit(3)"`,
      /it ended \(exit code 3\); its stderr ends with: no config/,
    ],
    ['is no command', '  ', /expected a command after --exec, found nothing/],
  ])('%s is bad input, code 2', async (_what, exec, says) => {
    const { code, out, err } = await conform(exec);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
  });

  it('is interrupted leaves code 130', async () => {
    const interrupted = { watchInterrupt: () => ({ interrupted: () => true, stop: () => undefined }) };
    const { code, err } = await onTerminal(['conform', '--exec', EXAMPLE], interrupted);
    expect({ code, err }).toEqual({ code: 130, err: 'interrupted; there is no result\n' });
  });
});

describe('options of conform', () => {
  it.each([
    ['no command', [], /required option '--exec <command>' not specified/],
    ['an unknown profile', ['--exec', 'x', '--profile', 'deep'], /Allowed choices are uniform/],
    ['no time at all', ['--exec', 'x', '--timeout', '0'], /Expected at least 1, found '0'/],
  ])('%s is refused with code 2', async (_what, args, says) => {
    const { code, err } = await onTerminal(['conform', ...args]);
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });

  it.each([
    ['node a.mjs', ['node', 'a.mjs']],
    [`"a b" 'c "d"' e`, ['a b', 'c "d"', 'e']],
    [`--name="a b"  ''`, ['--name=a b', '']],
    ['   ', []],
  ])('the command %s is the words %j', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });
});
