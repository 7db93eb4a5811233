import { expect } from 'playwright/test';
import { computed, moment, openAt, share, test } from './page.ts';

test('a link shows exactly this: story, changes, moment, stretch and selection', async ({ page, context }) => {
  const link = '#v=1&story=expiry&ttl=90s&at=200000000&see=100000000-400000000&pick=queue.0.1';
  await openAt(page, link);
  await expect(page.getByRole('heading', { name: 'a → b' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/entry=\d+/);
  const [at, caption] = [await moment(page), await page.locator('.caption').textContent()];
  const other = await context.newPage();
  await other.goto(page.url());
  await computed(other);
  expect(await moment(other)).toBe(at);
  await expect(other.locator('.caption')).toHaveText(caption ?? '');
  await expect(other.getByRole('heading', { name: 'a → b' })).toBeVisible();
  await expect(other.getByLabel('TTL')).toHaveValue('90s');
  await expect(other.getByRole('button', { name: 'Fit' })).toBeEnabled();
});

test('back and forward go through discrete changes', async ({ page }) => {
  await openAt(page);
  await page.getByRole('button', { name: 'a → b' }).click();
  await expect(page).toHaveURL(/pick=queue/);
  await page.getByLabel('Story').selectOption('expiry');
  await expect(page).toHaveURL(/story=expiry/);
  await page.goBack();
  await expect(page.getByLabel('Story')).toHaveValue('single-outage');
  await expect(page.getByRole('tab', { name: 'Selection' })).toHaveAttribute('aria-selected', 'true');
  await page.goForward();
  await expect(page.getByLabel('Story')).toHaveValue('expiry');
});

test('a scenario of one’s own travels in the link', async ({ page, context }) => {
  await openAt(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page
    .getByLabel('Scenario text')
    .fill('hintlab: 1\nname: mine\nduration: 2m\nfaults: [{ crash: b, at: 30s, for: 30s }]\n');
  await expect(page).toHaveURL(/text=/);
  await computed(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await computed(other);
  await expect(other.getByRole('heading', { name: 'mine' })).toBeVisible();
});

for (const [what, fragment, said] of [
  ['of a later version', '#v=7&story=expiry', 'This link is of version 7'],
  ['to a story that is gone', '#v=1&story=gone', "There is no story called 'gone'"],
  ['with broken text', '#v=1&text=AAAA', 'The scenario in this link is broken'],
  ['with a broken moment', '#v=1&story=single-outage&at=later', 'at should be microseconds'],
] as const) {
  test(`a link ${what} says so, and the page works`, async ({ page }) => {
    await openAt(page, fragment);
    await expect(page.getByText(said)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'single-outage' })).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByText(said)).toHaveCount(0);
  });
}

test('a copied link opens exactly this, in words if its run was another', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openAt(page, '#v=1&story=over-capacity&at=150000000&pick=queue.0.1');
  await share(page, 'Copy link to exactly this');
  await expect(page.getByText(/^Link copied: \d+ characters\.$/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(300);
  const other = await context.newPage();
  await other.goto(link);
  await computed(other);
  expect(await moment(other)).toBe(150_000_000);
  await expect(other.getByRole('heading', { name: 'a → b' })).toBeVisible();
  await expect(other.getByText('made with another version')).toHaveCount(0);
  await other.goto('about:blank');
  await other.goto(link.replace(/\.[0-9a-f]{6}$/, '.000000'));
  await computed(other);
  await expect(
    other.getByText(/made with another version of hintlab: the run may differ from event \d+ on/),
  ).toBeVisible();
});

test('an edited story is a short link, which opens as it was edited', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openAt(page, '#v=1&story=expiry');
  await page.getByRole('tab', { name: 'Scenario' }).click();
  const editor = page.getByLabel('Scenario text');
  await editor.fill((await editor.inputValue()).replace('duration: 10m', 'duration: 11m'));
  await computed(page);
  await share(page, 'Copy link to exactly this');
  await expect(page.getByText(/^Link copied/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('edit=');
  expect(link.length).toBeLessThan(300);
  const other = await context.newPage();
  await other.goto(link);
  await computed(other);
  await other.getByRole('tab', { name: 'Scenario' }).click();
  await expect(other.getByLabel('Scenario text')).toHaveValue(/duration: 11m/);
});
