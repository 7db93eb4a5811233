/** The start of the page: what is there before its scripts are, and that nothing moves when they take over. */
import { expect, type Page } from 'playwright/test';
import { expectAccessible, expectNothingWider } from './accessible.ts';
import { ONE_SIZE, computed, test } from './page.ts';

/** The most that may move: a layout shift in the sense of browsers, of which 0.1 is good. */
const LEAST_SHIFT = 0.03;

/** Holds back every script until it is let go, and opens the page. */
async function openWithoutScripts(page: Page): Promise<() => void> {
  let letGo: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/*.js', async (route) => {
    await gone;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  return letGo;
}

const firstWords = (page: Page) => page.getByText(/see which acknowledged writes a design loses/);

test('the first words need no script, and give way to the workbench', async ({ page }) => {
  const letGo = await openWithoutScripts(page);
  await expect(firstWords(page)).toBeVisible();
  await expectAccessible(page);
  await expectNothingWider(page);
  letGo();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(firstWords(page)).toHaveCount(0);
  await computed(page);
});

test('the first words are in the theme that was chosen', ONE_SIZE, async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.addInitScript(() => localStorage.setItem('hintlab.theme', 'dark'));
  const letGo = await openWithoutScripts(page);
  await expect(firstWords(page)).toBeVisible();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  letGo();
  await computed(page);
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
});

test('nothing moves while the workbench is made and its first run arrives', async ({ page }) => {
  await page.addInitScript(() =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        performance.measure('shift', {
          start: entry.startTime,
          end: entry.startTime,
          detail: Reflect.get(entry, 'value'),
        });
    }).observe({ type: 'layout-shift', buffered: true }),
  );
  await page.goto('/');
  await computed(page);
  await expect(page.getByRole('heading', { name: 'Copies of acknowledged writes' })).toBeAttached(); // it is checked
  const shifts = await page.evaluate(() =>
    performance.getEntriesByName('shift').map((entry) => Number(Reflect.get(entry, 'detail'))),
  );
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(LEAST_SHIFT);
});
