/**
 * Bad input at the command line: every kind ends with code 2, nothing on stdout, and a sentence that says what was
 * expected, what was found and, where there is one, the nearest valid name.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AssertionFailure } from '../../../core/assert.ts';
import { onTerminal } from '../../support/terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hintlab-cli-'));
  mkdirSync(join(folder, 'a-folder'));
  file('broken.yaml', 'hintlab: 1\nduration: banana\nnodes: [a, b, c]\nworkloud: {}\n');
  file('good.yaml', 'hintlab: 1\nduration: 10s\nnodes: [a, b, c]\n');
  file('picture.yaml', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2));
  file('latin1.yaml', Uint8Array.of(0x61, 0x3a, 0x20, 0xe9, 0x0a));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, contents: string | Uint8Array): void {
  writeFileSync(join(folder, name), contents);
}

/** `@/` in an argument stands for the folder of these tests. */
function at(args: readonly string[]): string[] {
  return args.map((arg) => arg.replace('@', folder));
}

const CASES: readonly (readonly [what: string, args: readonly string[], says: readonly RegExp[]])[] = [
  ['no command', [], [/Usage: hintlab/]],
  ['an unknown command', ['rnu', 'expiry'], [/unknown command 'rnu'/, /Did you mean run\?/]],
  ['an unknown flag', ['run', 'expiry', '--sed', '1'], [/unknown option '--sed'/, /--seed/]],
  ['no scenario', ['run'], [/missing required argument 'scenario'/]],
  ['two scenarios', ['run', 'expiry', 'single-outage'], [/Expected 1 argument but got 2/]],
  ['a flag without its value', ['run', 'expiry', '--seed'], [/argument missing/]],
  ['a seed that is no number', ['run', 'expiry', '--seed', 'luck'], [/Expected an integer from 0/, /found 'luck'/]],
  ['a negative seed', ['run', 'expiry', '--seed=-1'], [/found '-1'/]],
  ['a seed beyond 2^53', ['run', 'expiry', '--seed', '9007199254740992'], [/found '9007199254740992'/]],
  ['a fractional seed', ['run', 'expiry', '--seed', '1.5'], [/found '1.5'/]],
  ['a setting without =', ['run', 'expiry', '--set', 'hints.ttl'], [/Expected path=value/, /found 'hints.ttl'/]],
  ['an unknown setting', ['run', 'expiry', '--set', 'hints.tll=1h'], [/tll/, /did you mean .*ttl/]],
  ['a setting of a wrong value', ['run', 'expiry', '--set', 'hints.ttl=soon'], [/expected .*, found .*soon/]],
  ['an unknown system', ['run', 'expiry', '--system', 'dynamite'], [/dynamite/, /did you mean dynomite\?/]],
  [
    'a misspelt story',
    ['run', 'single-outge'],
    [/no file and no story/, /did you mean single-outage\?/, /hintlab list/],
  ],
  ['the second half of a story', ['run', 'fortnight'], [/did you mean lanl-23\/fortnight\?/]],
  [
    'an unknown property',
    ['run', 'expiry', '--expect', 'I1,Q7'],
    [/Expected ids such as I1,I6/, /found 'Q7'/, /hintlab list --properties/],
  ],
  ['an expectation of nothing checked', ['run', 'expiry', '--no-check', '--expect', 'I1'], [/nothing to expect/]],
  ['a comparison of one', ['compare', 'expiry', '--systems', 'riak'], [/at least two systems or variants, found riak/]],
  [
    'a comparison with an unknown system',
    ['compare', 'expiry', '--systems', 'dynomite,cassandre'],
    [/found 'cassandre'; did you mean cassandra\?/],
  ],
  [
    'a variant without a name',
    ['compare', 'expiry', '--with', 'hints.ttl=1h'],
    [/Expected "name: path=value, path=value"/, /found 'hints.ttl=1h'/],
  ],
  [
    'a variant of a wrong value',
    ['compare', 'expiry', '--with', 'short: hints.ttl=soon', '--set', 'duration=banana'],
    [/duration: expected .*, found .*banana/],
  ],
  ['a comparison of nothing', ['compare', 'expirry'], [/did you mean expiry\?/]],
  [
    'two lists at once',
    ['list', '--systems', '--properties'],
    [/one of --systems, --properties and --profiles, found more/],
  ],
  ['a missing file', ['run', '@/nowhere/at-all.yaml'], [/no file and no story is called '.*at-all.yaml'/]],
  ['a misspelt file', ['run', '@/godo.yaml'], [/did you mean .*\/good.yaml\?/]],
  ['a device without an end', ['run', '/dev/zero'], [/\/dev\/zero is larger than 64 MiB/]],
  [
    'a trace over its own scenario',
    ['run', '@/good.yaml', '--trace', '@/good.yaml'],
    [/cannot write .*it is what is read/],
  ],
  ['a trace without a name', ['run', '@/good.yaml', '--trace', ''], [/expected the name of a file to write/]],
  [
    'a scenario over its own table',
    ['import', 'twitter', '@/good.yaml', '--cluster', '12', '--out', '@/good.yaml'],
    [/cannot write .*it is what is read/],
  ],
  [
    'a name that would paint the terminal',
    ['run', '@/good.yaml', '--set', '"\u001B[31mx"=1'],
    [/found the key .*\\u001b\[31mx/],
  ],
  ['a folder', ['run', '@/a-folder'], [/a-folder is a folder/, /expected a scenario file/]],
  ['a binary file', ['run', '@/picture.yaml'], [/picture.yaml is not text: it holds zero bytes/]],
  ['a file in another encoding', ['run', '@/latin1.yaml'], [/latin1.yaml is not text: it is not valid UTF-8/]],
  [
    'an invalid scenario, all problems at once',
    ['run', '@/broken.yaml'],
    [
      /broken.yaml:2:11: duration: expected .*, found .*banana/,
      /broken.yaml:4:1: .*workloud.*did you mean workload\?/,
      /2 problems; nothing was run/,
    ],
  ],
  [
    'a trace in a folder that is not there',
    ['run', 'expiry', '--trace', '@/nowhere/x'],
    [/cannot write .*folder that does not exist/],
  ],
  ['a trace over a folder', ['run', 'expiry', '--trace', '@/a-folder'], [/cannot write .*: it is a folder/]],
  [
    'a hunt into a file',
    ['explore', '--out', '@/good.yaml'],
    [/cannot make the folder .*good.yaml: a file has that name/],
  ],
  [
    'a hunt into a folder below a file',
    ['explore', '--out', '@/good.yaml/finds'],
    [/cannot make the folder .*finds: a file has that name, or part of it/],
  ],
  ['explain without a subject', ['explain', 'expiry'], [/one of --hint N, --write N and --read N, found none/]],
  ['explain with two subjects', ['explain', 'expiry', '--hint', '0', '--write', '0'], [/found --hint and --write/]],
  [
    'explain of a read that is not there',
    ['explain', 'majority-reversal', '--read', '1'],
    [/expected a read from 0 to 0, found 1/],
  ],
  [
    'explain of a read in a run of none',
    ['explain', 'late-hint', '--read', '0'],
    [/expected a read from a run that has any/],
  ],
  [
    'explain of a hint that is not there',
    ['explain', 'expiry', '--hint', '999999999'],
    [/expected a hint from 0 to [\d ]+, found 999999999/],
  ],
  ['import of nothing', ['import'], [/Usage: hintlab import/]],
  ['import of an unknown format', ['import', 'google', 'x.csv'], [/unknown command 'google'/]],
  ['import without a cluster', ['import', 'twitter', '@/good.yaml'], [/--cluster <name>' not specified/]],
  ['import of a missing file', ['import', 'lanl', '@/none.csv', '--system', '23'], [/no file is called '.*none.csv'/]],
  ['import of something else', ['import', 'twitter', '@/good.yaml', '--cluster', '12'], [/good.yaml/, /expected/]],
  [
    'a scale of nothing',
    ['import', 'twitter', '@/good.yaml', '--cluster', '12', '--scale', '0'],
    [/Expected a number above 0/],
  ],
];

describe('bad input', () => {
  it.each(CASES)('%s is refused with code 2 and a sentence, and nothing on stdout', async (_what, args, says) => {
    const { code, out, err } = await onTerminal(at(args));
    for (const pattern of says) expect(err).toMatch(pattern);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toMatch(/\bat .*\.ts:\d+/);
  });
});

describe('our own bugs', () => {
  const broken = (): never => {
    throw new AssertionFailure('broken rule: something of ours');
  };

  it('end with code 3, one line on whose fault it is, and what to report', async () => {
    const { code, err } = await onTerminal(['list'], { out: broken });
    expect(code).toBe(3);
    expect(err).toMatch(
      /^hintlab has a bug; your input is not at fault: AssertionFailure: broken rule: something of ours\n/,
    );
    expect(err).toMatch(/please report this line with the scenario: hintlab \d+\.\d+\.\d+ list \(a test\)/);
    expect(err).not.toMatch(/errors\.test\.ts/);
  });

  it.each([
    ['--verbose', ['--verbose', 'list'], false],
    ['--verbose at the end', ['list', '--verbose'], false],
    ['HINTLAB_DEBUG', ['list'], true],
  ])('show their stack with %s', async (_what, args, debug) => {
    const { code, err } = await onTerminal(args, { out: broken, debug });
    expect(code).toBe(3);
    expect(err).toMatch(/errors\.test\.ts/);
  });
});

describe('help and version', () => {
  it.each([['run'], ['compare'], ['list'], ['explain'], ['import'], ['segment'], ['schema']])(
    '%s --help teaches with an example',
    async (command) => {
      const { code, out, err } = await onTerminal([command, '--help']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(new RegExp(`Examples?[^]*\\n  hintlab ${command}`));
    },
  );

  it('--version prints the version alone', async () => {
    expect(await onTerminal(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: '',
    });
  });
});
