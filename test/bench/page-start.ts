/**
 * How the page starts on a machine four times slower, on the screen of a phone: what a visitor waits for the first run, and
 * how long meanwhile the page would not answer, which is the time that tasks take beyond 50 ms.
 */
import type { Browser, CDPSession } from 'playwright';

const SLOWER = 4;
/** Milliseconds that a task may take without being felt. */
const UNFELT = 50;
/** Milliseconds after the first run is on screen until all that follows from it is. */
const SETTLING = 2_000;
const PATIENCE_MS = 120_000;

/** One start. Milliseconds, but for the count. */
export interface Start {
  /** Tasks that were felt. */
  readonly tasks: number;
  /** What they took beyond {@link UNFELT}. */
  readonly blocked: number;
  /** From the request to the first run, which is computed by then. */
  readonly run: number;
}

/** Opens the page in a context of its own and answers with how it started. */
export async function slowStart(browser: Browser, url: string): Promise<Start> {
  const screen = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
  const context = await browser.newContext(screen);
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.addInitScript(watchTasks);
    await page.goto(url);
    const status = page.getByRole('status').getByText(/events in/);
    await status.waitFor({ timeout: PATIENCE_MS });
    const run = await page.evaluate(() => performance.now());
    await page.waitForTimeout(SETTLING);
    const long = await page.evaluate(() =>
      performance.getEntriesByName('hintlab long task').map(({ duration }) => duration),
    );
    return { tasks: long.length, blocked: long.reduce((sum, millis) => sum + Math.max(0, millis - UNFELT), 0), run };
  } finally {
    await context.close();
  }
}

/** Milliseconds of CPU time that the page's thread has spent on `what` so far; other work on the machine does not lengthen them. */
export async function cpuTime(session: CDPSession, what: 'ScriptDuration' | 'TaskDuration'): Promise<number> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const { metrics } = await session.send('Performance.getMetrics');
  return 1e3 * (metrics.find(({ name }) => name === what)?.value ?? NaN);
}

/** Runs in the page: makes a measure of every long task in the browser's own record. */
function watchTasks(): void {
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      performance.measure('hintlab long task', { start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}
