/**
 * Keeps the URL and the workbench in step. Discrete changes push a step of history as soon as they are on screen; everything
 * that moves (playing, dragging, zooming) replaces the current step when it comes to rest.
 */
import { openedSource } from './opened-source.ts';
import { packText } from './packed-text.ts';
import { addressText, parseAddress, type AddressSource } from './address.ts';
import type { Workbench } from './workbench.svelte.ts';

/** Milliseconds of rest before the URL follows; browsers refuse pages that write it more than a few times a second. */
const REST = 250;
/** A scenario longer than this, packed, does not go into links: they would not survive being pasted. In characters. */
export const LONGEST_PACKED = 60_000;

/** The part of a window that is needed. */
export interface BarHost {
  readonly location: { hash: string };
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  addEventListener(type: 'popstate' | 'hashchange', listener: () => void): void;
  requestAnimationFrame(callback: () => void): number;
}

export class AddressBar {
  readonly #host: BarHost;
  readonly #workbench: Workbench;
  #written = '';
  #marks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How often something else was opened: what was to be written before that is not written any more. */
  #openings = 0;
  #writes: Promise<void> = Promise.resolve();
  #packed: { text: string; packed: Promise<string> } | undefined;

  constructor(host: BarHost, workbench: Workbench) {
    this.#host = host;
    this.#workbench = workbench;
    // A fragment edited by hand fires both; the second finds nothing new.
    host.addEventListener('popstate', () => void this.read());
    host.addEventListener('hashchange', () => void this.read());
  }

  /** Opens what the URL says, and says what of it could not be read. */
  async read(): Promise<void> {
    const fragment = this.#host.location.hash;
    if (fragment === this.#written && fragment !== '') return;
    this.#written = fragment;
    this.#openings++;
    clearTimeout(this.#timer);
    const { address, problems } = parseAddress(fragment);
    this.#workbench.notify(problems);
    const { source, text, problem } = await openedSource(address.source);
    if (this.#host.location.hash !== fragment) return; // the user went on meanwhile
    if (problem !== undefined) this.#workbench.notify([...problems, problem]);
    await this.#workbench.open({ ...address, source }, text);
  }

  /** Follows the workbench; run inside an effect, so that it is called again when the view changes. */
  follow(): void {
    const { view, marks, draft } = this.#workbench;
    const { source, text } = draft;
    if (source.name === '') return; // nothing is open yet
    const push = marks !== this.#marks;
    this.#marks = marks;
    clearTimeout(this.#timer);
    const write = async () => {
      const from: AddressSource | undefined =
        source.kind === 'story' ? { kind: 'story', name: source.name } : await this.#packedSource(text);
      if (from) this.#write(addressText({ source: from, ...view }), push ? 'push' : 'replace');
    };
    // One after the other: packing a text must not let a later step of history come first.
    const enqueue = () => (this.#writes = this.#writes.then(write));
    if (push) this.#onceDrawn(() => void enqueue());
    else this.#timer = setTimeout(() => void enqueue(), REST);
  }

  /** Browsers walk the whole page to write a step of history: the frame that shows the step does not wait for that. */
  #onceDrawn(work: () => void): void {
    const openings = this.#openings;
    this.#host.requestAnimationFrame(() =>
      setTimeout(() => {
        if (openings === this.#openings) work();
      }),
    );
  }

  async #packedSource(text: string): Promise<AddressSource | undefined> {
    if (this.#packed?.text !== text) this.#packed = { text, packed: packText(text) };
    const packed = await this.#packed.packed;
    if (packed.length <= LONGEST_PACKED) return { kind: 'text', packed };
    this.#workbench.notify(['This scenario is too long for a link; save its text to share it.']);
    return undefined;
  }

  #write(fragment: string, how: 'push' | 'replace'): void {
    if (fragment === this.#written) return;
    if (how === 'push' && this.#written !== '') this.#host.history.pushState(null, '', fragment);
    else this.#host.history.replaceState(null, '', fragment);
    this.#written = fragment;
  }
}
