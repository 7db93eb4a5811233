import { expect } from 'playwright/test';
import { moment, openAt, test } from './page.ts';

test('what is pressed often is at least 44 pixels high', async ({ page }) => {
  await openAt(page);
  const targets = [
    ...(await page.locator('section[aria-label=Transport] button:not(.caption button)').all()), // links are text
    ...(await page.getByRole('tab').all()),
    page.getByLabel('Story'),
    page.getByLabel('System'),
    page.getByLabel('TTL'),
    page.getByRole('slider', { name: 'Playhead' }),
    page.getByRole('button', { name: 'a → b' }),
  ];
  for (const target of targets) {
    const box = await target.boundingBox();
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

test('two fingers that spread go closer, around the place between them', async ({ page, context }) => {
  await openAt(page, '#v=1&story=over-capacity');
  const plot = page.locator('.lane').filter({ hasText: 'a → b' }).locator('.plot');
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('the lane is on screen');
  const touch = await context.newCDPSession(page);
  const middle = box.x + box.width / 2;
  const fingers = (apart: number) =>
    [-1, 1].map((side, id) => ({ x: middle + (side * apart) / 2, y: box.y + box.height / 2, id }));
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(60) });
  for (const apart of [80, 100, 120]) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  // Twice as far apart: half of the ten minutes, the middle of them still in the middle.
  await expect(page).toHaveURL(/see=1(4|5)\d{7}-4(4|5)\d{7}/);
  const [from = NaN, until = NaN] = (/see=(\d+)-(\d+)/.exec(page.url()) ?? []).slice(1).map(Number);
  expect(Math.abs(until - from - 300_000_000)).toBeLessThan(15_000_000);
  expect(Math.abs((from + until) / 2 - 300_000_000)).toBeLessThan(10_000_000);
});
