import { expect, test } from 'vitest';
import { linkFragment, type Shared } from '../../../web/share/link.ts';
import { parseAddress } from '../../../web/state/address.ts';
import { openedSource } from '../../../web/state/opened-source.ts';
import { NO_OVERRIDES } from '../../../web/state/overrides.ts';
import { STORY_NAMES, storyText } from '../../../web/stories.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

/** Room for where a page is served from: `https://hints.example.org/design-reviews/`. */
const ORIGIN_CHARACTERS = 45;
const TYPICAL_CHARACTERS = 300;
const trace = traceOf(scenarioOf('hintlab: 1\nduration: 10m\nfaults: [{ crash: b, at: 1m, for: 5m }]\n', []));
const view: Shared['view'] = {
  overrides: { ...NO_OVERRIDES, ttl: '2h', drain: '10s' },
  moment: 106_490_000,
  entry: 8_125,
  span: { from: 60_000_000, until: 600_000_000 },
  selection: { kind: 'hint', hint: 20_411 },
};

async function textOf(name: string): Promise<string> {
  const text = await storyText(name);
  if (text === undefined) throw new Error(`there is no story ${name}`);
  return text;
}

/** A change as somebody makes it in the form or the editor: one to three lines of a story. */
const EDITS: readonly (readonly [story: string, edit: (text: string) => string])[] = [
  ['single-outage', (text) => text.replace(/for: \w+/, 'for: 7m')],
  ['expiry', (text) => text.replace(/ttl: \w+/, 'ttl: 90s')],
  ['over-capacity', (text) => `${text}drain: { interval: 5s }\n`],
  ['flapping-peer', (text) => text.replace(/rate: [\w/]+/, 'rate: 200/s')],
  ['rolling-restart', (text) => text.replace('faults:', 'faults:\n  - { partition: [[a], [b, c]], at: 3m, for: 90s }')],
  ['late-hint', (text) => `${text}hints: { on: { queued: true } }\n`],
  ['hint-storm', (text) => text.replace(/duration: \w+/, 'duration: 3h')],
  ['zombie-data', (text) => text.replace('system: cassandra', 'system: scylla')],
  [
    'crash-recovery/b',
    (text) => text.replace(/seed: \w+/, 'seed: 4711').concat('detector: { fixed: { down: 5s, up: 1s } }\n'),
  ],
  ['tail-requeue', (text) => text.replace('faults:', 'faults:\n  - { slow: c, at: 10m, for: 10m, factor: 10 }')],
];

test('the link to any story, at a moment, with changes, a stretch and a selection, has at most 300 characters', async () => {
  const lengths: number[] = [];
  for (const name of STORY_NAMES) {
    const draft = { source: { kind: 'story', name } as const, text: await textOf(name) };
    const link = await linkFragment({ draft, view, run: { trace } });
    lengths.push(ORIGIN_CHARACTERS + link.length);
  }
  process.stdout.write(
    `links to ${lengths.length} stories: ${Math.min(...lengths)} to ${Math.max(...lengths)} characters\n`,
  );
  expect(lengths.length).toBeGreaterThan(30);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(TYPICAL_CHARACTERS);
});

test('the link to an edited story is typically as short, and opens what was edited', async () => {
  const lengths: number[] = [];
  for (const [name, edit] of EDITS) {
    const story = await textOf(name);
    const text = edit(story);
    expect(text, name).not.toBe(story);
    const link = await linkFragment({ draft: { source: { kind: 'text', name }, text }, view, run: { trace } });
    const { address, problems } = parseAddress(link);
    expect(problems).toEqual([]);
    expect(address.source.kind).toBe('edit');
    expect((await openedSource(address.source)).text).toBe(text);
    lengths.push(ORIGIN_CHARACTERS + link.length);
  }
  lengths.sort((a, b) => a - b);
  process.stdout.write(`links to ${lengths.length} edited stories: ${lengths.join(', ')} characters\n`);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(TYPICAL_CHARACTERS);
});

test('asked for the whole, or with a text of its own, the link leans on no story', async () => {
  const story = await textOf('expiry');
  const text = story.replace(/ttl: \w+/, 'ttl: 90s');
  const edited: Shared = { draft: { source: { kind: 'text', name: 'expiry' }, text }, view, run: { trace } };
  const own: Shared = {
    ...edited,
    draft: { source: { kind: 'text', name: 'expiry' }, text: 'hintlab: 1\nduration: 2m\n' },
  };
  for (const [shared, whole] of [
    [edited, true],
    [own, false],
  ] as const) {
    const { address } = parseAddress(await linkFragment(shared, whole));
    expect(address.source.kind).toBe('text');
    expect((await openedSource(address.source)).text).toBe(shared.draft.text);
  }
});

test('an edit of a story that has changed since says so, and shows the story as it is', async () => {
  const draft = { source: { kind: 'text', name: 'expiry' } as const, text: `${await textOf('expiry')}# mine\n` };
  const { address } = parseAddress(await linkFragment({ draft, view, run: { trace } }));
  if (address.source.kind !== 'edit') throw new Error('the link should carry an edit');
  const opened = await openedSource({ ...address.source, name: 'late-hint' });
  expect(opened.source).toEqual({ kind: 'story', name: 'late-hint' });
  expect(opened.problem).toMatch(/^This link changes the story late-hint as it was/);
});
