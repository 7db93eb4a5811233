import { expect } from 'playwright/test';
import { pageScenario } from '../bench/page-scenario.ts';
import { computed, openAt, test } from './page.ts';

test('a long run is drawn while it is computed, and Stop brings back the run before, with its axis', async ({
  page,
}) => {
  await openAt(page);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  const end = await playhead.getAttribute('aria-valuemax');
  await page.getByRole('tab', { name: 'Scenario' }).click();
  // Four hours of the bench: some sixteen million events.
  const text = pageScenario().replace('duration: 15m', 'duration: 4h\nlimits: { events: 100000000 }');
  await page.getByLabel('Scenario text').fill(text.replace('record: full', 'record: hints'));
  await expect(timeline.locator('.body .ahead')).toBeVisible();
  await expect(timeline.locator('.lane').filter({ hasText: 'n3' }).first()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '%' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(timeline.locator('.ahead')).toHaveCount(0);
  await expect(timeline.locator('.lane').filter({ hasText: 'a → b' })).toBeAttached();
  await expect(timeline.locator('.ruler')).toContainText('1h');
  expect(await playhead.getAttribute('aria-valuemax')).toBe(end);
});

test('a million events end as a run like any other', async ({ page }) => {
  await openAt(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page.getByLabel('Scenario text').fill(pageScenario());
  await expect(page.getByText('996 107 events in')).toBeVisible({ timeout: 60_000 });
  await computed(page);
  await expect(page.locator('.ahead')).toHaveCount(0);
  await expect(page.getByRole('slider', { name: 'Playhead' })).toHaveAttribute('aria-valuemax', String(900e6));
});
