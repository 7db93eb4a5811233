import { expect, type Page } from 'playwright/test';
import { expectAccessible, expectNothingWider } from './accessible.ts';
import { ONE_SIZE, computed, moment, openAt, test } from './page.ts';

const LATE = '#v=1&story=late-hint&with=*here&with=cassandra&with=influxdb';

/** Waits until every design of the comparison has run. */
async function compared(page: Page, designs: number): Promise<void> {
  await expect(page.getByText(`${designs} of ${designs} designs computed`)).toBeAttached();
}

const designs = (page: Page) => page.getByRole('list', { name: 'Designs' }).getByRole('listitem');
const card = (page: Page, name: string) =>
  page.getByRole('list', { name: 'First divergences' }).getByRole('listitem').filter({ hasText: name });
const outcome = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Outcomes' }).getByRole('row', { name: new RegExp(`^${name}`) });

test('designs are added by the keyboard alone, and the link opens the same comparison', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint');
  await page.keyboard.press('c');
  await page.getByLabel('Design to add').selectOption('cassandra');
  await page.getByRole('button', { name: 'Add', exact: true }).focus();
  await page.keyboard.press('Enter');
  await compared(page, 2);
  await expect(page).toHaveURL(/with=\*here&with=cassandra/);
  await page.reload();
  await compared(page, 2);
  await expect(designs(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter');
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
});

test('the card tells where two designs part, goes there, and finds out why', async ({ page }) => {
  await openAt(page, `${LATE}&at=0`);
  await compared(page, 3);
  const told = card(page, 'cassandra');
  // Worked out in the story: the late hint comes at 60.001 s, and only timestamps refuse it.
  await expect(told).toContainText('b applied write 0');
  await expect(told).toContainText('b ignored write 0');
  await told.getByRole('button', { name: '1m 0.001s' }).click();
  expect(await moment(page)).toBe(60_001_000);
  await expect(page).toHaveURL(/pick=write\.0/);
  await told.getByRole('button', { name: 'Find out which' }).click();
  await expect(told).toContainText('receiver.conflict is arrival in A and timestamp in B; that alone');
});

test('a number of the table leads into the run of its design', ONE_SIZE, async ({ page }) => {
  await openAt(page, LATE);
  await compared(page, 3);
  const row = outcome(page, 'C3');
  await expect(row).toContainText('unlike the base');
  await row.getByRole('button', { name: 'violated' }).click();
  expect(await moment(page)).toBe(60_001_000);
  await page.getByRole('button', { name: 'Show B on the page' }).click();
  await computed(page);
  await expect(page.getByLabel('System').first()).toHaveValue('cassandra');
  await compared(page, 3);
  await page.goBack();
  await expect(page.getByLabel('System').first()).toHaveValue('');
});

test('the table sorts by a design and says so', ONE_SIZE, async ({ page }) => {
  await openAt(page, LATE);
  await compared(page, 3);
  const heads = page.getByRole('region', { name: 'Outcomes' }).getByRole('columnheader');
  await heads.filter({ hasText: 'cassandra' }).getByRole('button').click();
  await expect(heads.filter({ hasText: 'cassandra' })).toHaveAttribute('aria-sort', 'descending');
});

test(
  'a design is changed, named, made the base and removed; one that cannot run says why',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page, '#v=1&story=late-hint&with=riak');
    await compared(page, 2);
    await page.getByRole('button', { name: 'Change B' }).click();
    const form = page.getByRole('form', { name: 'Values of B' });
    await form.getByLabel('TTL').fill('24x');
    await form.getByLabel('TTL').press('Enter');
    await expect(designs(page).nth(1)).toContainText('cannot run this: hints.ttl');
    await form.getByLabel('TTL').fill('2h');
    await form.getByLabel('TTL').press('Enter');
    await compared(page, 2);
    await page.getByLabel('Name of B').fill('Ours');
    await page.getByLabel('Name of B').press('Enter');
    await page.getByRole('button', { name: 'Make base: B' }).click();
    await compared(page, 2);
    await expect(page).toHaveURL(/with=Ours\*system\.riak\*ttl\.2h&with=\*here/);
    await expect(designs(page).first()).toContainText('base');
    await page.getByRole('button', { name: 'Remove A' }).click();
    await expect(designs(page)).toHaveCount(1);
  },
);

test('every layout has lanes with numbers in words, and a table behind each', async ({ page }) => {
  await openAt(page, LATE);
  await compared(page, 3);
  await expect(page.getByRole('img', { name: /^Hints in all stores together, overlay.*A 1, B 1, C 0/ })).toBeAttached();
  await page.getByText('Side by side').click();
  await expect(page.getByRole('img', { name: /^Hints in all stores together, side/ })).toHaveCount(3);
  await page.getByText('Difference', { exact: true }).click();
  await expect(page).toHaveURL(/as=difference/);
  await expect(page.getByRole('img', { name: /^Hints in all stores together, difference.*C −1/ })).toBeAttached();
  const table = page.locator('details', { hasText: 'hints waiting as a table' });
  await table.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(table.getByRole('columnheader', { name: 'C − A' })).toBeVisible();
});

test('axe finds nothing in a comparison, and nothing is wider than the screen', async ({ page }) => {
  await openAt(page, `${LATE}&with=Short*ttl.2m&with=scylla&with=voldemort`);
  await compared(page, 6);
  await page.getByRole('button', { name: 'Change B' }).click();
  for (const layout of ['Overlay', 'Side by side', 'Difference']) {
    await page.getByText(layout, { exact: true }).click();
    await expectAccessible(page);
    await expectNothingWider(page);
  }
});

test('a single design has its timeline below the invitation to add another', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByText('Add a second design to see where the two part.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await page.getByRole('button', { name: 'cassandra', exact: true }).click();
  await compared(page, 2);
  await expect(page.getByRole('region', { name: 'Timeline' })).toHaveCount(0);
});
