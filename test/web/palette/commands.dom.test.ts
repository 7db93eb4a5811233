import { expect, test } from 'vitest';
import { commandsOf } from '../../../web/palette/commands.ts';
import { KEY_BINDINGS } from '../../../web/state/keys.ts';
import { ThemeState } from '../../../web/state/theme.svelte.ts';
import { SYSTEMS } from '../../../web/state/overrides.ts';
import { STORY_NAMES } from '../../../web/stories.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

function opened() {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const context = { workbench, theme: new ThemeState(), showKeys: () => {}, showPalette: () => {}, print: () => {} };
  let linked = 0;
  const commands = commandsOf(context, [{ label: 'Copy link', run: () => linked++ }]);
  const choose = (group: string, label: string) => {
    const command = commands.find((each) => each.group === group && each.label.startsWith(label));
    if (!command) throw new Error(`no command ${group} ${label}`);
    command.run();
  };
  return { workbench, commands, choose, linked: () => linked };
}

test('the palette has every key, story, system, node and property', () => {
  const { commands } = opened();
  const of = (group: string) => commands.filter((each) => each.group === group).map(({ label }) => label);
  expect(of('Do')).toEqual(KEY_BINDINGS.map(({ does }) => does));
  expect(of('Story')).toEqual(STORY_NAMES);
  expect(of('System')).toEqual(['as the scenario has it', ...SYSTEMS]);
  expect(of('Node')).toEqual(['a', 'b', 'c']);
  expect(of('Property').length).toBeGreaterThan(20);
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
});

test('choosing does what the line says', () => {
  const { workbench, choose, linked } = opened();
  choose('Node', 'b');
  expect(workbench.selection).toEqual({ kind: 'node', node: 1 });
  choose('Do', 'To the start');
  expect(workbench.playback.moment).toBe(0);
  choose('System', 'cassandra');
  expect(workbench.draft.overrides.system).toBe('cassandra');
  choose('Property', 'I3'); // it holds: there is no event to go to
  expect(workbench.panel).toBe('properties');
  choose('Term', 'Sweep');
  expect(workbench.notices.join()).toMatch(/^Sweep: the drainer's round/);
  choose('Take away', 'Copy link');
  expect(linked()).toBe(1);
});
