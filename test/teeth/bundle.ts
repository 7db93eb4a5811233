/**
 * Bundles a part of the project into one module of its own, with its sources changed on the way in: by a seeded bug, or
 * by the switches of a mutation run. The copy lies in a cache folder, and Node runs it as it is.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { Plugin } from 'vite';

/** What becomes of the source of `file`, a path from the root of the project. */
export type Change = (file: string, text: string) => string;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Where bundles lie; safe to delete when none of them is in use. */
export const CACHE = new URL(`../../node_modules/.cache/hintlab/teeth/${process.pid}/`, import.meta.url);
let bundles = 0;

/** A module that bundles share with whoever runs them, instead of having it each for itself. */
const SHARED = new URL('mutants/switch.ts', import.meta.url).href;

/**
 * Bundles `entry` (a path from the root) under the changes. A second or two; packages stay outside.
 * @param aliases modules of packages that are replaced by a file of ours
 * @returns the URL of the module, never the same twice
 */
export async function bundle(
  entry: string,
  change: Change,
  aliases: Readonly<Record<string, string>> = {},
): Promise<string> {
  bundles += 1;
  const folder = new URL(`${bundles}/`, CACHE);
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'silent',
    plugins: [changing(change), standingIn(aliases)],
    build: {
      ssr: true,
      target: 'es2023',
      minify: false,
      outDir: fileURLToPath(folder),
      emptyOutDir: true,
      rolldownOptions: { input: { bundle: ROOT + entry }, output: { entryFileNames: '[name].mjs' } },
    },
  });
  return new URL('bundle.mjs', folder).href;
}

function changing(change: Change): Plugin {
  return {
    name: 'teeth',
    enforce: 'pre',
    transform(code, id) {
      const path = id.split('?')[0] ?? id;
      if (!path.startsWith(ROOT) || path.includes('/node_modules/')) return undefined;
      const changed = change(path.slice(ROOT.length), code);
      return changed === code ? undefined : { code: changed, map: null };
    },
  };
}

/** A file of ours in the place of a package, for everybody but that file. */
function standingIn(aliases: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'teeth-stand-ins',
    enforce: 'pre',
    resolveId(source, importer) {
      if (isShared(source, importer)) return { id: SHARED, external: 'absolute' };
      const file = aliases[source];
      return file === undefined || importer === ROOT + file ? undefined : ROOT + file;
    },
  };
}

/** Whether that is how `importer` names the shared module; its neighbours leave the folder out. */
function isShared(source: string, importer: string | undefined): boolean {
  return importer !== undefined && source.startsWith('.') && new URL(source, pathToFileURL(importer)).href === SHARED;
}
