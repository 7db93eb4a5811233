/**
 * What is put into the page to time its frames: how long the callbacks of a frame took, and how far apart frames were.
 * The functions here run in the page and so refer to nothing outside themselves, and
 * hold no function by a name of its own, which a loader may wrap in a helper that the page does not have.
 */

/** How long frames took while something was done to the page. */
export interface Frames {
  /** Milliseconds from the event to the last script of its frame, the wait between the two left out. */
  readonly script: number[];
  /** Milliseconds from the start of the frame before. */
  readonly apart: number[];
}

/** Makes a measure in the browser's own record of every callback of an animation frame from now on. */
export function watchFrames(): void {
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    ask((now) => {
      const start = performance.now();
      callback(now);
      performance.measure('hintlab frame', { start, end: performance.now() });
    });
}

/** What to do to the plot: the turns from `first` up to `last`, exclusive, of `count`. */
export interface Stir {
  readonly act: 'pan' | 'zoom' | 'seek';
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Does something to the plot before each frame and answers with how long each took: the event's own handlers are part of
 * its frame. `wheel` pans, or zooms with `zoom`, by turns in both directions; `click` seeks.
 */
export async function stirPlot({ act, count, first, last: end }: Stir): Promise<Frames> {
  const plot = document.querySelector('section[aria-label="Timeline"] .body');
  if (!plot) throw new Error('the page has no plot');
  const box = plot.getBoundingClientRect();
  const script: number[] = [];
  const apart: number[] = [];
  let last = await new Promise<number>((done) => void requestAnimationFrame(done));
  for (let index = first; index < end; index++) {
    const clientX = box.left + box.width * (act === 'seek' ? 0.2 + (0.75 * ((index * 37) % count)) / count : 0.6);
    const at = { clientX, clientY: box.top + 40, bubbles: true, cancelable: true };
    performance.clearMeasures('hintlab frame');
    const began = performance.now();
    if (act === 'seek') {
      for (const type of ['pointerdown', 'pointerup'])
        plot.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, button: 0, isPrimary: true }));
    } else {
      const sign = index % 40 < 20 ? -1 : 1;
      const turn = act === 'zoom' ? { deltaY: sign * 60 } : { deltaX: sign * 24 };
      plot.dispatchEvent(new WheelEvent('wheel', { ...at, ...turn }));
    }
    // The page goes on in promises, in which its state settles into the DOM.
    for (let turns = 0; turns < 32; turns++) await Promise.resolve();
    const handled = performance.now() - began;
    const now = await new Promise<number>((done) => void requestAnimationFrame(done));
    const drawn = performance.getEntriesByName('hintlab frame').reduce((sum, { duration }) => sum + duration, 0);
    script.push(handled + drawn);
    apart.push(now - last);
    last = now;
  }
  return { script, apart };
}

/** What was seen of a run while it was computed. */
export interface Streamed {
  /** Milliseconds from the change of the text to the first lanes, and to the whole run. */
  readonly first: number;
  readonly whole: number;
  /** How often the picture grew in between. */
  readonly looks: number;
  /** Milliseconds of script of each frame, in every one of which the view was zoomed. */
  readonly script: number[];
}

/** Zooms to and fro in every frame from now until the lanes are those of a finished run that is not the one on screen. */
export async function zoomWhileComputing(): Promise<Streamed> {
  const began = performance.now();
  const script: number[] = [];
  const pictures = new Set<string>();
  let first = NaN;
  for (let turn = 0; ; turn++) {
    const state = document.querySelector('.state')?.textContent ?? '';
    if (script.length > 0 && state.includes('events in') && !Number.isNaN(first)) break;
    if (performance.now() - began > 120_000) break;
    const picture = document.querySelector('section[aria-label="Timeline"] .overview .ahead')?.getAttribute('style');
    if (picture) {
      if (pictures.size === 0) first = performance.now() - began;
      pictures.add(picture);
      const plot = document.querySelector('section[aria-label="Timeline"] .body');
      const box = plot?.getBoundingClientRect();
      performance.clearMeasures('hintlab frame');
      const start = performance.now();
      if (box) {
        const at = { clientX: box.left + box.width * 0.3, clientY: box.top + 40, bubbles: true, cancelable: true };
        plot?.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: turn % 40 < 20 ? -6 : 6 }));
      }
      const handled = performance.now() - start;
      await new Promise<void>((done) => void requestAnimationFrame(() => done()));
      const drawn = performance.getEntriesByName('hintlab frame').reduce((sum, { duration }) => sum + duration, 0);
      script.push(handled + drawn);
    } else await new Promise<void>((done) => void requestAnimationFrame(() => done()));
  }
  return { first, whole: performance.now() - began, looks: pictures.size, script };
}
