/**
 * How the page starts on a phone, as on a machine four times slower than this one: how long, until the first run and all that
 * follows from it are on screen, the page would not answer. That is what its tasks take beyond 50 ms each.
 *
 * Told by the CPU time of each task, times four, as a simulated machine would take it: by the clock, on a machine that has
 * other work, nearly every task is long.
 */
import type { Browser, CDPSession } from 'playwright';

const SLOWER = 4;
/** Milliseconds that a task may take without being felt. */
const UNFELT = 50;
/** Milliseconds after the first run is on screen until all that follows from it is. */
const SETTLING = 2_000;
const PATIENCE_MS = 120_000;

/** One start. */
export interface Start {
  /** Tasks that were felt. */
  readonly tasks: number;
  /** Milliseconds that these took beyond {@link UNFELT}. */
  readonly blocked: number;
}

/** Opens the page in a context of its own and answers with how it started. */
export async function slowStart(browser: Browser, url: string): Promise<Start> {
  const screen = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
  const context = await browser.newContext(screen);
  try {
    const page = await context.newPage();
    await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] });
    await page.goto(url);
    await page
      .getByRole('status')
      .getByText(/events in/)
      .waitFor({ timeout: PATIENCE_MS });
    await page.waitForTimeout(SETTLING);
    const millis = tasksOf((await browser.stopTracing()).toString(), url).map((micros) => (SLOWER * micros) / 1e3);
    const felt = millis.filter((each) => each > UNFELT);
    return { tasks: felt.length, blocked: felt.reduce((sum, each) => sum + each - UNFELT, 0) };
  } finally {
    await context.close();
  }
}

/** The CPU time of every task of the page's thread since it was asked to open `url`, in microseconds. */
function tasksOf(trace: string, url: string): number[] {
  const parsed: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(trace);
  const events = parsed.traceEvents;
  const opened = events.findLast(
    ({ name, args }) => name === 'navigationStart' && args?.data?.documentLoaderURL === url,
  );
  if (!opened) throw new Error(`the browser's trace does not tell that ${url} was opened`);
  const own = events.filter(({ pid, tid, ts }) => pid === opened.pid && tid === opened.tid && ts >= opened.ts);
  return own.filter(({ name }) => /\bRunTask$/.test(name)).flatMap(({ tdur }) => tdur ?? []);
}

/** What is read of an event of the browser's trace. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds of CPU time. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly documentLoaderURL?: string } };
}

/** Milliseconds of CPU time that the page's thread has spent on `what` so far; other work on the machine does not lengthen them. */
export async function cpuTime(session: CDPSession, what: 'ScriptDuration' | 'TaskDuration'): Promise<number> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const { metrics } = await session.send('Performance.getMetrics');
  return 1e3 * (metrics.find(({ name }) => name === what)?.value ?? NaN);
}
