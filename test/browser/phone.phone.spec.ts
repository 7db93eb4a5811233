import { expect } from 'playwright/test';
import { moment, openAt, test } from './page.ts';

test('what is pressed often is at least 44 pixels high', async ({ page }) => {
  await openAt(page);
  const targets = [
    ...(await page.getByRole('region', { name: 'Transport' }).getByRole('button').all()),
    ...(await page.getByRole('tab').all()),
    page.getByLabel('Story'),
    page.getByLabel('System'),
    page.getByLabel('TTL'),
    page.getByRole('slider', { name: 'Playhead' }),
    page.getByRole('button', { name: 'a → b' }),
  ];
  for (const target of targets) {
    const box = await target.boundingBox();
    // The link within the caption is text in a sentence.
    if ((await target.textContent())?.match(/^\d/)) continue;
    expect(box?.height).toBeGreaterThanOrEqual(44);
  }
});

test('the transport stays in reach while the page scrolls', async ({ page }) => {
  await openAt(page);
  await page.getByRole('tab', { name: 'Summary' }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport();
});

test('a tap on a lane moves the playhead and shows its hints', async ({ page }) => {
  await openAt(page, '#v=1&story=over-capacity');
  const plot = page.locator('.lane').filter({ hasText: 'a → b' }).locator('.plot');
  const box = await plot.boundingBox();
  if (!box) throw new Error('the lane is on screen');
  await plot.tap({ position: { x: box.width * 0.25, y: 20 } });
  expect(Math.abs((await moment(page)) - 150_000_000)).toBeLessThan(5_000_000);
  await expect(page.getByText(/^63 hints/)).toBeVisible();
});
