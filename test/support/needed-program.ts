/**
 * A program that tests need and a machine may lack: found by trying to start what there is, installed where nothing
 * starts, without asking anything and without waiting for a password. Which program, where it may be and what brings it
 * is said in chromium.ts and jsc.ts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that has not answered by then does not start. */
const START_LIMIT_MS = 30_000;
/** Neither a download nor a package manager may hold a test run longer than this. */
const INSTALL_LIMIT_MS = 300_000;

/** A path that starts; or what the person at the machine should do. */
export type Ensured =
  { readonly kind: 'found'; readonly path: string } | { readonly kind: 'missing'; readonly advice: string };

/** One way to install a program. */
export interface Attempt {
  readonly what: string;
  /** Run in order. The last one installs; one before it may fail, for old lists of packages may do. */
  readonly commands: readonly (readonly string[])[];
}

/** A program, and how to come by it. */
export interface Wanted {
  /** As people call it. */
  readonly name: string;
  readonly find: () => string | undefined;
  /** Best first. */
  readonly attempts: readonly Attempt[];
  /** What to do if all of them fail. */
  readonly advice: string;
  /** For the commands of the attempts. */
  readonly env: NodeJS.ProcessEnv;
}

/** Where programs of these names would be on the PATH, by name first. */
export function onPath(names: readonly string[], { PATH = '' }: NodeJS.ProcessEnv): string[] {
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Whether there is a program at `path` that ends well when it is given `args`. */
export function starts(path: string, args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  return existsSync(path) && spawnSync(path, args, { env, timeout: START_LIMIT_MS, stdio: 'ignore' }).status === 0;
}

/** The distribution's package manager with `args`, as root or by a sudo that asks nothing. */
export function apt(isRoot: boolean, ...args: readonly string[]): readonly string[] {
  return [...(isRoot ? [] : ['sudo', '-n']), 'apt-get', '-o', 'Acquire::Retries=2', ...args];
}

/** Installing a package of the distribution. */
export function aptInstall(isRoot: boolean, name: string): readonly string[] {
  return apt(isRoot, 'install', '-y', '--no-install-recommends', name);
}

/** Finds a program or installs it, telling `say` about each attempt. */
export function ensure({ name, find, attempts, advice, env }: Wanted, say: (line: string) => void): Ensured {
  const present = find();
  if (present !== undefined) return { kind: 'found', path: present };
  for (const { what, commands } of attempts) {
    say(`no ${name} found: installing ${what}`);
    const isDone = commands.map((command) => runs(command, env)).at(-1) === true;
    const path = find();
    if (path !== undefined) {
      say(`installed ${path}`);
      return { kind: 'found', path };
    }
    say(isDone ? 'installed, but it does not start' : `\`${commands.at(-1)?.join(' ') ?? ''}\` failed`);
  }
  return { kind: 'missing', advice };
}

function runs([command = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const { status } = spawnSync(command, args, {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: INSTALL_LIMIT_MS,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status === 0;
}
