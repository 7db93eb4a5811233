/**
 * `npm run bench -- page`: the page as a visitor has it. Builds it, serves it, opens it in Chromium, gives it a million
 * events of 64 nodes, and prints each figure with its bar. Like any bench it fails nothing.
 *
 * Frames are told twice: how long the page's own scripts took for one, from the event to the last script of its frame,
 * which is what the page can do something about; and how far apart frames were, in which a machine without a graphics card
 * also rasterises, and does what else it has to do. The load that it had is told first: what stands beside a load of more
 * than one is no measure of the page.
 *
 * Lighthouse is no dependency: it brings 200 packages and 185 MB for two scores, and asks for a Node that is newer than
 * ours. `npm start`, and beside it, in another folder,
 * `npx lighthouse@13.5.0 http://localhost:4173 --preset=desktop --chrome-flags="--headless --no-sandbox --disable-gpu"`.
 * On a machine with other work that tells of the other work: there, gather with `-G`, give every `RunTask` of `trace.json`
 * its CPU time (`tdur`) for its duration (`dur`), and audit with `-A`.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from 'playwright';
import { build, preview } from 'vite';
import { findChromium } from '../support/chromium.ts';
import { firstLoad } from '../support/first-load.ts';
import { pageScenario } from './page-scenario.ts';
import { cpuTime, slowStart, type Start } from './page-start.ts';
import { stirPlot, watchFrames, zoomWhileComputing, type Stir } from './page-watch.ts';

const CACHE = new URL('../../node_modules/.cache/bench/page/', import.meta.url);
const CONFIG = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
/** Frames of each kind: three turns to and fro, and half of one, so that the view ends elsewhere. */
const FRAMES = 130;
const FRAME_BAR_MS = 16;
/** Starts of the page, each in a browser context of its own. */
const STARTS = 5;
/** A run may take this long on a busy machine. */
const PATIENCE_MS = 120_000;

/** One line of the report. */
interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'kB' | 'MB' | 'events' | 'looks' | 'tasks' | '';
  readonly bar?: number;
}

/** Measures the page and prints what it found, figure by figure. Throws if there is no Chromium. */
export async function benchPage(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('the page is measured in Chromium; set CHROMIUM_PATH to one');
  const outDir = fileURLToPath(CACHE);
  await build({ configFile: CONFIG, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
  const server = await preview({ configFile: CONFIG, logLevel: 'silent', build: { outDir }, preview: { port: 0 } });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  console.log('\nthe page, in Chromium without a screen and without a GPU, 1440 × 900\n');
  tell({ what: 'load of this machine, last minute', value: loadavg()[0] ?? NaN, unit: '' });
  try {
    tell({ what: 'first-load JS, gzipped', value: firstLoadBytes() / 1e3, unit: 'kB', bar: 150 });
    const url = server.resolvedUrls?.local[0] ?? '';
    await starting(browser, url);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(watchFrames);
    await opening(page, url);
    await millionEvents(page);
    for (const act of ['zoom', 'pan', 'seek'] as const) await frames(page, act);
    await seekCost(page);
    await memory(page);
    await cancelling(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

function firstLoadBytes(): number {
  const read = (path: string): string => readFileSync(new URL(path, CACHE), 'utf8');
  const scripts = firstLoad(read('index.html'), read);
  return scripts.reduce((sum, script) => sum + gzipSync(read(script), { level: 9 }).byteLength, 0);
}

/** The start on a phone, and on a machine four times slower than this. The middle of some, each by itself. */
async function starting(browser: Browser, url: string): Promise<void> {
  const starts: Start[] = [];
  for (let i = 0; i < STARTS; i++) starts.push(await slowStart(browser, url));
  const middle = (of: (start: Start) => number) => quantile(starts.map(of), 0.5);
  tell({ what: 'start, 4 times slower: tasks over 50 ms', value: middle(({ tasks }) => tasks), unit: 'tasks' });
  tell({ what: 'start: what they take beyond that', value: middle(({ blocked }) => blocked), unit: 'ms', bar: 200 });
}

/** From the request to the first paint, and to the story's run on screen. */
async function opening(page: Page, url: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url);
  await settled(page);
  const spent = await cpuTime(session, 'TaskDuration');
  const [paint, run] = await page.evaluate(() => [
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    performance.now(),
  ]);
  tell({ what: 'first paint', value: paint ?? NaN, unit: 'ms', bar: 1_000 });
  tell({ what: 'first run on screen', value: run ?? NaN, unit: 'ms' });
  tell({ what: "CPU time of the page's thread until then", value: spent, unit: 'ms' });
}

/** Types the large scenario into the editor, zooms while it is computed, and waits for its run and its verdicts. */
async function millionEvents(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Scenario' }).click();
  const stir = page.evaluate(zoomWhileComputing);
  await page.getByLabel('Scenario text').fill(pageScenario());
  const { first, whole, looks, script } = await stir;
  await page.getByRole('tab', { name: 'Summary' }).click();
  await page.getByRole('heading', { name: 'page-bench' }).waitFor({ timeout: PATIENCE_MS });
  await page.getByRole('heading', { name: 'Copies of acknowledged writes' }).waitFor({ timeout: PATIENCE_MS });
  const status = await page
    .getByText(/events in/)
    .first()
    .textContent();
  const [events = '0', millis = '0'] = (status ?? '').split(' events in ');
  tell({ what: 'events of the large run', value: Number(events.replaceAll(/\D/g, '')), unit: 'events' });
  tell({ what: 'its run in the worker', value: Number(millis.replaceAll(/\D/g, '')), unit: 'ms' });
  tell({ what: 'from the last letter typed to the first lanes', value: first, unit: 'ms' });
  tell({ what: 'to all of them', value: whole, unit: 'ms' });
  tell({ what: 'pictures of the run while it went on', value: looks, unit: 'looks' });
  told('zoom meanwhile:', script);
}

/** Half of the frames, nearly all of them, and the worst. */
function told(what: string, script: readonly number[]): void {
  tell({ what: `${what} script per frame, p50`, value: quantile(script, 0.5), unit: 'ms' });
  tell({ what: `${what} script per frame, p95`, value: quantile(script, 0.95), unit: 'ms', bar: FRAME_BAR_MS });
  tell({ what: `${what} script per frame, most`, value: quantile(script, 1), unit: 'ms' });
}

async function frames(page: Page, act: 'zoom' | 'pan' | 'seek'): Promise<void> {
  const before = await shown(page);
  const { script, apart } = await page.evaluate(stirPlot, { act, count: FRAMES, first: 0, last: FRAMES });
  if ((await shown(page)) === before) throw new Error(`the page did not ${act}`);
  told(`${act}:`, script);
  tell({ what: `${act}: between frames, p50`, value: quantile(apart, 0.5), unit: 'ms' });
  tell({ what: `${act}: between frames, p95`, value: quantile(apart, 0.95), unit: 'ms' });
}

/**
 * What one seek costs the page's thread in CPU time, which other work on the machine does not lengthen: all scripts from the
 * event until after its frame, the step of history that is written then among them.
 */
async function seekCost(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const spent = () => cpuTime(session, 'ScriptDuration');
  const costs: number[] = [];
  for (let first = 0; first < FRAMES; first++) {
    const one: Stir = { act: 'seek', count: FRAMES, first, last: first + 1 };
    const before = await spent();
    await page.evaluate(stirPlot, one);
    costs.push((await spent()) - before);
  }
  told('seek: CPU time of', costs);
}

/** What the view is of: the words of the axis, and the playhead. */
async function shown(page: Page): Promise<string> {
  const playhead = await page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow');
  return `${playhead} ${await page.locator('section[aria-label="Timeline"] .ruler').innerText()}`;
}

/** Objects and array buffers of the page's thread after a collection. */
async function memory(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage: object = await session.send('Runtime.getHeapUsage');
  const [objects, buffers] = ['usedSize', 'backingStorageSize'].map((key) => Number(Reflect.get(usage, key) ?? NaN));
  const value = ((objects ?? NaN) + (buffers ?? NaN)) / 1e6;
  tell({ what: 'memory of the page: objects and buffers', value, unit: 'MB', bar: 256 });
}

/** From the click on Stop to the page saying that it stopped. */
async function cancelling(page: Page): Promise<void> {
  const stopped = page.evaluate(async () => {
    let began = NaN;
    while (!document.querySelector('.state')?.textContent.includes('stopped')) {
      const stop = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop');
      if (stop && Number.isNaN(began)) {
        began = performance.now();
        stop.click();
      }
      await new Promise((done) => void requestAnimationFrame(done));
    }
    return performance.now() - began;
  });
  await page.getByLabel('Seed').fill('2');
  const value = await stopped;
  tell({ what: 'stop of a run', value, unit: 'ms', bar: 50 });
}

async function settled(page: Page): Promise<void> {
  await page
    .getByRole('status')
    .getByText(/events in/)
    .waitFor({ timeout: PATIENCE_MS });
}

/** The value with the share `p` of all values at or below it. */
function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN;
}

function tell({ what, value, unit, bar }: Figure): void {
  const figure = value.toFixed((unit === 'ms' && value < 100) || unit === '' ? 1 : 0);
  const verdict = bar === undefined ? '' : `  ${value <= bar ? 'pass' : 'miss'} (bar ${bar} ${unit})`;
  console.log(`${what.padEnd(42)}${figure.padStart(10)} ${unit}${verdict}`);
}
