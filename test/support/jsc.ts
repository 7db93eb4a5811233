/**
 * Where there may be a JavaScriptCore shell (`jsc`) for the digests, and what brings one. The order is JSC_PATH, the
 * PATH, where distributions and macOS keep it; then the distribution's packages.
 */
import { apt, aptInstall, ensure, onPath, starts, type Ensured } from './needed-program.ts';

const ELSEWHERE = [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/jsc',
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/jsc',
  '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/jsc',
  '/System/Library/Frameworks/JavaScriptCore.framework/Versions/Current/Helpers/jsc',
];
const PACKAGES = ['libjavascriptcoregtk-4.0-bin', 'libjavascriptcoregtk-6.0-bin', 'libjavascriptcoregtk-bin'];
const ADVICE = [
  'The digests are compared in JavaScriptCore too, and its shell `jsc` could not be installed here. Do one of:',
  '  install the package libjavascriptcoregtk-4.0-bin (Debian, Ubuntu) of your system',
  '  JSC_PATH=/path/to/jsc npm test',
].join('\n');

/** The path of a shell that runs a script, or undefined. */
export function findJsc(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const candidates = [...(env.JSC_PATH ? [env.JSC_PATH] : []), ...onPath(['jsc'], env), ...ELSEWHERE];
  return candidates.find((path) => starts(path, ['-e', 'print(1)'], env));
}

/** Finds a shell or installs one, telling `say` about each attempt. Never asks and never waits for a password. */
export function ensureJsc(say: (line: string) => void): Ensured {
  const isRoot = process.getuid?.() === 0;
  const packages = process.platform === 'linux' ? PACKAGES : [];
  const attempts = packages.map((name, row) => ({
    what: name,
    // The lists of packages are read once, before the first.
    commands: [...(row === 0 ? [apt(isRoot, 'update')] : []), aptInstall(isRoot, name)],
  }));
  return ensure({ name: 'JavaScriptCore', find: findJsc, attempts, advice: ADVICE, env: process.env }, say);
}
