/**
 * Where there may be a Chromium for the browser tests, and what brings one.
 *
 * A browser counts as found only if it starts: a downloaded one without its system libraries is as good as none.
 * The order is CHROMIUM_PATH, the system's browsers, Playwright's own; the order of installing is Playwright's own,
 * then the distribution's package. Used by playwright.config.ts (find) and run.ts (ensure).
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { apt, aptInstall, ensure, onPath, starts, type Attempt, type Ensured } from './needed-program.ts';

/** What a machine may call it, best first; looked up on the PATH. */
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What there is to know about the machine; tests hand in one of their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Where Playwright keeps its own Chromium, whether or not it is there. */
  readonly playwrightOwn: string;
  readonly isRoot: boolean;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    playwrightOwn: chromium.executablePath(),
    isRoot: process.getuid?.() === 0,
  };
}

/** The path of a Chromium that starts, or undefined. */
export function findChromium(machine: Machine = thisMachine()): string | undefined {
  const { platform, env } = machine;
  // Windows browsers open a window instead of printing their version.
  const isGood = (path: string): boolean =>
    platform === 'win32' ? existsSync(path) : starts(path, ['--version'], env);
  return candidates(machine).find(isGood);
}

/** Finds a Chromium or installs one, telling `say` about each attempt. Never asks and never waits for a password. */
export function ensureChromium(say: (line: string) => void, machine: Machine = thisMachine()): Ensured {
  const env = { ...machine.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const find = (): string | undefined => findChromium(machine);
  return ensure({ name: 'Chromium', find, attempts: attempts(machine), advice: ADVICE, env }, say);
}

const ADVICE = [
  'The browser tests need Chromium, and neither Playwright nor the package manager could install it here. Do one of:',
  '  npx playwright install --with-deps chromium',
  '  install the package `chromium` (or Google Chrome) of your system',
  '  CHROMIUM_PATH=/path/to/chromium npm test',
].join('\n');

function candidates({ platform, env, playwrightOwn }: Machine): string[] {
  const macOs = platform === 'darwin' ? ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'] : [];
  const chosen = env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : [];
  return [...chosen, ...onPath(SYSTEM_NAMES, env), ...macOs, playwrightOwn];
}

function attempts({ platform, isRoot }: Machine): Attempt[] {
  const own = { what: "Playwright's own", commands: [['npx', 'playwright', 'install', '--no-shell', 'chromium']] };
  const distribution = {
    what: "the distribution's package",
    commands: [apt(isRoot, 'update'), aptInstall(isRoot, 'chromium')],
  };
  return platform === 'linux' ? [own, distribution] : [own];
}
