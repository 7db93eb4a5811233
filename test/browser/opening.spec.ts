import { expect } from 'playwright/test';
import { ONE_SIZE, computed, fate, openAt, test } from './page.ts';

test('the page opens on single-outage, already computed, with its numbers', async ({ page }) => {
  await openAt(page);
  await expect(page.getByRole('heading', { name: 'single-outage' })).toBeVisible();
  // As worked out by hand in the story itself.
  await expect(page.getByRole('region', { name: 'Hints' })).toContainText('29 847 hints stored');
  await expect(fate(page, 'delivered')).toHaveText('29 847');
  for (const other of ['expired', 'lost', 'pending'] as const) await expect(fate(page, other)).toHaveText('0');
});

test('every lane is painted', async ({ page }) => {
  await openAt(page);
  const lanes = page.locator('.block .lane');
  await expect.poll(() => lanes.count()).toBeGreaterThan(7);
  for (const lane of await lanes.all()) {
    await lane.scrollIntoViewIfNeeded();
    await expect.poll(() => lane.locator('canvas').evaluate(isPainted)).toBe(true);
  }
});

/**
 * Whether a canvas shows anything. Read from a copy that is made to be read: reading the page's own again and again is
 * slow, and the browser warns of it.
 */
function isPainted(canvas: HTMLCanvasElement): boolean {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  copy?.drawImage(canvas, 0, 0);
  return (copy?.getImageData(0, 0, width, height).data ?? []).some((value) => value !== 0);
}

test('every story opens from the list, and its name stands in the link', ONE_SIZE, async ({ page }) => {
  await openAt(page);
  for (const story of ['expiry', 'over-capacity', 'flapping-peer', 'rolling-restart']) {
    await page.getByLabel('Story').selectOption(story);
    await expect(page.getByRole('heading', { name: story })).toBeVisible();
    await computed(page);
    await expect(page).toHaveURL(new RegExp(`story=${story}`));
  }
});

test('a canvas has the same as a table', async ({ page }) => {
  await openAt(page);
  const lane = page.locator('.lane').filter({ hasText: 'a → b' });
  await lane.hover();
  await lane.locator('summary').click();
  await expect(lane.getByRole('columnheader', { name: 'Hints waiting' })).toBeVisible();
  // The first hint is stored when b's channel is full, at 63.03 s: worked out in the story.
  await expect(lane.getByRole('row').nth(1)).toContainText(/^\s*1m 3\.030s\s*1\s*$/);
});
