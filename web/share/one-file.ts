/**
 * The page as one HTML file that plays a run offline: its own scripts and styles, read from where it came from, each in
 * an element of its own, and the address that it opens. It opens from a disk and asks no network for anything.
 */
import { boot } from './boot.ts';

/** The files of a page, and the script that it starts with. */
export interface PageFiles {
  /** By path relative to the page; scripts and styles. */
  readonly files: ReadonlyMap<string, string>;
  readonly entry: string;
}

/** Where scripts of a page of one file say they are from; never asked for anything. */
const ORIGIN = 'https://hintlab.invalid/';

/** The files of the page that this runs in: its elements if it is one file already, else fetched from its own origin. */
export async function ownFiles(): Promise<PageFiles | undefined> {
  const page = document.querySelector<HTMLElement>('[data-entry]');
  if (page) {
    const elements = [...document.querySelectorAll<HTMLElement>('[data-file]')];
    const files = new Map(elements.map((each) => [each.dataset['file'] ?? '', each.textContent]));
    return { files, entry: page.dataset['entry'] ?? '' };
  }
  try {
    return await fetchedFiles();
  } catch {
    return undefined; // the page is neither kept nor reachable any more
  }
}

async function fetchedFiles(): Promise<PageFiles | undefined> {
  const list: unknown = await (await fetch('./files.json')).json();
  const names = typeof list === 'object' && list !== null && 'files' in list ? list.files : undefined;
  if (!Array.isArray(names)) return undefined;
  const wanted = names.map(String).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
  const texts = await Promise.all(wanted.map(async (name) => [name, await textAt(`./${name}`)] as const));
  const entry = /<script[^>]*\bsrc="\.\/([^"]+)"/.exec(await textAt('./index.html'))?.[1];
  return entry === undefined ? undefined : { files: new Map(texts), entry };
}

async function textAt(path: string): Promise<string> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
  return await response.text();
}

/** The file. @param address the fragment that it opens at; `title` is what the window is called until it runs */
export function oneFile({ files, entry }: PageFiles, address: string, title: string): string {
  const parts = [...files].map(([name, text]) => {
    if (name.endsWith('.css')) return `<style data-file="${name}">${text.replaceAll('</style', '<\\/style')}</style>`;
    return `<script type="text/plain" data-file="${name}">${inScript(linked(name, text, files))}</script>`;
  });
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)}</title>`,
    '<link rel="icon" href="data:,">',
    '</head>',
    `<body data-entry="${escaped(entry)}" data-address="${escaped(address)}">`,
    '<div id="app"></div>',
    ...parts,
    `<script>(${String(boot)})();</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** A script whose imports go by names of the import map, and which says where it is from. Doing it twice changes nothing. */
function linked(name: string, script: string, files: PageFiles['files']): string {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  return script
    .replaceAll(/(\bfrom\s*|\bimport\s*\(?\s*)(["'`])\.\/([\w.-]+\.js)\2/g, (whole, before: string, _, file: string) =>
      files.has(folder + file) ? `${before}"hintlab/${folder}${file}"` : whole,
    )
    .replaceAll('import.meta.url', `"${ORIGIN}${name}"`);
}

/** Script text as it may stand in an element: what would end the element is written as the same string otherwise. */
function inScript(text: string): string {
  return text.replaceAll(/<(?=\/script|!--|script)/gi, '\\x3c');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
