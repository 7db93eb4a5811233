/**
 * The service worker: keeps every file of one build, so that the page opens and works without a network. Everything is
 * fetched once, when a version is installed; after that a page of that version asks the network for nothing.
 *
 * A newer build installs beside the old one and waits; it takes over when the page says so, never in the middle of work.
 * The build writes the list of files in front of this script ({@link ./file-list.ts}).
 */
import type { FileList } from './file-list.ts';

interface LongEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** The part of a service worker's scope that is needed; the page's types do not know it. */
declare const self: {
  readonly HINTLAB_FILES: FileList;
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LongEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
};

const { version, files } = self.HINTLAB_FILES;
const PREFIX = 'hintlab-';
const CACHE = PREFIX + version;
/** What the folder itself is answered with. */
const PAGE = 'index.html';

self.addEventListener('install', (event) => event.waitUntil(keepFiles()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const file = fileOf(event.request);
  if (file !== undefined) event.respondWith(kept(file, event.request));
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })));
}

/** Pages that are open are served from now on; files of older versions go. */
async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The file of ours that a request asks for, or undefined if it asks for something else. */
function fileOf({ method, url }: Request): string | undefined {
  const path = url.split(/[?#]/)[0] ?? '';
  if (method !== 'GET' || !path.startsWith(self.registration.scope)) return undefined;
  const file = path.slice(self.registration.scope.length) || PAGE;
  return files.includes(file) ? file : undefined;
}

async function kept(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? (await fetch(request));
}
