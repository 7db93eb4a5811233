/**
 * Finds a Chromium for the browser tests, and installs one where there is none, without asking anything.
 *
 * A browser counts as found only if it starts: a downloaded one without its system libraries is as good as none.
 * The order is CHROMIUM_PATH, the system's browsers, Playwright's own; the order of installing is Playwright's own,
 * then the distribution's package. Used by playwright.config.ts (find) and run.ts (ensure).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/** What a machine may call it, best first; looked up on the PATH. */
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** A browser that has not told its version by then does not start. */
const START_LIMIT_MS = 30_000;
/** Neither a download nor a package manager may hold a test run longer than this. */
const INSTALL_LIMIT_MS = 300_000;

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
  return candidates(machine).find((path) => existsSync(path) && starts(path, machine));
}

/** A Chromium that starts, installed if need be; or what the person at the machine should do. */
export type Ensured =
  { readonly kind: 'found'; readonly path: string } | { readonly kind: 'missing'; readonly advice: string };

/** Finds a Chromium or installs one, telling `say` about each attempt. Never asks and never waits for a password. */
export function ensureChromium(say: (line: string) => void, machine: Machine = thisMachine()): Ensured {
  const present = findChromium(machine);
  if (present !== undefined) return { kind: 'found', path: present };
  for (const attempt of attempts(machine)) {
    say(`no Chromium found: installing ${attempt.what}`);
    const failed = attempt.commands.find((command) => !runs(command, machine));
    const path = findChromium(machine);
    if (path !== undefined) {
      say(`installed ${path}`);
      return { kind: 'found', path };
    }
    say(failed === undefined ? 'installed, but it does not start' : `\`${failed.join(' ')}\` failed`);
  }
  return { kind: 'missing', advice: ADVICE };
}

const ADVICE = [
  'The browser tests need Chromium, and neither Playwright nor the package manager could install it here. Do one of:',
  '  npx playwright install --with-deps chromium',
  '  install the package `chromium` (or Google Chrome) of your system',
  '  CHROMIUM_PATH=/path/to/chromium npm test',
].join('\n');

function candidates({ platform, env, playwrightOwn }: Machine): string[] {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const macOs = platform === 'darwin' ? ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'] : [];
  return [...(env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : []), ...onPath, ...macOs, playwrightOwn];
}

function starts(path: string, { platform, env }: Machine): boolean {
  // Windows browsers open a window instead of printing their version.
  if (platform === 'win32') return true;
  return spawnSync(path, ['--version'], { env, timeout: START_LIMIT_MS, stdio: 'ignore' }).status === 0;
}

interface Attempt {
  readonly what: string;
  /** Run in order until one fails. */
  readonly commands: readonly (readonly string[])[];
}

function attempts(machine: Machine): Attempt[] {
  const own = { what: "Playwright's own", commands: [['npx', 'playwright', 'install', '--no-shell', 'chromium']] };
  const asRoot = machine.isRoot ? [] : ['sudo', '-n'];
  const apt = [...asRoot, 'apt-get', '-o', 'Acquire::Retries=2'];
  const distribution = {
    what: "the distribution's package",
    commands: [
      [...apt, 'update'],
      [...apt, 'install', '-y', '--no-install-recommends', 'chromium'],
    ],
  };
  return machine.platform === 'linux' ? [own, distribution] : [own];
}

function runs([command = '', ...args]: readonly string[], { env }: Machine): boolean {
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive', PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const { status } = spawnSync(command, args, {
    env: quiet,
    timeout: INSTALL_LIMIT_MS,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status === 0;
}
