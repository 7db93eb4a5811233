import { expect } from 'playwright/test';
import { moment, openAt, test } from './page.ts';

test('the whole way by keyboard: a story, a moment, a queue, a hint, its life', async ({ page }) => {
  await openAt(page);
  const { keyboard } = page;
  await page.getByLabel('Story').focus();
  await keyboard.type('expiry');
  await expect(page.getByRole('heading', { name: 'expiry' })).toBeVisible();
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await keyboard.press('Home');
  await keyboard.press('Shift+ArrowRight');
  expect(await moment(page)).toBeGreaterThan(0);
  await keyboard.press('End');
  expect(await moment(page)).toBe(600_000_000);
  await keyboard.press('Shift+ArrowLeft');
  await keyboard.press('+');
  await expect(page.getByRole('button', { name: 'Fit' })).toBeEnabled();
  await keyboard.press('0');
  await page.getByRole('button', { name: 'a → b' }).focus();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'a → b' })).toBeVisible();
  const hint = page.getByRole('tabpanel').getByRole('button', { name: /^Life of hint/ });
  await hint.first().focus();
  await keyboard.press('ArrowDown');
  await expect(hint.nth(1)).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^hint \d/ })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Summary' })).toHaveAttribute('aria-selected', 'true');
});

test('space plays and pauses, brackets change the speed, the sheet lists the keys', async ({ page }) => {
  await openAt(page);
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const speed = page.getByRole('slider', { name: 'Speed' });
  const before = await speed.getAttribute('aria-valuetext');
  await page.keyboard.press(']');
  await expect(speed).not.toHaveAttribute('aria-valuetext', before ?? '');
  await page.keyboard.press('[');
  await expect(speed).toHaveAttribute('aria-valuetext', before ?? '');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('tabs move by arrow keys, and what has the focus shows it', async ({ page }) => {
  await openAt(page);
  await page.getByRole('tab', { name: 'Summary' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /Properties/ })).toBeFocused();
  await expect(page.getByRole('tab', { name: /Properties/ })).toHaveAttribute('aria-selected', 'true');
  const outline = await page
    .getByRole('tab', { name: /Properties/ })
    .evaluate((tab) => getComputedStyle(tab).outlineStyle);
  expect(outline).toBe('solid');
});

test("a key right after the one that closed a dialog is the page's again, before the browser tells of the dialog", async ({
  page,
}) => {
  await openAt(page);
  const palette = page.getByRole('combobox', { name: 'Command' });
  await page.keyboard.press('Control+k');
  await expect(palette).toBeFocused();
  await palette.fill('expiry');
  const isGone = await page.evaluate(async () => {
    const press = (key: string, ctrlKey: boolean) => {
      const init = { key, ctrlKey, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
    };
    press('Escape', false);
    const closed = document.querySelector('dialog[open]') === null;
    await new Promise<void>(queueMicrotask); // between two keys the page has its turn, not always the browser
    press('k', true);
    return closed;
  });
  expect(isGone).toBe(true);
  await expect(palette).toBeFocused();
  await palette.fill('glossary');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Glossary' })).toBeVisible();
  await expect(palette).toHaveCount(0);
});
