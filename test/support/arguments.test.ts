/**
 * Arguments of the commands under test/: each of them answers one that it does not know in one line, with the nearest
 * that it does, and by the exit code of bad input; and each prints how it is used.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BadArgument, checkName, countFrom1, known, namesIn } from './arguments.ts';
import { readOptions } from '../teeth/options.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const FLAGS = { rounds: { type: 'string' }, json: { type: 'string' }, left: { type: 'boolean' } } as const;

/** What a refusal says; undefined if there is none. */
function refusalOf(read: () => unknown): string | undefined {
  try {
    read();
  } catch (problem) {
    if (problem instanceof BadArgument) return problem.message;
    throw problem;
  }
  return undefined;
}

describe('known arguments', () => {
  const told = (...args: readonly string[]): string | undefined => refusalOf(() => known(args, FLAGS));

  it('are handed on as they are', () => {
    const args = ['--rounds', '3', '--json=a.json', '--left', 'a name'];
    expect(known(args, FLAGS, true)).toEqual(args);
  });

  it('are flags that there are, by their whole names', () => {
    expect(told('--ruonds', '3')).toBe("unknown option '--ruonds'; did you mean --rounds?");
    expect(told('--nothing-like-it')).toBe("unknown option '--nothing-like-it'");
    expect(told('-r', '3')).toBe("unknown option '-r'");
    expect(told('--no-left')).toBe("unknown option '--no-left'; did you mean --left?");
  });

  it('have a value where they take one, and none where they do not', () => {
    expect(told('--rounds')).toBe('--rounds takes a value');
    expect(told('--rounds', '--left')).toBe('--rounds takes a value');
    expect(told('--left=yes')).toBe('--left takes no value');
  });

  it('are no names where a command takes none', () => {
    expect(told('page')).toBe("nothing is called 'page' here");
  });
});

describe('values', () => {
  it('are names that there are, or the nearest is told, or all where they are few', () => {
    expect(namesIn('core,model', 'part', ['core', 'model'])).toEqual(['core', 'model']);
    expect(namesIn(undefined, 'part', ['core'])).toEqual([]);
    expect(refusalOf(() => namesIn('core,modle', 'part', ['core', 'model']))).toBe(
      "there is no part 'modle'; did you mean model?",
    );
    expect(refusalOf(() => checkName('x', 'part', ['core', 'model']))).toBe(
      "there is no part 'x'; there are core, model",
    );
    const many = Array.from({ length: 20 }, (_, index) => `name ${index}`);
    expect(refusalOf(() => checkName('x', 'part', many))).toBe("there is no part 'x'");
  });

  it('are whole numbers from 1 up', () => {
    expect([countFrom1('--runs', '12', 5), countFrom1('--runs', undefined, 5)]).toEqual([12, 5]);
    for (const text of ['0', '-1', '1.5', '1e3', 'x', '', '9007199254740992']) {
      expect(refusalOf(() => countFrom1('--runs', text, 5))).toBe(
        `--runs takes a whole number from 1 up, not '${text}'`,
      );
    }
  });

  it('of the teeth are parts, bugs and sources that there are', () => {
    expect(readOptions(['--only', 'model', '--left', '--draw', '2'])).toMatchObject({
      parts: ['model'],
      isOfLeft: true,
      draw: 2,
      processes: Infinity,
    });
    expect(readOptions(['--files', 'core/clock.ts', '--bugs', '1a,26'])).toMatchObject({
      files: ['core/clock.ts'],
      bugs: ['1a', '26'],
    });
    expect(refusalOf(() => readOptions(['--only', 'modle']))).toBe("there is no part 'modle'; did you mean model?");
    expect(refusalOf(() => readOptions(['--bugs', '1a,99']))).toBe("there is no bug '99'; did you mean 9?");
    expect(refusalOf(() => readOptions(['--draw', 'x']))).toContain('--draw takes a whole number');
    for (const file of ['core/clok.ts', 'web/main.ts', '../core/clock.ts']) {
      expect(refusalOf(() => readOptions(['--files', file]))).toContain(`not '${file}'`);
    }
  });
});

describe('a command under test/', () => {
  const ended = (file: string, ...args: readonly string[]) =>
    new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { cwd: ROOT });
      let [out, err] = ['', ''];
      child.stdout.on('data', (text: Buffer) => (out += text.toString()));
      child.stderr.on('data', (text: Buffer) => (err += text.toString()));
      child.on('close', (code) => resolve({ code, out, err }));
    });

  it.each([
    ['test/teeth/run.ts', '--onyl', '; did you mean --only?'],
    ['test/bench/run.ts', '--round', '; did you mean --rounds?'],
    ['test/validate/run.ts', '--jsno', '; did you mean --json?'],
    ['test/engines/run.ts', '--fast', ''],
    ['test/hazards/run.ts', '--fast', ''],
    ['test/conformance/grade.ts', '--fast', ''],
    ['test/run.ts', '--fast', ''],
    ['test/budget.ts', '--fast', ''],
  ])('answers an option that it does not know in one line, and ends with code 2: %s', async (file, flag, near) => {
    expect(await ended(file, flag)).toEqual({ code: 2, out: '', err: `unknown option '${flag}'${near}\n` });
  });

  it.each([
    ['test/teeth/run.ts', ['--only', 'stroe'], "there is no part 'stroe'; did you mean store?"],
    ['test/bench/run.ts', ['hint-stroe'], "there is no bench 'hint-stroe'; did you mean hint-store?"],
    ['test/validate/run.ts', ['--only', 'P1,W9'], "there is no case 'W9'; ids begin with P, E, K, Q, H, A, B, R"],
  ])('answers a value that it does not know alike: %s %s', async (file, args, line) => {
    expect(await ended(file, ...args)).toEqual({ code: 2, out: '', err: `${line}\n` });
  });

  it('says how it is used, and does nothing', async () => {
    const { code, out, err } = await ended('test/teeth/run.ts', '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^npm run teeth -- \[options\]/);
    expect(out).toContain('--draw SEED');
  });
});
