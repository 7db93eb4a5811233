import { readFileSync } from 'node:fs';
import { expect, type Download, type Page } from 'playwright/test';
import { replay, treeOfText } from '../../sim/explore/index.ts';
import { computed, openAt, test } from './page.ts';

/** What a downloaded file shows when it is replayed: its standing, and the property and cause that it records. */
async function replayed(download: Download): Promise<unknown> {
  const tree = treeOfText(readFileSync(await download.path(), 'utf8')) ?? {};
  const done = replay(tree);
  if (done.kind !== 'judged' || done.find === undefined) return done.kind;
  const { property, cause } = done.find;
  return { standing: done.standing.kind, property, cause, seed: tree['seed'] };
}

async function saved(page: Page, act: () => Promise<void>): Promise<Download> {
  const started = page.waitForEvent('download');
  await act();
  return await started;
}

test('a violation is pinned with the values of the header in it, and its file shows it when it is replayed', async ({
  page,
}) => {
  await openAt(page, '#v=1&story=late-hint');
  await page.getByLabel('Seed').fill('77');
  await expect(page).toHaveURL(/seed=77/);
  await computed(page);
  await page.getByRole('tab', { name: /Properties/ }).click();
  const file = await saved(page, () => page.getByRole('button', { name: 'Pin C3 as a regression' }).click());
  // The late hint is applied over the newer write: worked out in the story.
  expect(file.suggestedFilename()).toBe('c3-hint-applied-late-hint.yaml');
  await expect(page.getByText('c3-hint-applied-late-hint.yaml is saved')).toBeVisible();
  expect(await replayed(file)).toMatchObject({ standing: 'shown', property: 'C3', cause: 'hintApplied', seed: 77 });
});

test('the menu of ways to take a run away offers it, too, for each property that is violated', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint');
  await page.getByRole('tab', { name: /Properties/ }).click();
  await expect(page.getByRole('list', { name: 'Violated' })).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('menuitem', { name: 'Pin C3 as a regression' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Pin C2 as a regression' })).toHaveCount(0); // it holds
  const file = await saved(page, () => page.getByRole('menuitem', { name: 'Pin C3 as a regression' }).click());
  expect(await replayed(file)).toMatchObject({ standing: 'shown', property: 'C3', cause: 'hintApplied' });
});
