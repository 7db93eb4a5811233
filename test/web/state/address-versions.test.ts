import { expect, test } from 'vitest';
import { addressText, OPENING, parseAddress } from '../../../web/state/address.ts';
import { openedSource } from '../../../web/state/opened-source.ts';
import { NOTHING } from '../../../web/state/selection.ts';
import { MIGRATIONS, migrated, NEWEST_VERSION } from '../../../web/state/address-versions.ts';

/** Links as pages of version 1 wrote them. They open for ever: this list only grows. */
const OLD_LINKS = [
  [
    '#v=1&story=single-outage&at=106490000&see=60000000-600000000&pick=hint.204',
    {
      source: { kind: 'story', name: 'single-outage' },
      moment: 106_490_000,
      span: { from: 60_000_000, until: 600_000_000 },
      selection: { kind: 'hint', hint: 204 },
    },
  ],
  [
    '#v=1&story=lanl-23/fortnight&system=cassandra&seed=7&ttl=3h&cap=64MiB&drain=10s&at=5&entry=812&pick=queue.0.2',
    {
      source: { kind: 'story', name: 'lanl-23/fortnight' },
      overrides: { system: 'cassandra', seed: '7', ttl: '3h', cap: '64MiB', drain: '10s' },
      moment: 5,
      entry: 812,
      selection: { kind: 'queue', holder: 0, peer: 2 },
    },
  ],
  [
    '#v=1&text=y8jMK8lJTLJSMOTKS8xNtVLIzcxL5UopLUosyczPs1IwyuUCAA',
    { source: { kind: 'text', packed: 'y8jMK8lJTLJSMOTKS8xNtVLIzcxL5UopLUosyczPs1IwyuUCAA' } },
  ],
  ['#v=1&story=expiry&by=event&fold=queues.stores&note=41000000.why&map=closed&log=all', { map: 'closed' }],
] as const;

test.each(OLD_LINKS)('a link of version 1 opens without a complaint: %s', (link, says) => {
  const { address, problems } = parseAddress(link);
  expect(problems).toEqual([]);
  expect(address).toMatchObject(says);
});

test('a scenario packed by version 1 is unpacked', async () => {
  const { text } = await openedSource(parseAddress(OLD_LINKS[2][0]).address.source);
  expect(text).toBe('hintlab: 1\nname: mine\nduration: 2m\n');
});

test('every version has a step to the next, up to the newest', () => {
  expect(Object.keys(MIGRATIONS)).toEqual(Array.from({ length: Number(NEWEST_VERSION) - 1 }, (_, i) => String(i + 1)));
});

test('a version that never was is none', () => {
  for (const version of ['0', '3', '1.0', '-1', 'constructor', '']) {
    expect(migrated(new URLSearchParams({ v: version })), version).toBeUndefined();
  }
  expect(migrated(new URLSearchParams())).toBeUndefined();
});

test('a selected read needs no newer version: a page that does not know it leaves it out and says so', () => {
  const link = addressText({ ...OPENING, selection: { kind: 'read', read: 3 } });
  expect(link).toMatch(/^#v=1&.*&pick=read\.3$/);
  expect(parseAddress(link)).toMatchObject({ problems: [], address: { selection: { kind: 'read', read: 3 } } });
  const { address, problems } = parseAddress(link.replace('read.3', 'session.3'));
  expect(address.selection).toBe(NOTHING);
  expect(problems).toEqual([expect.stringMatching(/^In the link, pick should be .*; found 'session\.3', left out\.$/)]);
});

test('a link says the lowest version that reads it', () => {
  expect(addressText(OPENING)).toMatch(/^#v=1&/);
  expect(addressText({ ...OPENING, source: { kind: 'text', packed: 'AAAA' } })).toMatch(/^#v=1&text=/);
  const edited = addressText({ ...OPENING, source: { kind: 'edit', name: 'expiry', packed: 'AAAA' } });
  expect(edited).toMatch(/^#v=2&story=expiry&edit=AAAA$/);
  expect(parseAddress(edited).address.source).toEqual({ kind: 'edit', name: 'expiry', packed: 'AAAA' });
});
