/**
 * The page's side of the service worker: registers it once the page has nothing better to do, and tells when a newer
 * version waits. A browser that has none, or a page that came as a file, works as well without.
 */

/** A version of the service worker. */
interface Version {
  readonly state: string;
  postMessage(message: unknown): void;
  addEventListener(type: 'statechange', listener: () => void): void;
}

/** The part of a browser's registry of service workers that is needed. */
export interface Registry {
  /** Null: this page came over the network. */
  readonly controller: unknown;
  register(url: string): Promise<{
    readonly waiting: Version | null;
    readonly installing: Version | null;
    addEventListener(type: 'updatefound', listener: () => void): void;
  }>;
  addEventListener(type: 'controllerchange', listener: () => void): void;
}

export class AppUpdate {
  readonly #reload: () => void;
  #waiting = $state.raw<Version | undefined>();
  #asked = false;

  /** @param reload opens the page again */
  constructor(reload: () => void) {
    this.#reload = reload;
  }

  /** A newer version is kept and waits to take over. */
  get ready(): boolean {
    return this.#waiting !== undefined;
  }

  /** Registers the service worker. A browser that refuses leaves the page as it is. */
  async register(registry: Registry, url: string): Promise<void> {
    registry.addEventListener('controllerchange', () => {
      if (this.#asked) this.#reload();
    });
    const registration = await registry.register(url).catch(() => undefined); // forbidden here, or not reachable
    if (!registration) return;
    if (registration.waiting && registry.controller) this.#waiting = registration.waiting;
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        // Without a controller this is the first version there is, and nothing is new about it.
        if (installing.state === 'installed' && registry.controller) this.#waiting = installing;
      });
    });
  }

  /** Lets the newer version take over, and opens the page again in it. */
  takeOver(): void {
    this.#asked = true;
    this.#waiting?.postMessage('take over');
  }
}

/** Registers once the browser is idle, where the page was built, came over the network, and is not one file. */
export function registerWhenIdle(update: AppUpdate): void {
  const isOneFile = document.body.dataset['entry'] !== undefined;
  if (isOneFile || !import.meta.env.PROD || !location.protocol.startsWith('http') || !('serviceWorker' in navigator))
    return;
  const register = () => void update.register(navigator.serviceWorker, './sw.js');
  // Not every browser has idle callbacks; there a pause does.
  if ('requestIdleCallback' in window) requestIdleCallback(register, { timeout: 5_000 });
  else setTimeout(register, 1_000);
}
