/**
 * What starts a page that is one file. It becomes text ({@link ./one-file.ts}), so it refers to nothing outside itself:
 * every script of the build stands in an element of its own, becomes a blob, and is found under its name by an import
 * map; workers are started from blobs, too. Nothing is fetched.
 */

/** Runs in the page, before anything else of it. */
export function boot(): void {
  const origin = 'https://hintlab.invalid/';
  const blobs = new Map<string, string>();
  const imports: Record<string, string> = {};
  for (const element of document.querySelectorAll<HTMLElement>('[data-file]')) {
    const name = element.dataset['file'] ?? '';
    if (!name.endsWith('.js')) continue;
    const url = URL.createObjectURL(new Blob([element.textContent], { type: 'text/javascript' }));
    imports[`hintlab/${name}`] = url;
    blobs.set(origin + name, url);
  }
  const BrowserWorker = Worker;
  window.Worker = class extends BrowserWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      const blob = blobs.get(String(url));
      // Without a type: a page from a disk may start no module worker, and a worker of ours imports nothing.
      super(blob ?? url, blob === undefined ? options : undefined);
    }
  };
  const page = document.querySelector<HTMLElement>('[data-entry]');
  const { address = '', entry = '' } = page?.dataset ?? {};
  if (location.hash === '' && address !== '') history.replaceState(null, '', address);
  const map = document.createElement('script');
  map.type = 'importmap';
  map.textContent = JSON.stringify({ imports });
  const start = document.createElement('script');
  start.type = 'module';
  start.textContent = `import ${JSON.stringify(`hintlab/${entry}`)};`;
  document.head.append(map, start);
}
