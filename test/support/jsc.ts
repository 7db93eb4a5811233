/**
 * Finds a JavaScriptCore shell (`jsc`) for the digests, and installs the distribution's where there is none, without
 * asking anything. Order: JSC_PATH, the PATH, where distributions and macOS keep it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Ensured } from './chromium.ts';

const ELSEWHERE = [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/jsc',
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/jsc',
  '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/jsc',
  '/System/Library/Frameworks/JavaScriptCore.framework/Versions/Current/Helpers/jsc',
];
const PACKAGES = ['libjavascriptcoregtk-4.0-bin', 'libjavascriptcoregtk-6.0-bin', 'libjavascriptcoregtk-bin'];
const INSTALL_LIMIT_MS = 300_000;
const ADVICE = [
  'The digests are compared in JavaScriptCore too, and its shell `jsc` could not be installed here. Do one of:',
  '  install the package libjavascriptcoregtk-4.0-bin (Debian, Ubuntu) of your system',
  '  JSC_PATH=/path/to/jsc npm test',
].join('\n');

/** The path of a shell that runs a script, or undefined. */
export function findJsc(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'jsc'));
  const candidates = [...(env.JSC_PATH ? [env.JSC_PATH] : []), ...onPath, ...ELSEWHERE];
  return candidates.find((path) => existsSync(path) && runs(path));
}

/** Finds a shell or installs one, telling `say` about each attempt. */
export function ensureJsc(say: (line: string) => void): Ensured {
  const present = findJsc();
  if (present !== undefined) return { kind: 'found', path: present };
  const apt = [...(process.getuid?.() === 0 ? [] : ['sudo', '-n']), 'apt-get', '-o', 'Acquire::Retries=2'];
  const packages = process.platform === 'linux' ? PACKAGES : [];
  if (packages.length > 0) install([...apt, 'update']);
  for (const name of packages) {
    say(`no JavaScriptCore found: installing ${name}`);
    const command = [...apt, 'install', '-y', '--no-install-recommends', name];
    install(command);
    const path = findJsc();
    if (path !== undefined) return { kind: 'found', path };
    say(`\`${command.join(' ')}\` did not bring one`);
  }
  return { kind: 'missing', advice: ADVICE };
}

function runs(path: string): boolean {
  return spawnSync(path, ['-e', 'print(1)'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}

function install([command = '', ...args]: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { env, timeout: INSTALL_LIMIT_MS, stdio: ['ignore', 'inherit', 'inherit'] });
}
