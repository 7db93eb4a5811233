import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type Page } from 'playwright/test';
import { expectAccessible } from './accessible.ts';
import { ONE_SIZE, computed, moment, openAt, share, test } from './page.ts';

const EXACTLY_THIS = '#v=1&story=over-capacity&at=150000000&pick=queue.0.1';

/** Downloads a file and gives its name and its bytes. */
async function download(page: Page, verb: string): Promise<{ name: string; bytes: Buffer; path: string }> {
  const started = page.waitForEvent('download');
  await share(page, verb);
  const file = await started;
  const path = await file.path();
  return { name: file.suggestedFilename(), bytes: readFileSync(path), path };
}

test('the views are downloaded as pictures, with title, axis and legend', ONE_SIZE, async ({ page }) => {
  await openAt(page, EXACTLY_THIS);
  const svg = await download(page, 'Download timeline as SVG');
  expect(svg.name).toBe('over-capacity-timeline.svg');
  const words = svg.bytes.toString();
  for (const word of ['over-capacity', 'a → b', '4m', 'hatched: down']) expect(words).toContain(`>${word}</text>`);
  expect(words).not.toMatch(/oklch|light-dark/);
  const isParsed = await page.evaluate(
    (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror') === null,
    words,
  );
  expect(isParsed).toBe(true);
  const png = await download(page, 'Download cluster map as PNG');
  expect(png.name).toBe('over-capacity-map.png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.readUInt32BE(16)).toBe(2 * 1280); // width, at twice the pixels
});

test('one HTML file plays the run from a disk, without a network', ONE_SIZE, async ({ page, browser }) => {
  await openAt(page, EXACTLY_THIS);
  const file = await download(page, 'Download as one HTML file');
  expect(file.name).toBe('over-capacity.html');
  const away = await browser.newContext({ offline: true, acceptDownloads: true });
  const copy = await away.newPage();
  const asked: string[] = [];
  copy.on('request', (request) => asked.push(request.url()));
  copy.on('pageerror', (error) => asked.push(String(error)));
  const path = `${file.path}.html`; // a browser goes by the ending
  writeFileSync(path, file.bytes);
  await copy.goto(`file://${path}`);
  await computed(copy);
  expect(await moment(copy)).toBe(150_000_000);
  await copy.getByLabel('Story').selectOption('expiry');
  await expect(copy.getByRole('heading', { name: 'expiry' })).toBeVisible();
  await copy.keyboard.press('c');
  await expect(copy.getByRole('region', { name: 'Comparison' })).toBeVisible();
  expect(asked.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
  const again = await download(copy, 'Download as one HTML file');
  expect(again.bytes.byteLength).toBeGreaterThan(0.9 * file.bytes.byteLength);
  await away.close();
});

test('the report is Markdown, and paper has everything unrolled', ONE_SIZE, async ({ page }) => {
  await page.addInitScript(() => (window.print = () => document.body.setAttribute('data-printed', '')));
  await openAt(page, '#v=1&story=over-capacity&at=150000000');
  await expect(page.getByRole('heading', { name: 'Copies of acknowledged writes' })).toBeVisible(); // it is checked
  const report = await download(page, 'Download report');
  expect(report.name).toBe('over-capacity.md');
  expect(report.bytes.toString()).toContain('| stored | 63 |');
  await page.keyboard.press('Control+p');
  await expect(page.locator('body[data-printed]')).toBeAttached();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('heading', { name: 'Copies of acknowledged writes' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Share' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(page.locator('.paper')).toHaveCount(0);
});

test('runs are kept in the browser: opened, renamed and deleted after a reload', async ({ page }) => {
  await openAt(page, EXACTLY_THIS);
  await share(page, 'Keep in this browser');
  await expect(page.getByText('over-capacity is kept in this browser.')).toBeVisible();
  await openAt(page, '#v=1&story=expiry');
  await page.reload();
  await computed(page);
  await share(page, 'Runs kept in this browser …');
  const list = page.getByRole('dialog', { name: 'Runs kept in this browser' });
  await list.getByRole('button', { name: 'Rename over-capacity' }).click();
  await page.keyboard.type('the full store');
  await page.keyboard.press('Enter');
  await expectAccessible(page);
  await list.getByRole('button', { name: 'the full store', exact: true }).click();
  await expect(page.getByLabel('Story')).toHaveValue('over-capacity');
  await expect(page.getByRole('heading', { name: 'a → b' })).toBeVisible();
  await share(page, 'Runs kept in this browser …');
  await list.getByRole('button', { name: 'Delete the full store' }).click();
  await expect(list.getByText('None yet.')).toBeVisible();
});

test('after its first visit the page works without a network', ONE_SIZE, async ({ page, context }) => {
  await openAt(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await computed(page);
  await page.getByLabel('Story').selectOption('expiry');
  await expect(page.getByRole('heading', { name: 'expiry' })).toBeVisible();
  await computed(page);
  await page.keyboard.press('c');
  await expect(page.getByRole('region', { name: 'Comparison' })).toBeVisible();
  await context.setOffline(false);
});

test('the palette finds and does anything by keyboard', async ({ page }) => {
  await openAt(page);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Command' });
  await expect(field).toBeFocused();
  await expectAccessible(page);
  await field.fill('late hi');
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toContainText('late-hint');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Story')).toHaveValue('late-hint');
  await computed(page);
  await page.getByLabel('TTL').focus(); // a field leaves the key to the page
  await page.keyboard.press('Control+k');
  await field.fill('glossary');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Glossary' })).toContainText('Coordinator');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await field.fill('qqqq');
  await expect(page.getByRole('dialog').getByText('Nothing fits. Try')).toBeVisible();
  await field.fill('to the end');
  await page.getByRole('option', { name: /To the end/ }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('first steps get out of the way, and do not come back', async ({ page }) => {
  await openAt(page);
  const steps = page.getByRole('complementary', { name: 'First steps' });
  await expect(steps).toContainText('1 of 3');
  await expectAccessible(page);
  await page.keyboard.press(' ');
  await expect(steps).toContainText('2 of 3');
  await page.keyboard.press(' ');
  await steps.getByRole('button', { name: 'No more hints' }).click();
  await expect(steps).toHaveCount(0);
  await page.reload();
  await computed(page);
  await expect(steps).toHaveCount(0);
});

test('a word of the field has its definition a focus away', async ({ page }) => {
  await openAt(page);
  const word = page.getByRole('region', { name: 'Hints' }).getByRole('button', { name: 'requeued' });
  await word.focus();
  const definition = page.getByRole('tooltip');
  await expect(definition).toHaveText('Requeue: a hint the channel refused goes back to the tail.');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(definition).toHaveCount(0);
});
