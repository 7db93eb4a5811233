/** The scenario as a form: in step with its text, keystroke by keystroke, and with nothing lost on a mistake. */
import { expect, type Page } from 'playwright/test';
import { expectAccessible, expectNothingWider } from './accessible.ts';
import { ONE_SIZE, computed, openAt, test } from './page.ts';

/** The form, with sections unfolded. */
async function form(page: Page, mode: 'Form' | 'Both', ...sections: string[]) {
  await openAt(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page.getByRole('radio', { name: mode, exact: true }).check({ force: true });
  const region = page.getByRole('region', { name: 'Scenario form' });
  for (const name of sections)
    await region.getByRole('button', { name, exact: false, expanded: false }).first().click();
  return region;
}

test('what is typed in the form is in the text, runs, and is undone in one step', async ({ page }) => {
  const region = await form(page, 'Both', 'Hints');
  const text = page.getByLabel('Scenario text');
  const before = await text.inputValue();
  const ttl = region.getByRole('textbox', { name: 'ttl', exact: true });
  await expect(ttl).toHaveAttribute('placeholder', 'dynomite: 1d');
  await ttl.pressSequentially('2 h', { delay: 400 }); // slower than the pause after which the scenario runs
  await expect(text).toHaveValue(/\nhints:\n  ttl: 2 h\n/);
  await expect(ttl).toHaveValue('2 h');
  await computed(page);
  await expect(page.getByRole('form', { name: 'Changes to the scenario' }).getByLabel('TTL')).toHaveAttribute(
    'placeholder',
    '2h',
  );
  await ttl.press('Control+z');
  await expect(text).toHaveValue(before);
  await expect(ttl).toHaveValue('');
});

test('what is typed in the text is in the form, and the field under the caret is marked', async ({ page }) => {
  const region = await form(page, 'Both');
  const text = page.getByLabel('Scenario text');
  await text.fill('hintlab: 1\nduration: 3m\nhints:\n  cap: 2MiB # little\n');
  await text.press('Control+End');
  await text.press('ArrowUp');
  await expect(region.locator('[aria-current]')).toHaveAttribute('data-path', 'hints.cap');
  const cap = region.getByRole('textbox', { name: 'cap', exact: true });
  await expect(cap).toHaveValue('2MiB');
  await region.getByRole('button', { name: 'cap: back to dynomite: 64MiB' }).click();
  await expect(text).toHaveValue('hintlab: 1\nduration: 3m\n');
});

test(
  'a mistake is told at its field and loses nothing; a text that is no YAML stops the form until it is mended',
  ONE_SIZE,
  async ({ page }) => {
    const region = await form(page, 'Both');
    const text = page.getByLabel('Scenario text');
    const duration = region.locator('[data-path=duration]');
    await duration.getByRole('textbox').fill('3 lightyears');
    await expect(duration.getByText(/expected a duration/)).toBeVisible();
    await expect(duration.getByRole('textbox')).toHaveValue('3 lightyears');
    await duration.getByRole('textbox').fill('3m');
    await expect(duration.getByText(/expected a duration/)).toHaveCount(0);
    await text.fill('hintlab: 1\nduration: 3m\nnodes: [a, b');
    await expect(region.getByText(/cannot be read from line 3/)).toBeVisible();
    await expect(duration.getByRole('textbox')).toBeDisabled();
    await expect(duration.getByRole('textbox')).toHaveValue('3m');
    await text.press('Control+End');
    await page.keyboard.type(']');
    await expect(duration.getByRole('textbox')).toBeEnabled();
  },
);

test('faults are added, changed in kind, doubled and taken away by keyboard', ONE_SIZE, async ({ page }) => {
  const region = await form(page, 'Both', 'Faults');
  const text = page.getByLabel('Scenario text');
  await region.getByLabel('Kind of what is added to faults').selectOption('slow');
  await region.getByRole('button', { name: 'Add to faults' }).focus();
  await page.keyboard.press('Enter');
  await expect(text).toHaveValue(/for: 5m \}\n {2}- \{ slow: a, factor: 1, at: 30s \}\n/);
  await region.getByLabel('kind', { exact: true }).selectOption('stall');
  await expect(text).toHaveValue(/- \{ stall: a, at: 30s \}\n/);
  await region.getByRole('button', { name: 'Double faults 2' }).press('Enter');
  await expect(region.getByRole('list', { name: 'faults' }).getByRole('listitem')).toHaveCount(3);
  await region.getByRole('button', { name: 'Take faults 3 away' }).press('Enter');
  await region.getByRole('button', { name: 'Take faults 2 away' }).press('Enter');
  await expect(text).toHaveValue(/for: 5m \}\n$/);
});

test(
  'a row is moved by its buttons and by keys, with the comment above it, and keeps the focus',
  ONE_SIZE,
  async ({ page }) => {
    const region = await form(page, 'Both', 'Faults');
    const text = page.getByLabel('Scenario text');
    const rows = ['# planned', '- { stop: a, at: 1s }', '- { stall: b, at: 2s }', '- { stop: c, at: 3s }'];
    const faults = (...lines: string[]) =>
      `hintlab: 1\nduration: 1m\nfaults:\n${lines.map((line) => `  ${line}\n`).join('')}`;
    const [planned = '', stopA = '', stallB = '', stopC = ''] = rows;
    await text.fill(faults(...rows));
    await region.getByRole('button', { name: 'Move faults 1 down' }).press('Enter');
    await expect(text).toHaveValue(faults(stallB, planned, stopA, stopC));
    await expect(region.getByRole('button', { name: 'Move faults 2 down' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(text).toHaveValue(faults(stallB, stopC, planned, stopA));
    // There is no way further down: the focus is still on the row.
    await expect(region.getByRole('button', { name: /^3 stop a/ })).toBeFocused();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await expect(text).toHaveValue(faults(...[planned, stopA, stallB, stopC]));
    await expect(region.getByRole('button', { name: /^1 stop a/ })).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(text).toHaveValue(faults(stallB, planned, stopA, stopC));
  },
);

test('fields are found by name and meaning, and a name leads to its place in the text', ONE_SIZE, async ({ page }) => {
  const region = await form(page, 'Form');
  await region.getByLabel('Find a field').fill('gcGrace');
  await expect(region.getByRole('textbox', { name: 'gcGrace' })).toBeVisible();
  await expect(region.getByRole('textbox', { name: 'ttl' })).toHaveCount(0);
  await region.getByLabel('Find a field').fill('');
  await region.getByLabel('only what is set').check();
  await region.getByRole('button', { name: 'until: show it in the text' }).click();
  const text = page.getByLabel('Scenario text');
  await expect(text).toBeFocused();
  const selected = await text.evaluate((area) =>
    area instanceof HTMLTextAreaElement ? area.value.slice(area.selectionStart, area.selectionEnd) : '',
  );
  expect(selected).toBe('until');
});

test(
  'a link shows the scenario as it was shown, and back leads from the form to the text',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page);
    await page.keyboard.press('4');
    await page.getByRole('radio', { name: 'Both', exact: true }).check({ force: true });
    await expect(page).toHaveURL(/&editor=both/);
    await page.reload();
    await computed(page);
    await expect(page.getByRole('region', { name: 'Scenario form' })).toBeVisible();
    await expect(page.getByLabel('Scenario text')).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('region', { name: 'Scenario form' })).toHaveCount(0);
    await expect(page.getByLabel('Scenario text')).toBeVisible();
    await expect(page).not.toHaveURL(/&editor=/);
  },
);

test('axe finds nothing in the form, and nothing is wider than the screen', async ({ page }) => {
  const region = await form(page, 'Both', 'Cluster', 'Faults', 'Hints', 'Replicas');
  await region.getByRole('button', { name: /^1 crash b/ }).click();
  await region.locator('[data-path=duration]').getByRole('textbox').fill('3 lightyears');
  await expect(region.getByText(/expected a duration/)).toBeVisible();
  await expectAccessible(page);
  await expectNothingWider(page);
});
