import { expect, type Page } from 'playwright/test';
import { expectAccessible, expectNothingWider } from './accessible.ts';
import { ONE_SIZE, computed, moment, openAt, test } from './page.ts';

/** The map is above the timeline, and on a narrow screen a tab. */
async function showMap(page: Page): Promise<void> {
  const tab = page.getByRole('tab', { name: 'Map' });
  if (await tab.isVisible()) await tab.click();
  await expect(node(page, 'a')).toBeVisible();
  await node(page, 'a').scrollIntoViewIfNeeded();
}

function node(page: Page, name: string) {
  return page.getByRole('list', { name: 'Nodes' }).getByRole('button', { name: new RegExp(`^${name}: `) });
}

test('a node says how it is at the playhead; arrows go to the next one, Enter looks at it, a number leads to its events', async ({
  page,
}) => {
  await openAt(page, '#v=1&story=late-hint&at=45000000');
  await showMap(page);
  await expect(node(page, 'b')).toHaveAccessibleName('b: down; 2 of 2 take it for Down; holds no hints');
  await expect(node(page, 'a')).toHaveAccessibleName('a: up; holds hints: 1 for b');
  await node(page, 'a').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(node(page, 'a')).toBeFocused();
  expect(await moment(page)).toBe(45_000_000);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByRole('heading', { name: 'a', exact: true })).toBeVisible();
  await panel.getByRole('button', { name: /^1 hints stored/ }).click();
  await expect(page.getByRole('status').getByText('1 of 383 events')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Event log' }).getByRole('row')).toHaveCount(2);
});

test('messages are where they are at the playhead, and their link leads to them', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&at=60000500&pick=link.0.1');
  const list = page.getByRole('list', { name: 'In flight' });
  await expect(list.getByRole('listitem')).toHaveText(/hint\s+0 sent 500µs ago, arrives at 1m 0\.001s/);
  await list.getByRole('button').click();
  await expect(page.getByText('At the playhead: hint 0 is on its way to b')).toBeVisible();
});

test('a click on the line of a link looks at it, and the table behind the map has it, too', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&at=45000000');
  await showMap(page);
  const [a, c] = [await node(page, 'a').boundingBox(), await node(page, 'c').boundingBox()];
  if (!a || !c) throw new Error('the nodes are on screen');
  const middle = { x: (a.x + a.width / 2 + c.x + c.width / 2) / 2, y: (a.y + a.height / 2 + c.y + c.height / 2) / 2 };
  await page.getByText('Cluster map as a table').click({ force: true });
  await page.getByRole('button', { name: 'a → b', exact: true }).last().click();
  await expect(page.getByRole('heading', { name: 'a → b' })).toBeVisible();
  await showMap(page);
  const [now] = [await node(page, 'a').boundingBox()];
  await page.mouse.click(middle.x, middle.y + ((now?.y ?? a.y) - a.y));
  await expect(page.getByRole('heading', { name: /^(a → c|c → a)$/ })).toBeVisible();
});

test('a fault is added at the node itself by key, and undone', ONE_SIZE, async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&at=60000000');
  await showMap(page);
  await node(page, 'c').focus();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem', { name: 'Inspect c' })).toBeFocused();
  await page.keyboard.type('cra');
  await page.keyboard.press('Enter');
  await expect(node(page, 'c')).toHaveAccessibleName(/^c: down/);
  await page.keyboard.press('Control+z');
  await expect(node(page, 'c')).toHaveAccessibleName(/^c: up/);
});

test(
  'the event log is filtered by kind and words, goes to its rows, follows the playhead, and is in the link',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page, '#v=1&story=late-hint&log=all');
    const log = page.getByRole('table', { name: 'Event log' });
    await expect(page.getByRole('status').getByText('383 of 383 events')).toBeVisible();
    await page.getByLabel('Kind').selectOption('hints');
    await expect(page.getByRole('status').getByText('3 of 383 events')).toBeVisible();
    await log.getByRole('button').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await moment(page)).toBe(60_000_000);
    await expect(log.getByRole('button', { name: '1m', exact: true })).toHaveAttribute('aria-current', 'true');
    await page.getByLabel('Words in the sentence').fill('APPLIED');
    await expect(page.getByRole('status').getByText('1 of 383 events')).toBeVisible();
    await expect(page).toHaveURL(/log=kind\.hints%2Ctext\.APPLIED/);
    await page.reload();
    await computed(page);
    await expect(page.getByRole('status').getByText('1 of 383 events')).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(page.getByRole('status').getByText('383 of 383 events')).toBeVisible();
  },
);

test('a hint says why it is still here or gone, and what led to each of its steps', ONE_SIZE, async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&at=45000000&pick=hint.0');
  await expect(page.getByText('a has taken b for Down since 23s, and it is down since 5s')).toBeVisible();
  const panel = page.getByRole('tabpanel');
  await panel.getByRole('button', { name: '1m 0.001s' }).click();
  await expect(page.getByText('hint 0 has done its work')).toBeVisible();
  const cone = page.getByRole('region', { name: 'What led to it' });
  await expect(cone.getByText("b's process died")).toBeVisible();
  await cone.getByRole('button', { name: '23s' }).click();
  expect(await moment(page)).toBe(23_000_000);
});

test(
  'of an event what follows from it is listed and counted by kind, and a kind leads to its rows',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page, '#v=1&story=late-hint&at=45000000&pick=hint.0');
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('button', { name: '1m 0.001s' }).click();
    const cone = page.getByRole('region', { name: 'What led to it' });
    await cone.getByRole('button', { name: '23s' }).click();
    await page.getByRole('tab', { name: 'Events' }).click();
    await page.getByRole('button', { name: 'What follows from it' }).click();
    // a takes b for Down: it keeps a hint, counts it for the vote, and sends it when b is back, who applies it.
    await expect(page.getByRole('status').getByText('4 of 383 events')).toBeVisible();
    const tally = page.getByRole('list', { name: 'By kind' }).getByRole('listitem');
    await expect(tally).toHaveText([/^1 writes acknowledged/, /^1 hints stored/, /^1 hints sent/, /^1 hints applied/]);
    await tally.getByRole('button', { name: 'hints applied' }).click();
    await expect(page.getByRole('status').getByText('1 of 383 events')).toBeVisible();
    await expect(page).toHaveURL(/log=kind\.hintApplied(%2C|,)from\.\d+/);
  },
);

test('a write says who overwrote it, and by which way', ONE_SIZE, async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&pick=write.1');
  const replicas = page.getByRole('list', { name: 'At each replica' });
  await expect(replicas.getByRole('listitem').nth(1)).toHaveText(
    /b had it until 1m 0\.001s: older write 0 overwrote it, which a hint brought/,
  );
  await replicas.getByRole('button', { name: 'write 0' }).click();
  await expect(page.getByRole('heading', { name: /^write 0/ })).toBeVisible();
});

test('64 nodes are in their places, and each says its name to pointer and key', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint');
  const racks = Array.from({ length: 8 }, (_, rack) => Array.from({ length: 8 }, (__, i) => `n${8 * rack + i}`));
  const text = `hintlab: 1\nduration: 20s\ndatacentres: { dc: { ${racks.map((names, i) => `r${i}: [${names.join(', ')}]`).join(', ')} } }\nworkload: { rate: 50/s }\nfaults: [{ crash: n9, at: 5s, for: 5s }]\n`;
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page.getByLabel('Scenario text').fill(text);
  const tab = page.getByRole('tab', { name: 'Map' });
  if (await tab.isVisible()) await tab.click();
  const nodes = page.getByRole('list', { name: 'Nodes' });
  await expect(nodes.getByRole('button')).toHaveCount(64);
  await nodes.getByRole('button', { name: /^n30: / }).focus();
  await expect(nodes.getByText('n30', { exact: true })).toBeVisible();
  await expectNothingWider(page);
});

test('axe finds nothing on the map, a node, a link and the event log', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&at=60000500');
  await showMap(page);
  await page.getByText('Cluster map as a table').click({ force: true });
  await expectAccessible(page);
  await node(page, 'a').click();
  await expect(page.getByRole('heading', { name: 'It and the others' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('tabpanel').getByRole('button', { name: '→ b' }).click();
  await expect(page.getByRole('heading', { name: 'What happened on it' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('tabpanel').getByRole('button', { name: 'its events' }).click();
  await page.getByRole('table', { name: 'Event log' }).getByRole('button').first().click();
  await expect(page.getByRole('region', { name: 'What led to it' })).toBeVisible();
  await expectAccessible(page);
});
