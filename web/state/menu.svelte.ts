/**
 * The context menu of the page: one at a time, opened at a place by whoever has something to offer there, and closed
 * by choosing, by Escape or by looking elsewhere. What it shows and how its keys move is here; its elements are in
 * views/ContextMenu.svelte, and {@link opensMenu} makes an element open it.
 */

/** A line of a menu. */
export type MenuItem =
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly run: () => void;
      /** Why it cannot be chosen; it is listed all the same. */
      readonly unavailable?: string;
    }
  /** A line between groups, with or without words. */
  | { readonly kind: 'divider'; readonly label?: string };

/** What somebody offers at a place. */
export interface MenuOffer {
  /** What the menu is about, for somebody who does not see where it opened. */
  readonly label: string;
  readonly items: readonly MenuItem[];
}

/** Where a menu was asked for: client pixels, and in pixels of the element that was asked. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly target: EventTarget | null;
  /** Asked for by key: the place is only that of the element. */
  readonly byKey: boolean;
}

/** Letters typed within this belong to one word. In milliseconds. */
const TYPING_PAUSE = 600;

export class Menu {
  #offer = $state.raw<MenuOffer | undefined>();
  #at = $state.raw<{ readonly x: number; readonly y: number }>({ x: 0, y: 0 });
  #current = $state(0);
  #opener: HTMLElement | undefined;
  #typed = '';
  #typedAt = -Infinity;

  get offer(): MenuOffer | undefined {
    return this.#offer;
  }

  /** Client pixels of the corner it opens at. */
  get at(): { readonly x: number; readonly y: number } {
    return this.#at;
  }

  /** The position of the item that has the focus. */
  get current(): number {
    return this.#current;
  }

  /** Opens at a place; closing gives the focus back to `opener`. An empty offer opens nothing. */
  open(offer: MenuOffer, at: { readonly x: number; readonly y: number }, opener: HTMLElement | undefined): void {
    this.#offer = offer.items.some(({ kind }) => kind === 'action') ? offer : undefined;
    this.#at = at;
    this.#opener = opener;
    this.#current = this.#from(0, 1);
  }

  close(): void {
    if (!this.#offer) return;
    this.#offer = undefined;
    this.#opener?.focus({ preventScroll: true });
    this.#opener = undefined;
  }

  /** Closes, then does what an item says; an item that is unavailable does nothing. */
  choose(index: number): void {
    const item = this.#offer?.items[index];
    if (item?.kind !== 'action' || item.unavailable !== undefined) return;
    this.close();
    item.run();
  }

  /** To the next item down (1) or up (−1), round the ends. */
  move(by: 1 | -1): void {
    const count = this.#offer?.items.length ?? 0;
    this.#current = this.#from((this.#current + by + count) % Math.max(1, count), by);
  }

  first(): void {
    this.#current = this.#from(0, 1);
  }

  last(): void {
    this.#current = this.#from((this.#offer?.items.length ?? 1) - 1, -1);
  }

  /** To the next item that begins with what is being typed. @param at milliseconds, on any clock that goes on */
  type(letter: string, at: number): void {
    const goesOn = at - this.#typedAt < TYPING_PAUSE;
    this.#typed = (goesOn ? this.#typed : '') + letter.toLowerCase();
    this.#typedAt = at;
    const items = this.#offer?.items ?? [];
    // One letter looks on from the next item, so that the same letter walks through its items.
    const start = this.#current + (this.#typed.length === 1 ? 1 : 0);
    for (let step = 0; step < items.length; step++) {
      const index = (start + step) % items.length;
      const item = items[index];
      if (item?.kind !== 'action' || !item.label.toLowerCase().startsWith(this.#typed)) continue;
      this.#current = index;
      return;
    }
  }

  /** The first action from `start` on in the direction of `by`, round the ends. */
  #from(start: number, by: 1 | -1): number {
    const items = this.#offer?.items ?? [];
    for (let step = 0; step < items.length; step++) {
      const index = (start + by * step + items.length * 2) % items.length;
      if (items[index]?.kind === 'action') return index;
    }
    return 0;
  }
}

/** How long a finger rests until the menu opens, in milliseconds; and how far it may stray, in pixels. */
const LONG_PRESS = 500;
const SLOP = 8;

/**
 * Makes an element open the menu: by right click, by a long press, and by the menu key or Shift+F10 on whatever has the
 * focus in it. `offer` may have nothing to say; then the browser's own menu opens. Returns the detaching function.
 */
export function opensMenu(
  element: HTMLElement,
  menu: Menu,
  offer: (place: MenuPlace) => MenuOffer | undefined,
): () => void {
  let pressing: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined;
  const ask = (place: MenuPlace): boolean => {
    const offered = offer(place);
    const opener = place.target instanceof HTMLElement ? place.target : element;
    if (offered) menu.open(offered, place, opener);
    return offered !== undefined;
  };
  const rightClick = (event: MouseEvent) => {
    const { clientX: x, clientY: y, target } = event;
    if (ask({ x, y, target, byKey: false })) event.preventDefault();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
    const box = (event.target instanceof Element ? event.target : element).getBoundingClientRect();
    const place = { x: box.left + Math.min(24, box.width / 2), y: box.bottom, target: event.target, byKey: true };
    if (ask(place)) event.preventDefault();
  };
  const release = () => {
    clearTimeout(pressing?.timer);
    pressing = undefined;
  };
  const press = ({ pointerType, clientX: x, clientY: y, target }: PointerEvent) => {
    release();
    if (pointerType !== 'touch') return;
    const timer = setTimeout(() => ask({ x, y, target, byKey: false }), LONG_PRESS);
    pressing = { timer, x, y };
  };
  const stray = ({ clientX, clientY }: PointerEvent) => {
    if (pressing && Math.hypot(clientX - pressing.x, clientY - pressing.y) > SLOP) release();
  };
  const controller = new AbortController();
  const { signal } = controller;
  element.addEventListener('contextmenu', rightClick, { signal });
  element.addEventListener('keydown', key, { signal });
  element.addEventListener('pointerdown', press, { signal });
  element.addEventListener('pointermove', stray, { signal });
  for (const end of ['pointerup', 'pointercancel'] as const) element.addEventListener(end, release, { signal });
  return () => {
    release();
    controller.abort();
  };
}
