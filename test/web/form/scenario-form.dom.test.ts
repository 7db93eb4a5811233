/** The form in step with the draft: what it shows of the text, what its verbs make of it, and what undo brings back. */
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { choicesOf } from '../../../web/form/choices.ts';
import { pathText, type Place } from '../../../web/form/place.ts';
import { PAGE, ScenarioForm } from '../../../web/form/scenario-form.svelte.ts';
import { shownIn } from '../../../web/form/typed.ts';
import { optionsOf } from '../../../web/editor/guide.ts';
import type { Workbench } from '../../../web/state/workbench.svelte.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

function formOf(text: string): { form: ScenarioForm; workbench: Workbench } {
  const workbench = benchNow();
  workbench.openText(text, 'small');
  return { form: new ScenarioForm(workbench), workbench };
}

/** Every place that is on screen when everything is unfolded, lists with the items of their page. */
function shown(form: ScenarioForm): readonly Place[] {
  const below = (place: Place): readonly Place[] => {
    const inner = place.chosen?.build.kind === 'list' ? form.items(place) : form.children(place);
    return [place, ...inner.flatMap(below)];
  };
  return form.sections.flatMap(({ places }) => places.flatMap(below));
}

function placeIn(form: ScenarioForm, path: string): Place {
  const place = shown(form).find((each) => pathText(each.path) === path);
  if (place === undefined) throw new Error(`no ${path} on screen`);
  return place;
}

test('a letter typed in the form is in the text, and one typed in the text is in the form', () => {
  const { form, workbench } = formOf(SMALL);
  form.type(placeIn(form, 'duration'), '2m');
  expect(workbench.draft.text).toBe(SMALL.replace('1m', '2m'));
  workbench.typing.edit(SMALL.replace('1m', '3m'));
  expect(shownIn(placeIn(form, 'duration').node)).toBe('3m');
});

test('what is typed into a field is one step that undo takes back, each pick is one more', () => {
  const { form, workbench } = formOf(SMALL);
  for (const letters of ['2', '2h']) form.type(placeIn(form, 'hints.ttl'), letters);
  form.leave(placeIn(form, 'hints.ttl'), '2h');
  form.pick(placeIn(form, 'hints.vote'), 'none');
  expect(workbench.draft.text).toContain('hints:\n  ttl: 2h\n  vote: none\n');
  workbench.edits.undo();
  expect(workbench.draft.text).toContain('hints:\n  ttl: 2h\n');
  expect(workbench.draft.text).not.toContain('vote');
  workbench.edits.undo();
  expect(workbench.draft.text).toBe(SMALL);
});

test('a field that is left empty is left out; one that must be there stays and is told', () => {
  const { form, workbench } = formOf(SMALL);
  form.type(placeIn(form, 'name'), '');
  expect(workbench.draft.text).toContain('name: \n');
  form.leave(placeIn(form, 'name'), '');
  expect(workbench.draft.text).toBe(SMALL.replace('name: small\n', ''));
  form.type(placeIn(form, 'faults.0.crash'), '');
  form.leave(placeIn(form, 'faults.0.crash'), '');
  workbench.start();
  expect(form.problemsAt(placeIn(form, 'faults.0.crash'))).toEqual([expect.stringMatching(/^expected .*a name/)]);
});

test('problems stand at their fields and are counted by their sections', () => {
  const { form } = formOf(SMALL.replace('duration: 1m', 'duration: 1 lightyear\nhints: { ttl: 5 }'));
  expect(form.problemsAt(placeIn(form, 'duration'))).toHaveLength(1);
  expect(form.problemsAt(placeIn(form, 'hints.ttl'))).toHaveLength(1);
  expect(form.sections.map(({ name, problems }) => `${name} ${problems}`)).toEqual(
    expect.arrayContaining(['Run 1', 'Hints 1', 'Drain 0']),
  );
});

test('while the text cannot be read the form shows what it was, says where, and loses nothing', () => {
  const { form, workbench } = formOf(SMALL);
  expect(shownIn(placeIn(form, 'duration').node)).toBe('1m');
  const broken = SMALL.replace('nodes: [a, b, c]', 'nodes: [a, b');
  workbench.typing.edit(broken);
  expect(form.unreadable).toMatchObject({ line: 5, sentence: expect.stringMatching(/expected .*; found /) });
  expect(shownIn(placeIn(form, 'duration').node)).toBe('1m');
  form.type(placeIn(form, 'duration'), '9m');
  expect(form.refused).toMatch(/mend it first/);
  expect(workbench.draft.text).toBe(broken);
  workbench.typing.edit(SMALL);
  expect(form.unreadable).toBeUndefined();
});

test('the system of the header, or else that of the text, says what holds', () => {
  const { form, workbench } = formOf(`${SMALL}system: riak\n`);
  expect(placeIn(form, 'hints.ttl').inherited).toMatch(/^riak: /);
  workbench.pickSystem('cassandra');
  expect(placeIn(form, 'hints.ttl').inherited).toBe('cassandra: 10d');
  workbench.typing.override('ttl', '5m');
  expect(form.overridden(placeIn(form, 'hints.ttl'))).toBe('5m');
  expect(form.overridden(placeIn(form, 'hints.cap'))).toBeUndefined();
});

test('the filter leaves what is searched for, by key or by meaning, and what is set', () => {
  const { form, workbench } = formOf(SMALL);
  const all = shown(form).length;
  workbench.scenarioView.filter = 'gcGrace';
  expect(shown(form).map(({ path }) => pathText(path))).toEqual(['receiver', 'receiver.gcGrace']);
  workbench.scenarioView.filter = 'tombstone';
  expect(shown(form).map(({ path }) => pathText(path))).toContain('receiver.gcGrace');
  workbench.scenarioView.filter = 'xyzzy';
  expect(form.sections).toEqual([]);
  workbench.scenarioView.filter = '';
  workbench.scenarioView.onlySet = true;
  const set = shown(form);
  expect(set.every(({ node }) => node !== undefined)).toBe(true);
  expect(set.map(({ path }) => pathText(path))).toEqual(
    expect.arrayContaining(['duration', 'workload.rate', 'faults.0.crash', 'detector.fixed.down']),
  );
  expect(set.length).toBeLessThan(all / 3);
});

test('the caret marks the field that it is in, and its section unfolds', () => {
  const { form, workbench } = formOf(SMALL);
  workbench.scenarioView.caret = SMALL.indexOf('10s');
  expect(form.marked).toBe('faults.0.at');
  const row = placeIn(form, 'faults.0');
  expect(form.isMarked(row, true)).toBe(true);
  expect(form.isMarked(row, false)).toBe(false);
  expect(form.isMarked(placeIn(form, 'faults.0.at'), true)).toBe(true);
  form.revealMarked();
  flushSync();
  expect(workbench.scenarioView.sections.has('Faults')).toBe(true);
  workbench.scenarioView.caret = SMALL.indexOf('  - {'); // in the blanks before it
  expect(form.marked).toBe('faults.0');
  expect(form.letterOf(placeIn(form, 'faults.0.at'))).toBe(SMALL.indexOf('at: 10s'));
  expect(form.letterOf(placeIn(form, 'hints.ttl'))).toBeUndefined();
});

test('rows are added, doubled and taken away, and nine hundred of them are shown page by page', () => {
  const lines = Array.from({ length: 900 }, (_, i) => `  - { set: k${i}, at: ${i}ms }\n`);
  const { form, workbench } = formOf(`${SMALL}requests:\n${lines.join('')}`);
  const requests = () => placeIn(form, 'requests');
  expect(form.items(requests()).map(({ name }) => name)).toEqual(Array.from({ length: PAGE }, (_, i) => String(i + 1)));
  form.turn(requests(), 2);
  expect(form.items(requests())[0]?.name).toBe(String(2 * PAGE + 1));
  form.turn(requests(), 1_000);
  expect(form.items(requests()).at(-1)?.name).toBe('900');
  const build = requests().chosen?.build;
  const [kind] = choicesOf(build?.kind === 'list' ? optionsOf(build.item) : []);
  if (kind === undefined) throw new Error('no kind of request');
  form.add(requests(), kind);
  expect(form.items(requests()).map(({ name }) => name)).toEqual(['901']);
  expect(workbench.scenarioView.rows.has('requests.900')).toBe(true);
  form.duplicate(requests(), 0);
  expect(workbench.draft.text).toContain('at: 0ms }\n  - { set: k0, at: 0ms }\n  - { set: k1,');
  form.remove(placeIn(form, 'requests.900'));
  expect(workbench.draft.text.match(/set: k/g)).toHaveLength(900);
});

test('what is unfolded stays with its row when rows come and go before it', () => {
  const { form, workbench } = formOf(SMALL.replace('faults:\n', 'faults:\n  - { stop: a, at: 1s, for: 1s }\n'));
  const { rows } = workbench.scenarioView;
  rows.add('faults.1');
  form.duplicate(placeIn(form, 'faults'), 0);
  expect([...rows]).toEqual(['faults.2']);
  form.remove(placeIn(form, 'faults.0'));
  expect([...rows]).toEqual(['faults.1']);
  form.remove(placeIn(form, 'faults.1'));
  expect([...rows]).toEqual([]);
});

test('a row is moved up and down with its comment in one step, and what is unfolded and turned to goes with it', () => {
  const text = SMALL.replace('faults:\n', 'faults:\n  # planned\n  - { stop: a, at: 1s, for: 1s }\n');
  const { form, workbench } = formOf(text);
  const { rows } = workbench.scenarioView;
  rows.add('faults.0');
  rows.add('faults.0.stop');
  expect(form.move(placeIn(form, 'faults'), 0, 1)).toBe('faults.1');
  expect(workbench.draft.text).toBe(SMALL.replace(/( {2}- .*\n)/, '$1  # planned\n  - { stop: a, at: 1s, for: 1s }\n'));
  expect([...rows]).toEqual(['faults.1', 'faults.1.stop']);
  expect(form.move(placeIn(form, 'faults'), 1, 1)).toBeUndefined();
  expect(form.refused).not.toBe('');
  workbench.edits.undo();
  expect(workbench.draft.text).toBe(text);
});

test('a row that is moved over the edge of a page is on the next one', () => {
  const lines = Array.from({ length: PAGE + 1 }, (_, i) => `  - { set: k${i}, at: ${i}ms }\n`);
  const { form } = formOf(`${SMALL}requests:\n${lines.join('')}`);
  const requests = () => placeIn(form, 'requests');
  expect(form.move(requests(), PAGE - 1, 1)).toBe(`requests.${PAGE}`);
  expect(form.items(requests()).map(({ name }) => name)).toEqual([String(PAGE + 1)]);
  expect(form.move(requests(), PAGE, -1)).toBe(`requests.${PAGE - 1}`);
  expect(form.firstOf(requests())).toBe(0);
});

test('the fields of one fault are set, added and taken away in its own letters', () => {
  const { form, workbench } = formOf(SMALL);
  const before = '- { crash: b, at: 10s, for: 5s }';
  const place = (key: string) => placeIn(form, `faults.0.${key}`);
  const fault = () => workbench.draft.text.match(/- \{.*\}/)?.[0];
  expect(fault()).toBe(before);
  form.type(place('crash'), 'c');
  form.pick(place('power'), 'true');
  expect(fault()).toBe('- { crash: c, at: 10s, for: 5s, power: true }');
  form.type(place('for'), '');
  form.leave(place('for'), '');
  expect(fault()).toBe('- { crash: c, at: 10s, power: true }');
  for (const typed of ['c }, { crash: d', '[', 'c # no', '"']) {
    form.type(place('crash'), typed);
    expect(shownIn(place('crash').node)).toBe(typed);
    expect(fault()).toBe(`- { crash: ${JSON.stringify(typed)}, at: 10s, power: true }`);
  }
  expect(form.placeAt('faults.0')?.node).toBeDefined();
  expect(form.placeAt('faults.1')).toBeUndefined();
});

test('a row of a map of names is added, named and taken away', () => {
  const { form, workbench } = formOf(SMALL);
  const [kind] = placeIn(form, 'clocks').choices;
  const build = kind?.build.kind === 'named' ? choicesOf(optionsOf(kind.build.value))[0] : undefined;
  if (build === undefined) throw new Error('no clock');
  expect(form.add(placeIn(form, 'clocks'), build)).toBe('clocks.a');
  form.type(placeIn(form, 'clocks.a.offset'), '5s');
  form.rename(placeIn(form, 'clocks.a'), 'b');
  expect(workbench.draft.text).toContain('clocks:\n  b: { offset: 5s }\n');
  expect([...workbench.scenarioView.rows]).toEqual(['clocks.b']);
  form.reset(placeIn(form, 'clocks.b.offset'));
  expect(workbench.draft.text).toContain('clocks:\n  b: {}\n');
  form.remove(placeIn(form, 'clocks.b'));
  expect(workbench.draft.text).toBe(SMALL);
});

test('the place at the focus is explained, and its letters are shown', () => {
  const { form, workbench } = formOf(`${SMALL}service: { time: { quantiles: { p50: 1ms, p99.9: 9ms } } }\n`);
  const { text } = workbench.draft;
  form.focus('faults.0.for');
  expect(form.explained?.meaning).toBe('how long it lasts');
  expect(form.looked && text.slice(form.looked.from, form.looked.until)).toBe('for: 5s');
  form.explain('service.time.quantiles.p99.9');
  expect(form.explained?.name).toBe('p99.9');
  expect(form.looked && text.slice(form.looked.from, form.looked.until)).toBe('for: 5s');
  form.focus('');
  expect(form.looked).toBeUndefined();
});

test('a text too long for the form is said to be so', () => {
  const { form, workbench } = formOf(SMALL);
  workbench.typing.edit(`${SMALL}# ${'x'.repeat(200_000)}\n`);
  expect(form.unreadable?.sentence).toMatch(/edited as text/);
});
