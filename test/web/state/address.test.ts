import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressText, OPENING, parseAddress, type Address } from '../../../web/state/address.ts';
import type { Selection } from '../../../web/state/selection.ts';

const index = fc.integer({ min: 0, max: 999_999_999 });
const micros = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const selection: fc.Arbitrary<Selection> = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc.record({ kind: fc.constant('queue' as const), holder: index, peer: index }),
  fc.record({ kind: fc.constant('hint' as const), hint: index }),
  fc.record({ kind: fc.constant('write' as const), write: index }),
);
const address: fc.Arbitrary<Address> = fc.record({
  source: fc.oneof(
    fc.record({ kind: fc.constant('story' as const), name: fc.constantFrom('expiry', 'lanl-23/fortnight', 'a.b_c') }),
    fc.record({
      kind: fc.constant('text' as const),
      packed: fc.base64String({ minLength: 4 }).map((text) => text.replace(/[+/=]/g, '_')),
    }),
    fc.record({
      kind: fc.constant('edit' as const),
      name: fc.constantFrom('expiry', 'lanl-23/fortnight'),
      packed: fc.base64String({ minLength: 4 }).map((text) => text.replace(/[+/=]/g, '_')),
    }),
  ),
  overrides: fc.record({
    system: fc.string(),
    seed: fc.string(),
    ttl: fc.string(),
    cap: fc.string(),
    drain: fc.string(),
  }),
  moment: fc.option(micros, { nil: undefined }),
  entry: fc.option(index, { nil: undefined }),
  span: fc.option(
    fc
      .tuple(micros, micros)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ from: Math.min(a, b), until: Math.max(a, b) })),
    { nil: undefined },
  ),
  selection,
  editor: fc.constantFrom(undefined, 'form', 'both'),
});

test('every address, written and read again, is the same, whatever was typed into the form', () => {
  const reached = { story: 0, text: 0, edit: 0, queue: 0, oddText: 0, form: 0, both: 0 };
  fc.assert(
    fc.property(address, (given) => {
      expect(parseAddress(addressText(given))).toEqual({ address: given, problems: [] });
      reached[given.source.kind]++;
      if (given.selection.kind === 'queue') reached.queue++;
      if (given.editor) reached[given.editor]++;
      if (/[&=#%+ ]/.test(given.overrides.ttl)) reached.oddText++;
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(Math.min(...Object.values(reached))).toBeGreaterThan(20);
});

test('no fragment is the opening story, without a complaint', () => {
  expect(parseAddress('')).toEqual({ address: OPENING, problems: [] });
  expect(parseAddress('#')).toEqual({ address: OPENING, problems: [] });
});

test('a link of another version opens the opening story and says why', () => {
  const { address: opened, problems } = parseAddress('#v=9&story=expiry');
  expect(opened).toEqual(OPENING);
  expect(problems).toEqual([
    'This link is of version 9; this page reads versions up to 2. It shows the opening story instead.',
  ]);
});

test('what is broken in a link is named and left out, and the rest still opens', () => {
  const { address: opened, problems } = parseAddress('#v=1&story=expiry&ttl=1h&at=soon&see=9-3&pick=cat.4');
  expect(opened).toEqual({
    ...OPENING,
    source: { kind: 'story', name: 'expiry' },
    overrides: { ...OPENING.overrides, ttl: '1h' },
  });
  expect(problems).toHaveLength(3);
  expect(problems[0]).toBe("In the link, at should be microseconds; found 'soon', left out.");
});

test('no text whatsoever makes the parser throw', () => {
  let complained = 0;
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300, size: 'max' }), fc.boolean(), (noise, versioned) => {
      complained += parseAddress(versioned ? `#v=1&${noise}` : noise).problems.length;
    }),
    { numRuns: 500, seed: 11 },
  );
  expect(complained).toBeGreaterThan(50);
});

test('how the scenario is shown is in the link only where it is not as text, and an old link shows it so', () => {
  expect(addressText({ ...OPENING, editor: 'form' })).toBe('#v=1&story=single-outage&editor=form');
  expect(addressText({ ...OPENING, editor: undefined })).toBe('#v=1&story=single-outage');
  expect(parseAddress('#v=1&story=expiry').address.editor).toBeUndefined();
  expect(parseAddress('#v=1&editor=table')).toMatchObject({
    address: { editor: undefined },
    problems: ["In the link, editor should be form or both; found 'table', left out."],
  });
});

test('every field of a link has a name of its own: a link with all of them comes back with all of them', () => {
  const link = [
    'v=2&story=expiry&edit=abc&system=scylla&seed=7&ttl=1h&cap=1MiB&drain=5s&set=drain.ack=each&at=5&entry=1&see=0-9',
    'pick=hint.2&with=*here&with=Short*ttl.2m&as=difference&x=hints.cap=1KiB,2KiB&y=hints.ttl=5m,1h&of=late&seeds=4',
    'by=event&fold=queues&note=5.here&map=closed&log=node.1&editor=both&run=4yk.AbCdEfGhIjKlMn.9c41d2',
  ].join('&');
  const { address: read, problems } = parseAddress(`#${link}`);
  expect(problems).toEqual([]);
  const inOrder = (fields: string) => [...new URLSearchParams(fields)].map((pair) => pair.join('=')).toSorted();
  expect(inOrder(addressText(read).slice(1))).toEqual(inOrder(link));
});

test('a typical link is short', () => {
  const typical = addressText({
    ...OPENING,
    moment: 106_490_000,
    span: { from: 60_000_000, until: 600_000_000 },
    selection: { kind: 'hint', hint: 204 },
  });
  expect(typical).toBe('#v=1&story=single-outage&at=106490000&see=60000000-600000000&pick=hint.204');
});
