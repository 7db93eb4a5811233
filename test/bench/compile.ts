/**
 * Compiles a bench, and the child that runs it, into plain modules, the way the page is built. Transforming loaders are
 * for convenience, not for timing: one that names every function it sees makes an engine of closures twice as slow.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Where a compiled bench lies: paths of modules that Node runs as they are. */
export interface CompiledBench {
  readonly child: string;
  readonly bench: string;
}

const CACHE = new URL('../../node_modules/.cache/bench/', import.meta.url);

/** Compiles the bench of that URL. */
export async function compileBench(file: string): Promise<CompiledBench> {
  const name = file.slice(file.lastIndexOf('/') + 1).replace('.bench.ts', '');
  const folder = new URL(`${name}/`, CACHE);
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      target: 'es2023',
      minify: false,
      outDir: fileURLToPath(folder),
      emptyOutDir: true,
      rolldownOptions: {
        input: { child: fileURLToPath(new URL('child.ts', import.meta.url)), bench: fileURLToPath(file) },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return { child: fileURLToPath(new URL('child.mjs', folder)), bench: new URL('bench.mjs', folder).href };
}
