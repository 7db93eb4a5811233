/** How the scenario is shown, and how that travels in the view of the workbench. */
import { expect, test } from 'vitest';
import { OPENING } from '../../../web/state/address.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

test('the way the scenario is shown is in the view while it is shown, and a step of history of its own', () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const { marks } = workbench;
  workbench.showScenario('form');
  expect(workbench.panel).toBe('scenario');
  expect(workbench.view.editor).toBe('form');
  expect(workbench.marks).toBe(marks + 1);
  workbench.show('summary');
  expect(workbench.view.editor).toBeUndefined();
  workbench.showScenario('text');
  expect(workbench.view.editor).toBeUndefined();
});

test('a link opens the scenario as it says', async () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  await workbench.open({ ...OPENING, editor: 'both' }, SMALL);
  expect(workbench.panel).toBe('scenario');
  expect(workbench.scenarioView.mode).toBe('both');
});

test('a link that does not say leads back to the text where the scenario is looked at, and is no reason to look at it', async () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.showScenario('form');
  await workbench.open(OPENING, SMALL);
  expect(workbench.panel).toBe('scenario');
  expect(workbench.scenarioView.mode).toBe('text');
  workbench.showScenario('form');
  workbench.show('summary');
  await workbench.open(OPENING, SMALL);
  expect(workbench.panel).toBe('summary');
  expect(workbench.scenarioView.mode).toBe('form');
});
