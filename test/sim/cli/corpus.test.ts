import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findOf, treeOfText } from '../../../sim/explore/index.ts';
import { parseAddress } from '../../../web/state/address.ts';
import { unpackText } from '../../../web/state/packed-text.ts';
import { onTerminal } from '../../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'hintlab-corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Late hint with a third write, another node and another fault than it takes. */
const FAILING = `hintlab: 1
duration: 70s
nodes: [a, b, c]
requests:
  - { at: 40s, set: x, size: 100B }
  - { at: 45s, set: other }
  - { at: 52s, set: x, size: 100B }
faults:
  - { crash: b, at: 5s, for: 45.5s }
  - { pauseDrain: c, at: 5s, for: 5s }
`;
const PASSING = 'hintlab: 1\nduration: 10s\nrequests: [{ at: 5s, set: k }]\n';

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const failing = file('failing.yaml', FAILING);
const passing = file('passing.yaml', PASSING);

describe('hintlab shrink', () => {
  it('writes the smallest file there, the report to stdout, and other failures to stderr', async () => {
    const out = join(folder, 'smallest.yaml');
    const {
      code,
      out: report,
      err,
    } = await onTerminal(['shrink', failing, '--property', 'I1', '--explain', '--out', out]);
    expect(code).toBe(0);
    expect(report).toContain('the smallest scenario (2 requests, 1 fault, 2 nodes, ');
    expect(report).toContain(`again: hintlab replay ${out}`);
    expect(err).toMatch(/^met on the way, and not followed: .*I2 \(overwritten\)/m);
    const find = findOf(treeOfText(readFileSync(out, 'utf8')) ?? {});
    expect(find).toMatchObject({ property: 'I1', cause: 'overwritten', minimal: true });
    expect(find?.fields?.map(({ path }) => path)).toContain('faults.0.for');
  });

  it('without --out writes the file to stdout, for a pipe, and the report to stderr', async () => {
    const { code, out, err } = await onTerminal([
      'shrink',
      failing,
      '--property',
      'I2',
      '--page',
      'https://lab.example/',
    ]);
    expect(code).toBe(0);
    expect(findOf(treeOfText(out) ?? {})?.property).toBe('I2');
    expect(err).toContain('open it at the event: https://lab.example/#v=1&text=');
  });

  it('says what there is instead of what was asked for', async () => {
    const none = await onTerminal(['shrink', passing]);
    expect([none.code, none.err]).toEqual([2, `${passing} violates no property: there is nothing to shrink\n`]);
    const other = await onTerminal(['shrink', failing, '--property', 'I1', '--cause', 'expired']);
    expect(other.code).toBe(2);
    expect(other.err).toContain('does not violate I1 expired; it violates I1 (overwritten)');
    const typo = await onTerminal(['shrink', failing, '--cause', 'overwriten']);
    expect(typo.err).toContain('did you mean overwritten?');
    const missing = await onTerminal(['shrink', 'late-hnt']);
    expect(missing.err).toContain('did you mean late-hint?');
    const over = await onTerminal(['shrink', failing, '--out', failing]);
    expect(over.err).toContain('it is what is read');
  });

  it('gives the smallest so far when it is interrupted, does not call it minimal, and goes on from there', async () => {
    const interrupted = { watchInterrupt: () => ({ interrupted: () => true, stop: () => undefined }) };
    const { code, out, err } = await onTerminal(['shrink', failing, '--property', 'I1'], interrupted);
    expect(code).toBe(130);
    expect(findOf(treeOfText(out) ?? {})?.minimal).toBe(false);
    expect(err).toMatch(
      /\ninterrupted after \d+ runs?, with more to try: shrinking what was written goes on from there\n$/,
    );

    const further = join(folder, 'further.yaml');
    const again = await onTerminal(['shrink', file('so-far.yaml', out), '--out', further]);
    expect(again.code).toBe(0);
    expect(findOf(treeOfText(readFileSync(further, 'utf8')) ?? {})).toMatchObject({ property: 'I1', minimal: true });
  });

  it('ends at the runs that it may take with the smallest so far, and says what goes on', async () => {
    const out = join(folder, 'six-runs.yaml');
    const { code, err } = await onTerminal(['shrink', failing, '--property', 'I1', '--runs', '6', '--out', out]);
    expect(code).toBe(0);
    expect(err).toContain(`ended after 6 runs, with more to try: hintlab shrink ${out} goes on from there\n`);
    expect(findOf(treeOfText(readFileSync(out, 'utf8')) ?? {})).toMatchObject({ property: 'I1', minimal: false });
  });

  it('interrupted while it explains, keeps what it had reduced, without the explanation', async () => {
    // Nobody wants to stop before the explanation is under way, which of so large a scenario takes many seconds; and then
    // at once. Ten seconds pass between two looks.
    let said = '';
    let now = 0;
    const out = join(folder, 'unexplained.yaml');
    const { code } = await onTerminal(['shrink', 'expiry', '--runs', '1', '--explain', '--out', out], {
      err: (text) => (said += text),
      seconds: () => (now += 10),
      watchInterrupt: () => ({ interrupted: () => said.includes('how far each value'), stop: () => undefined }),
    });
    expect(code).toBe(130);
    const find = findOf(treeOfText(readFileSync(out, 'utf8')) ?? {});
    expect({ property: find?.property, fields: find?.fields }).toEqual({ property: 'I1', fields: undefined });
  });
});

describe('hintlab shrink and a file that is no scenario', () => {
  it('tells its problems with their places in the file, as run does', async () => {
    // The name of the node is on the third line, at the fourteenth letter, wherever a rewritten file would have it.
    const bad = file('nobody.yaml', 'duration: 1m\nfaults:\n  - { crash: n2, at: 1s }\nseed: 5\nhintlab: 1\n');
    const { code, err } = await onTerminal(['shrink', bad]);
    expect(code).toBe(2);
    expect(err).toContain(`${bad}:3:14: faults.0.crash: expected a node`);
    rmSync(bad);
  });
});

describe('hintlab replay', () => {
  const recorded = file(
    'recorded.yaml',
    FAILING.replace('hintlab: 1', 'hintlab: 1\nfind: { property: I1, cause: overwritten, note: by hand }'),
  );
  const gone = file('gone.yaml', PASSING.replace('hintlab: 1', 'hintlab: 1\nfind: { property: I1, cause: expired }'));

  it('prints the report of one file, with a link that opens it on the page', async () => {
    const { code, out } = await onTerminal(['replay', recorded], { page: 'https://lab.example/' });
    expect(code).toBe(1);
    expect(out).toContain('I1 violated (overwritten)');
    expect(out).toContain('I1 (overwritten) as recorded');
    const [, fragment = ''] = /https:\/\/lab\.example\/(#\S+)/.exec(out) ?? [];
    const { source, entry } = parseAddress(fragment).address;
    const text = source.kind === 'text' ? await unpackText(source.packed) : '';
    expect(text).toContain('crash: b');
    expect(entry).toBeGreaterThan(0);
  });

  it('tells of what is minimal how far each value may move, and what each event is there for', async () => {
    // b is away from 2 s and found Down 18 s later; the write of 21 s waits for the sweep of 30 s, behind that of 22 s.
    const out = join(folder, 'minimal.yaml');
    await onTerminal(['shrink', failing, '--property', 'I1', '--out', out]);
    const { out: report } = await onTerminal(['replay', out]);
    const [crash = ''] = report.split('\n').filter((line) => line.includes('crash b'));
    expect(crash).toMatch(/# .*for fails from .*; without it nothing is violated$/);
    expect(report).toContain(`again: hintlab replay ${out}`);
    expect(report).not.toContain('saved as');
    expect((await onTerminal(['replay', recorded])).out).not.toContain('without it');
    const other = file('other.yaml', readFileSync(out, 'utf8').replace('cause: overwritten', 'cause: expired'));
    const gone = (await onTerminal(['replay', other])).out;
    expect(gone).toContain('the scenario (2 requests');
    expect(gone).not.toContain('without it');
  });

  it('says of what failed to happen that no event did it', async () => {
    const { out } = await onTerminal(['replay', 'test/corpus/h15-link-ended.yaml']);
    expect(out).toContain('I7 violated (end');
    expect(out).toContain('\n  no event did it: something failed to happen\n');
  });

  it('ends with the verdict of the runs: 0 where nothing is violated', async () => {
    expect(await onTerminal(['replay', passing])).toMatchObject({ code: 0, out: `${passing}: violates nothing\n` });
    expect((await onTerminal(['replay', failing])).code).toBe(1);
  });

  it('as recorded, asks of every file whether it still shows its find', async () => {
    expect((await onTerminal(['replay', recorded, '--as-recorded'])).code).toBe(0);
    const both = await onTerminal(['replay', recorded, gone, '--as-recorded']);
    expect(both.code).toBe(1);
    expect(both.out).toContain(`${gone}: I1 (expired) is gone; violates nothing`);
    expect(both.out).toContain('2 files, 1 not as recorded');
  });

  it('takes a folder of files, in order', async () => {
    const { code, out } = await onTerminal(['replay', 'test/corpus', '--as-recorded']);
    expect(code).toBe(0);
    expect(out.split('\n').length).toBeGreaterThan(2);
  });

  it('takes the corpus of seeded bugs, whose files name a rule of the audit and a bug by its number', async () => {
    const { code, out, err } = await onTerminal(['replay', 'test/corpus/teeth', '--as-recorded']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('43.yaml: B19 (hintShipped) as recorded: it takes the seeded bug 43');
    expect((await onTerminal(['run', 'test/corpus/teeth/43.yaml'])).err).toBe('');
  });

  it('is told what is wrong with a file, with its place', async () => {
    const bad = file('bad.yaml', 'hintlab: 1\nfind: { property: I99, cause: expired }\nduration: 1m\n');
    const { code, err } = await onTerminal(['replay', bad]);
    expect(code).toBe(2);
    expect(err).toContain(`${bad}:2:19: find.property: expected one of I1`);
    expect((await onTerminal(['replay', join(folder, 'nothing')])).code).toBe(2);
    rmSync(bad);
  });
});
