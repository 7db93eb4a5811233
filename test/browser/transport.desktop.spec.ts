import { expect } from 'playwright/test';
import { moment, openAt, test } from './page.ts';

/** The story that the page opens with is 70 minutes long; a pixel of a lane is some four seconds. */
const RUN = 4_200_000_000;

test('play moves the playhead and pause stops it', async ({ page }) => {
  await openAt(page, '#v=1&story=single-outage&at=100000000');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => moment(page)).toBeGreaterThan(105_000_000);
  await page.getByRole('button', { name: 'Pause' }).click();
  const paused = await moment(page);
  await page.waitForTimeout(200);
  expect(await moment(page)).toBe(paused);
});

test('one event on and one event back are each other', async ({ page }) => {
  await openAt(page, '#v=1&story=single-outage&at=100000000');
  const [on, back] = [
    page.getByRole('button', { name: 'One event on' }),
    page.getByRole('button', { name: 'One event back' }),
  ];
  const start = await moment(page);
  for (let i = 0; i < 12; i++) await on.click();
  expect(await moment(page)).toBeGreaterThan(start);
  for (let i = 0; i < 12; i++) await back.click();
  expect(await moment(page)).toBe(start);
});

test('dragging the axis moves the playhead to any moment', async ({ page }) => {
  await openAt(page);
  const axis = page.getByRole('slider', { name: 'Playhead' });
  const box = await axis.boundingBox();
  if (!box) throw new Error('the axis is on screen');
  await page.mouse.move(box.x + box.width * 0.1, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 4 });
  await page.mouse.up();
  expect(Math.abs((await moment(page)) - RUN / 2)).toBeLessThan(RUN / 400);
});

test('the wheel zooms around the pointer, dragging pans, fit shows all again', async ({ page }) => {
  await openAt(page);
  const fit = page.getByRole('button', { name: 'Fit' });
  await expect(fit).toBeDisabled();
  const lane = page.locator('.lane .plot').first();
  await lane.hover();
  await page.mouse.wheel(0, -600);
  await expect(fit).toBeEnabled();
  await expect(page).toHaveURL(/see=\d+-\d+/);
  const spanOf = () => /see=(\d+)-(\d+)/.exec(page.url())?.slice(1).map(Number) ?? [];
  const [from = 0, until = 0] = spanOf();
  expect(until - from).toBeLessThan(RUN * 0.56);
  expect(Math.abs((from + until) / 2 - RUN / 2)).toBeLessThan(RUN / 180);
  const box = await lane.boundingBox();
  if (!box) throw new Error('the lane is on screen');
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 100, box.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => spanOf()[0]).toBeGreaterThan(from);
  await fit.click();
  await expect(fit).toBeDisabled();
});

test('the overview zooms to the stretch that is dragged out on it', async ({ page }) => {
  await openAt(page);
  const box = await page.getByRole('img', { name: /Overview/ }).boundingBox();
  if (!box) throw new Error('the overview is on screen');
  await page.mouse.move(box.x + box.width * 0.2, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/see=/);
  const [from = 0, until = 0] = /see=(\d+)-(\d+)/.exec(page.url())?.slice(1).map(Number) ?? [];
  expect(Math.abs(from - RUN * 0.2)).toBeLessThan(RUN / 300);
  expect(Math.abs(until - RUN * 0.4)).toBeLessThan(RUN / 300);
});

test('the expiry lane tells from any moment what is still due', async ({ page }) => {
  await openAt(page, '#v=1&story=expiry&at=240000000');
  const lane = page.locator('.lane').filter({ hasText: 'expired' });
  await expect(lane.locator('.now')).toHaveText(/[1-9][\d ]* due/);
  await page.keyboard.press('Home');
  await expect(lane.locator('.now')).toHaveText('0 · 0 due');
});

test('from 1024 pixels on the transport is one row, and every tab is in view', async ({ page }) => {
  await openAt(page);
  await expect(page.getByRole('tab', { name: /Properties/ })).toContainText('violated'); // its badge is there
  for (const width of [1024, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    const play = await page.getByRole('button', { name: 'Play', exact: true }).boundingBox();
    const find = await page.getByRole('button', { name: 'Find', exact: true }).boundingBox();
    expect(find?.y, `at ${width}`).toBe(play?.y);
    const last = await page.getByRole('tab', { name: 'Scenario' }).boundingBox();
    expect((last?.x ?? NaN) + (last?.width ?? NaN), `at ${width}`).toBeLessThanOrEqual(width);
  }
});
