import { readFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import { computed, drop, fate, openAt, test } from './page.ts';

const SCENARIO = 'hintlab: 1\nname: dropped\nduration: 3m\nfaults: [{ crash: a, at: 1m, for: 30s }]\n';
/** Two rows in the format of LA-UR-05-7318: an hour and two hours. */
const LANL = [
  'System,machine type,nodes,procstot,procsinnode,nodenum,nodenumz,node install,node prod,node decom,fru type,mem,cputype,memtype,num intercon,purpose,Prob Started,Prob Fixed,Down Time,Facilities,Hardware,Human Error,Network,Undetermined,Software,Same Event',
  '23,cluster,5,544,32,1,0,Jan-98,Jan-98,4-Dec,part,16,1,1,4,compute,2/3/1998 7:00,2/3/1998 8:00,60,,,,,Unresolvable,,No',
  '23,cluster,5,544,32,2,1,Jan-98,Jan-98,4-Dec,part,16,1,1,4,compute,2/4/1998 7:00,2/4/1998 9:00,120,,,,Network,,,No',
].join('\n');

/** One row of 2020Mar.md of twitter/cache-trace (Yang, Yue and Rashmi, OSDI 2020; CC BY 4.0), with its header. */
const TWITTER = [
  '| cluster | production miss ratio | category | key size | value size | request rate (kqps) | mean freq | one-hit-wonder ratio (%) | compulsory miss ratio (%) | common TTL | WSS in MB (not considering ttl) | WSS in MB (working set size) | operation | Zipf alpha |',
  '|:---------: |:---------------------: |:--------: |:--------: |:----------: |:-------------------: |:---------: |:------------------------: |:-------------------------: |:----------------------------------------------------------------------------------------------------------------------: |:-------------------------------: |:-----------------------------: |:---------------------------------------: |:----------: |',
  '| cluster12 | 0.0058 | 2 | 44 | 1030 | 4.36 | 1.3 | 81.43 | 79.45 | 300s:0.98, 299s:0.02, | 612397 | 986 | set:0.80 get:0.20 | 0.3048 |',
].join('\n');

test('a dropped scenario runs', async ({ page }) => {
  await openAt(page);
  await drop(page, 'mine.yaml', SCENARIO);
  await expect(page.getByRole('heading', { name: 'dropped' })).toBeVisible();
  await computed(page);
});

test('a dropped LANL table becomes a scenario with its outages', async ({ page }) => {
  await openAt(page);
  await drop(page, 'outages.csv', LANL);
  await computed(page);
  await expect(page.getByRole('table', { name: 'Outages' })).toHaveAttribute('aria-rowcount', '3');
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await expect(page.getByLabel('Scenario text')).toHaveValue(/crash: .*for: 2h/);
});

test('a dropped Twitter table becomes a workload, and says which cluster was taken', async ({ page }) => {
  await openAt(page);
  await drop(page, '2020Mar.md', TWITTER);
  await expect(page.getByRole('heading', { name: 'cluster12' })).toBeVisible();
  await computed(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await expect(page.getByText(/this is cluster12/)).toBeVisible();
});

test('another file says what was expected, and nothing is lost', async ({ page }) => {
  await openAt(page);
  await drop(page, 'cat.png', 'not text at all');
  await expect(page.getByText(/cat\.png was not opened: expected a scenario/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'single-outage' })).toBeVisible();
});

test('a file can be chosen instead of dropped', async ({ page }) => {
  await openAt(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page
    .getByLabel('Open a file …')
    .setInputFiles({ name: 'mine.yaml', mimeType: 'text/yaml', buffer: Buffer.from(SCENARIO) });
  await expect(page.getByLabel('Scenario text')).toHaveValue(SCENARIO);
});

test('a saved trace opens as the run that it is, and undo brings the scenario back', async ({ page }) => {
  await openAt(page, '#v=1&story=over-capacity');
  const expired = await fate(page, 'expired').textContent();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download trace' }).click();
  const file = await (await saving).path();
  await page.getByLabel('Story').selectOption('single-outage');
  await expect(page.getByRole('heading', { name: 'single-outage' })).toBeVisible();
  await computed(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page
    .getByLabel('Open a file …')
    .setInputFiles({ name: 'mine.trace', mimeType: 'application/octet-stream', buffer: readFileSync(file) });
  await expect(page.getByRole('status').getByText('events in mine.trace')).toBeVisible();
  await expect(page.getByLabel('Scenario text')).toHaveValue(/opened from mine\.trace/);
  await page.getByRole('tab', { name: 'Summary' }).click();
  await expect(page.getByRole('heading', { name: 'over-capacity' })).toBeVisible();
  await expect(fate(page, 'expired')).toHaveText(expired ?? '');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { name: 'single-outage' })).toBeVisible();
});

test('a trace that is cut short is not opened, and says what was expected', async ({ page }) => {
  await openAt(page);
  await drop(page, 'cut.trace', new Uint8Array([0x89, ...Buffer.from('HINTLAB'), 1, 0]));
  await expect(page.getByText(/cut\.trace was not opened: expected a trace/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'single-outage' })).toBeVisible();
});
