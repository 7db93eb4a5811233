import { expect } from 'playwright/test';
import { ONE_SIZE, moment, openAt, test } from './page.ts';

test('a queue leads to its hints, a hint to its life, a life to its moments and its write', async ({ page }) => {
  await openAt(page, '#v=1&story=expiry');
  await page.getByRole('button', { name: 'a → b' }).click();
  await expect(page.getByRole('table', { name: /Hints waiting from a for b/ })).toBeVisible();
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: /^Life of hint/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /^hint \d+, kept by a for b/ })).toBeVisible();
  const step = page.getByRole('tabpanel').getByRole('listitem').last();
  await step.getByRole('button').click();
  expect(await moment(page)).toBeGreaterThan(0);
  await page.getByRole('button', { name: /^its write/ }).click();
  await expect(page.getByRole('heading', { name: /^write/ })).toBeVisible();
  await expect(page).toHaveURL(/pick=write/);
  await page.goBack();
  await expect(page.getByRole('heading', { name: /^hint \d/ })).toBeVisible();
});

test('a click on a queue lane moves the playhead there and shows what waits then', async ({ page }) => {
  await openAt(page, '#v=1&story=over-capacity');
  const plot = page.locator('.lane').filter({ hasText: 'a → b' }).locator('.plot');
  const box = await plot.boundingBox();
  if (!box) throw new Error('the lane is on screen');
  await plot.click({ position: { x: box.width * 0.25, y: 24 } });
  expect(Math.abs((await moment(page)) - 150_000_000)).toBeLessThan(3_000_000);
  // The cap holds 63 hints, and b is down: worked out in the story.
  await expect(page.getByText(/^63 hints, .* wait at/)).toBeVisible();
});

test('an outage in the summary goes to its moment', ONE_SIZE, async ({ page }) => {
  await openAt(page);
  await page.getByRole('button', { name: 'b at 1m' }).click();
  expect(await moment(page)).toBe(60_500_000);
});

test(
  'a number of stale reads leads to their rows, a row to the life of its read, that to the writes it is about',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page, '#v=1&story=majority-reversal');
    // By the story: its only read, at 61 s, returns the write that a late hint put back.
    await page.getByTitle('All stale reads of the run').click();
    await expect(page.getByRole('status').getByText(/^1 of /)).toBeVisible();
    await page.getByRole('table', { name: 'Event log' }).getByRole('button', { name: 'Life of read r0' }).click();
    await expect(page).toHaveURL(/&pick=read\.0/);
    const title = page.getByRole('heading', { name: /^read 0 .*answered with write 0, behind write 1$/ });
    await expect(title).toBeVisible();
    await page.reload();
    await expect(title).toBeVisible();
    await page
      .getByRole('tabpanel')
      .getByRole('listitem')
      .filter({ hasText: 'a answered read 0' })
      .getByRole('button')
      .click();
    expect(await moment(page)).toBe(61_002_000);
    await page.getByRole('button', { name: 'the write it returned, w0' }).click();
    await expect(page.getByRole('heading', { name: /^write 0/ })).toBeVisible();
  },
);
