/**
 * `hintlab explore` as a person calls it: what it refuses, what it finds and saves, and that shards merge to the whole.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../../sim/cli/index.ts';
import { corpusFileName, judge, treeOfText, violationOf, findOf } from '../../../sim/explore/index.ts';
import { readReport } from '../../../sim/explore/hunt-report.ts';
import { onTerminal } from '../../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hintlab-explore-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HUNT = ['explore', '--system', 'riak', '--profile', 'lateHint', '--runs', '12'];
/** Enough to find something. */
const SHORT = [...HUNT, '--runs', '3'];

describe('hintlab explore', () => {
  it.each([
    [['--system', 'cassandr'], 'did you mean cassandra?'],
    [['--profile', 'cap-presure'], "(hintlab list --profiles), found 'cap-presure'; did you mean capPressure?"],
    [['--shard', '3/2'], 'a part such as 1/4'],
    [['--runs', '0'], 'from 1 to'],
    [['--runs', '10', '--minutes', '1'], 'either --runs or --minutes'],
    [['--minutes', '1', '--shard', '1/2'], '--runs beside --shard'],
    [['--merge', 'a.json', '--runs', '5'], '--merge alone'],
    [['--merge', 'a.json', '--seed', '5'], '--merge alone'],
    [['--merge', join(folder, 'nowhere.json')], 'cannot read'],
  ])('refuses %j with what it expected', async (flags, message) => {
    const { code, err, out } = await onTerminal(['explore', ...flags]);
    expect(code).toBe(EXIT.badInput);
    expect(err).toContain(message);
    expect(out).toBe('');
  });

  it('says the same for all shards together as for the whole hunt, byte for byte', async () => {
    const whole = await onTerminal([...HUNT, '--json']);
    const files = ['2/3', '1/3', '3/3'].map((shard) => ({ shard, file: join(folder, `${shard.slice(0, 1)}.json`) }));
    for (const { shard, file } of files) {
      const part = await onTerminal([...HUNT, '--shard', shard, '--json']);
      expect(part.out).not.toBe(whole.out);
      writeFileSync(file, part.out);
    }
    const merged = await onTerminal(['explore', '--merge', ...files.map(({ file }) => file), '--json']);
    expect(merged.out).toBe(whole.out);
    expect(merged.code).toBe(whole.code);

    const [second = '', first = ''] = files.map(({ file }) => file);
    const twice = await onTerminal(['explore', '--merge', first, second, first]);
    expect(twice).toMatchObject({ code: EXIT.badInput, out: '' });
    expect(twice.err).toContain('two of these reports have the runs 0 to 3: expected each part once');
    const most = await onTerminal(['explore', '--merge', second, first]);
    expect(most.out).toContain('Not in it: runs 8 to 11 of 12.');
    expect(most.code).toBe(EXIT.violated);
  }, 60_000);

  it('says of a short hunt that it is too short to say what was not exercised', async () => {
    const { out } = await onTerminal(SHORT);
    expect(out).toContain('Too few runs to say what was not exercised: that takes 1 000.');
    expect(out).not.toContain('Not in it');
  });

  it('prints its report and keeps the other finds where one cannot be saved, and ends with 2', async () => {
    const report = readReport(JSON.parse((await onTerminal([...SHORT, '--json'])).out));
    const [{ smallest: [kind] } = { smallest: [] }] = report?.tally.violations ?? [];
    if (kind === undefined) return expect.unreachable('this hunt finds something');
    const taken = join(folder, 'taken', corpusFileName(kind, 'riak'));
    mkdirSync(taken, { recursive: true });
    const { code, out, err } = await onTerminal([...SHORT, '--out', join(folder, 'taken')]);
    expect(code).toBe(EXIT.badInput);
    expect(err).toContain(`cannot write ${taken}: it is a folder`);
    expect(out).toContain('3 runs of riak');
  }, 120_000);

  it('saves a file of each kind that it found, which shows what its name says, and ends with 1', async () => {
    const out = join(folder, 'finds');
    const { code, out: text } = await onTerminal([...HUNT, '--out', out]);
    const files = readdirSync(out);
    expect(code).toBe(EXIT.violated);
    expect(files.length).toBeGreaterThan(0);
    expect(text).not.toContain('not minimal');
    for (const file of files) {
      expect(text).toContain(file);
      const tree = treeOfText(readFileSync(join(out, file), 'utf8')) ?? {};
      const find = findOf(tree);
      const judged = judge(tree);
      expect(find).toBeDefined();
      if (find === undefined || judged.kind !== 'judged') continue;
      expect(file.replaceAll('-', '')).toBe(`${find.property}${find.cause}riak.yaml`.toLowerCase());
      expect(violationOf(judged, find)).toBeDefined();
    }
  }, 120_000);

  it('refuses a file that is no report', async () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"schema": 1}');
    const { code, err } = await onTerminal(['explore', '--merge', file]);
    expect(code).toBe(EXIT.badInput);
    expect(err).toContain('is no report of a hunt');
  });

  it('keeps what it had saved when it is asked to stop while it reduces', async () => {
    const out = join(folder, 'stopped');
    const hasFind = (): boolean => readdirSync(out).length > 0;
    const watchInterrupt = () => ({ interrupted: hasFind, stop: () => undefined });
    const { code, out: text } = await onTerminal([...SHORT, '--out', out], { watchInterrupt });
    expect(code).toBe(EXIT.interrupted);
    expect(hasFind()).toBe(true);
    for (const file of readdirSync(out)) expect(text).toContain(file);
    expect(text).toContain('The report of one, with a link into the page: hintlab replay ');
  }, 120_000);

  it('saves what it has met when it is asked to stop in the middle of the hunt, for shrink to go on from', async () => {
    const out = join(folder, 'halted');
    // A clock on which every look is a minute later, so that the first piece of runs is told of; then somebody stops it.
    let said = '';
    let now = 0;
    const { code, out: text } = await onTerminal([...HUNT, '--runs', '100000', '--out', out], {
      err: (line) => (said += line),
      seconds: () => (now += 60),
      watchInterrupt: () => ({ interrupted: () => said.includes(' runs, '), stop: () => undefined }),
    });
    expect(code).toBe(EXIT.interrupted);
    expect(text).toMatch(/Not in it: runs [\d ]+ to 99 999 of 100 000\./);
    const files = readdirSync(out);
    expect(files.length).toBeGreaterThan(0);
    expect(text).not.toContain('not reduced');
    expect(text).toContain(`\nOne that is not minimal may get smaller: hintlab shrink ${out}`);
    for (const file of files) {
      expect(text).toContain(file);
      const tree = treeOfText(readFileSync(join(out, file), 'utf8')) ?? {};
      const [find, judged] = [findOf(tree), judge(tree)];
      if (find === undefined || judged.kind !== 'judged') return expect.unreachable('a find is a scenario');
      expect([find.minimal, violationOf(judged, find) !== undefined]).toEqual([false, true]);
    }
  }, 60_000);

  it('stops when it is asked to, with what it has, and ends with 130', async () => {
    const watchInterrupt = () => ({ interrupted: () => true, stop: () => undefined });
    const { code, out } = await onTerminal([...HUNT], { watchInterrupt });
    expect(code).toBe(EXIT.interrupted);
    expect(out).toContain('0 runs of riak');
    expect(out).toContain('Not in it: runs 0 to 11 of 12.');
  });
});
