/** Edits of faults: text in, text out, each by hand; and what they all have in common, whatever the text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addFault, moveFault, removeFault, resizeFault, type FaultEdit } from '../../../web/state/fault-edits.ts';
import { faultEntries } from '../../../web/state/fault-entries.ts';
import { nameText } from '../../../web/state/new-fault.ts';

const TEXT = `# a lesson
hintlab: 1
duration: 10m
faults: # what breaks
  # the first
  - { crash: b,  at: 60.5s, for: 5m } # power
  - slow: c
    at: 2m  # not before
    until: 3m
    factor: 10
  # the end
workload: { rate: 10/s }
`;

/** The text with one stretch of it exchanged: what every edit is. */
function exchanged(from: string, to: string, text = TEXT): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, to);
}

function textOf(edit: FaultEdit): string {
  if (edit.kind === 'refused') throw new Error(edit.why);
  return edit.text;
}

test('moving a fault changes its beginning and no other letter', () => {
  expect(textOf(moveFault(TEXT, 0, 90_000_000))).toBe(exchanged('60.5s', '1m 30s'));
});

test('moving a fault that is written with until moves its end along', () => {
  expect(textOf(moveFault(TEXT, 1, 60_000_000))).toBe(
    exchanged('at: 2m  #', 'at: 1m  #').replace('until: 3m', 'until: 2m'),
  );
});

test('no fault begins before the run', () => {
  expect(textOf(moveFault(TEXT, 0, -5_000))).toBe(exchanged('60.5s', '0s'));
});

test('an edge moves alone', () => {
  // From 60.5 s on for 5 m it ends at 360.5 s: beginning at 120 s, it lasts 240.5 s.
  expect(textOf(resizeFault(TEXT, 0, 'from', 120_000_000))).toBe(
    exchanged('at: 60.5s, for: 5m', 'at: 2m, for: 4m 500ms'),
  );
  expect(textOf(resizeFault(TEXT, 0, 'until', 120_500_000))).toBe(exchanged('for: 5m', 'for: 1m'));
  expect(textOf(resizeFault(TEXT, 1, 'until', 240_000_000))).toBe(exchanged('until: 3m', 'until: 4m'));
  expect(textOf(resizeFault(TEXT, 1, 'from', 150_000_000))).toBe(exchanged('at: 2m', 'at: 2m 30s'));
});

test('edges do not pass each other', () => {
  expect(textOf(resizeFault(TEXT, 1, 'until', 0))).toBe(exchanged('until: 3m', 'until: 2m 1us'));
  expect(textOf(resizeFault(TEXT, 1, 'from', 900_000_000))).toBe(exchanged('at: 2m', 'at: 2m 59s 999ms 999us'));
});

test('pulling at the end of a fault that never ends gives it an end', () => {
  const endless = exchanged(', for: 5m', '');
  expect(textOf(resizeFault(endless, 0, 'until', 70_500_000))).toBe(
    exchanged('at: 60.5s }', 'at: 60.5s, for: 10s }', endless),
  );
});

test('a fault is added behind the others, as they are indented', () => {
  const added = textOf(
    addFault(TEXT, { kind: 'partition', sides: [['a'], ['b', 'c']], oneWay: true, at: 0, for: 1_500 }),
  );
  expect(added).toBe(
    exchanged(
      '    factor: 10\n',
      '    factor: 10\n  - { partition: [[a], [b, c]], oneWay: true, at: 0s, for: 1ms 500us }\n',
    ),
  );
});

test.each([
  ['without faults', 'hintlab: 1\n', 'hintlab: 1\nfaults:\n  - { stop: a, at: 1s }\n'],
  ['with none yet', 'faults: [] # none\nseed: 1\n', 'faults:\n  - { stop: a, at: 1s } # none\nseed: 1\n'],
  ['with the bare key', 'faults:\nseed: 1', 'faults:\n  - { stop: a, at: 1s }\nseed: 1'],
  ['in braces', '{ hintlab: 1 }', '{ hintlab: 1, faults: [{ stop: a, at: 1s }] }'],
  ['in a list of one line', 'faults: [{ crash: b, at: 0 }]', 'faults: [{ crash: b, at: 0 }, { stop: a, at: 1s }]'],
  [
    'with list items at the margin',
    'faults:\n- crash: b\n  at: 0\n',
    'faults:\n- crash: b\n  at: 0\n- { stop: a, at: 1s }\n',
  ],
])('a fault is added to a scenario %s', (_, before, after) => {
  expect(textOf(addFault(before, { kind: 'stop', target: 'a', at: 1_000_000 }))).toBe(after);
});

test('every kind of fault is written as a file has it', () => {
  const line = (fault: Parameters<typeof addFault>[1]) => textOf(addFault('a: 1', fault)).split('- ')[1];
  expect(line({ kind: 'slow', target: 'b', factor: 2.5, at: 1, for: 2 })).toBe(
    '{ slow: b, factor: 2.5, at: 1us, for: 2us }',
  );
  expect(line({ kind: 'clock', target: 'b', step: -5_000_000, at: 0 })).toContain('{ clock: b, step: ');
  expect(textOf(addFault('a: 1', { kind: 'clock', target: 'b', step: -5_000_000, at: 0 }))).toContain(
    'step: -5s, at: 0s',
  );
  expect(line({ kind: 'loss', share: 0.1, to: ['x y'], at: 0 })).toBe('{ loss: 0.1, to: ["x y"], at: 0s }');
  expect(line({ kind: 'crash', target: 'no', at: 0 })).toBe('{ crash: "no", at: 0s }');
});

test('removing a fault takes its lines and leaves the comments around it', () => {
  expect(textOf(removeFault(TEXT, 0))).toBe(exchanged('  - { crash: b,  at: 60.5s, for: 5m } # power\n', ''));
  expect(textOf(removeFault(TEXT, 1))).toBe(
    exchanged('  - slow: c\n    at: 2m  # not before\n    until: 3m\n    factor: 10\n', ''),
  );
});

test('the last fault leaves an empty list', () => {
  expect(textOf(removeFault('faults: # c\n# d\n- crash: b\n  at: 0\nseed: 1\n', 0))).toBe(
    'faults: [] # c\n# d\nseed: 1\n',
  );
  expect(textOf(removeFault('{ faults: [{ crash: b, at: 0 }] }', 0))).toBe('{ faults: [] }');
  expect(textOf(removeFault('{ faults: [{ crash: b, at: 0 }, { crash: c, at: 0 }] }', 0))).toBe(
    '{ faults: [{ crash: c, at: 0 }] }',
  );
});

test('imported outages and entries with unreadable times are locked, and say why', () => {
  const text =
    'faults:\n  - lanl: { file: x.csv, from: 2003-01-01, to: 2004-01-01 }\n  - { crash: b, at: soon }\n  - *x\n';
  const entries = faultEntries(text.replace('- *x', '- null')) ?? [];
  expect(entries.map(({ locked }) => locked?.slice(0, 22))).toEqual([
    'These outages come fro',
    'One of its times canno',
    'It is not written as a',
  ]);
  expect(moveFault(text.replace('- *x', '- null'), 0, 5)).toMatchObject({ kind: 'refused', reason: 'locked' });
});

test('a text that is no scenario is left alone', () => {
  for (const text of ['', 'a: [', '- 1', '['.repeat(5_000), 'faults: soon', 'a: 1\n---\nb: 1'])
    expect(addFault(text, { kind: 'stop', target: 'a', at: 0 })).toMatchObject({
      kind: 'refused',
      reason: 'unreadable',
    });
  expect(removeFault(TEXT, 2)).toMatchObject({ kind: 'refused', reason: 'noSuchFault' });
});

const comment = fc.constantFrom('', ' # why', '   # { not: a, fault }');
const time = fc.integer({ min: 0, max: 100_000_000_000 });
const entry = fc.record({
  style: fc.constantFrom('flow', 'block'),
  ends: fc.constantFrom('for', 'until', 'never'),
  at: time,
  lasts: fc.integer({ min: 1, max: 1_000_000_000 }),
  comment,
});
type Entry = typeof entry extends fc.Arbitrary<infer Each> ? Each : never;
const scenario = fc
  .record({
    entries: fc.array(entry, { minLength: 1, maxLength: 6, size: 'max' }),
    margin: fc.constantFrom('', '  ', '    '),
  })
  .map(({ entries, margin }) => ({
    entries,
    text: `seed: 1 # s\nfaults:\n${entries.map((each, i) => written(each, margin, i)).join('')}# end\nname: x\n`,
  }));

function written({ style, ends, at, lasts, comment: why }: Entry, margin: string, i: number): string {
  const end = ends === 'for' ? [`for: ${lasts}us`] : ends === 'until' ? [`until: ${at + lasts}us`] : [];
  const fields = [`crash: n${i}`, `at: ${at}us`, ...end];
  if (style === 'flow') return `${margin}- { ${fields.join(', ')} }${why}\n`;
  return fields.map((field, line) => `${margin}${line === 0 ? '- ' : '  '}${field}${why}\n`).join('');
}

test('a move keeps the length, the other entries and every comment, and moving back restores the times', () => {
  const styles = new Set<string>();
  fc.assert(
    fc.property(scenario, fc.nat(), time, ({ text, entries }, pick, at) => {
      const index = pick % entries.length;
      styles.add(`${entries[index]?.style} ${entries[index]?.ends}`);
      const [before, after] = [faultEntries(text) ?? [], faultEntries(textOf(moveFault(text, index, at))) ?? []];
      expect(after[index]?.at).toBe(at);
      const length = (each = before[index]) => (each?.end ?? 0) - (each?.at ?? 0);
      expect(length(after[index])).toBe(length());
      expect(after.toSpliced(index, 1)).toEqual(before.toSpliced(index, 1));
      const moved = textOf(moveFault(text, index, at));
      expect(moved.match(/#.*/g)).toEqual(text.match(/#.*/g));
      const back = faultEntries(textOf(moveFault(moved, index, before[index]?.at ?? 0))) ?? [];
      expect(back.map(({ at: from, end }) => [from, end])).toEqual(before.map(({ at: from, end }) => [from, end]));
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(styles.size).toBe(6);
});

test('a fault that is added and removed again leaves the text as it was', () => {
  fc.assert(
    fc.property(scenario, time, ({ text, entries }, at) => {
      const added = addFault(text, { kind: 'stall', target: 'n0', at, for: 1_000 });
      expect(added).toMatchObject({ kind: 'edited', index: entries.length });
      expect(textOf(removeFault(textOf(added), entries.length))).toBe(text);
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('names are read back as they are', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 12, size: 'max' }), (name) => {
      const text = `faults: [{ crash: ${nameText(name)}, at: 0 }]`;
      expect(faultEntries(text)?.[0]?.nodes).toEqual([name]);
    }),
    { seed: 3, numRuns: 300 },
  );
});
