/**
 * What is put into the page to time its frames: how long the callbacks of a frame took, and how far apart frames were.
 * The functions here run in the page and so refer to nothing outside themselves, and
 * hold no function by a name of its own, which a loader may wrap in a helper that the page does not have.
 */

/** How long frames took while something was done to the page. */
export interface Frames {
  /** Milliseconds of the event's handlers and of the frame's callbacks: state, DOM and drawing. */
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

/**
 * Does something to the plot before each of `count` frames and answers with how long each took: the event's own
 * handlers are part of its frame. `wheel` pans, or zooms with `zoom`, by turns in both directions; `click` seeks.
 */
export async function stirPlot(order: { act: 'pan' | 'zoom' | 'seek'; count: number }): Promise<Frames> {
  const { act, count } = order;
  const plot = document.querySelector('section[aria-label="Timeline"] .body');
  if (!plot) throw new Error('the page has no plot');
  const box = plot.getBoundingClientRect();
  const script: number[] = [];
  const apart: number[] = [];
  let last = await new Promise<number>((done) => void requestAnimationFrame(done));
  for (let index = 0; index < count; index++) {
    const clientX = box.left + box.width * (act === 'seek' ? 0.2 + (0.75 * ((index * 37) % count)) / count : 0.6);
    const at = { clientX, clientY: box.top + 40, bubbles: true, cancelable: true };
    const began = performance.now();
    if (act === 'seek') {
      for (const type of ['pointerdown', 'pointerup'])
        plot.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, button: 0, isPrimary: true }));
    } else {
      const sign = index % 40 < 20 ? -1 : 1;
      const turn = act === 'zoom' ? { deltaY: sign * 60 } : { deltaX: sign * 24 };
      plot.dispatchEvent(new WheelEvent('wheel', { ...at, ...turn }));
    }
    await new Promise<void>((done) => queueMicrotask(done)); // after the page's own, in which its state settles
    const handled = performance.now() - began;
    performance.clearMeasures('hintlab frame');
    const now = await new Promise<number>((done) => void requestAnimationFrame(done));
    const drawn = performance.getEntriesByName('hintlab frame').reduce((sum, { duration }) => sum + duration, 0);
    script.push(handled + drawn);
    apart.push(now - last);
    last = now;
  }
  return { script, apart };
}
