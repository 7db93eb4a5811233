/**
 * Pointer gestures on the plot: wheel and pinch zoom around the pointer, dragging pans, dragging with Shift brushes a
 * stretch, a click without a drag is a click. Distances are pixels of the plot; what they mean in time is for the caller to say.
 */

export interface PlotGestures {
  /** `x` in pixels from the left edge of the plot; a factor below 1 goes closer. */
  readonly zoom: (factor: number, x: number) => void;
  /** Pixels by which the picture moves right. */
  readonly pan: (pixels: number) => void;
  /** The stretch between two pixels is brushed. */
  readonly brush: (from: number, to: number) => void;
  readonly click: (x: number, target: EventTarget | null) => void;
  /** The pointer hovers at `x`; undefined: it left. */
  readonly hover: (x: number | undefined) => void;
}

/** Pixels a pointer may move and still click. */
const SLOP = 4;
/** One notch of a wheel (100 px) changes the span by a fifth. */
const WHEEL_GAIN = 0.0022;
/** A pinch on a trackpad arrives as a wheel with ctrl, in far smaller steps. */
const PINCH_GAIN = 0.012;

/** Attaches to an element that the plot fills from `left()` pixels on; returns the detaching function. */
export function plotGestures(element: HTMLElement, left: () => number, gestures: PlotGestures): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  /** Where brushing began, in pixels of the plot. */
  let brushing: number | undefined;
  const plotX = (clientX: number) => clientX - element.getBoundingClientRect().left - left();

  const wheel = (event: WheelEvent) => {
    if (plotX(event.clientX) < 0) return; // over the labels the lanes scroll
    event.preventDefault();
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (sideways) gestures.pan(-(event.deltaX || event.deltaY));
    else gestures.zoom(Math.exp(event.deltaY * (event.ctrlKey ? PINCH_GAIN : WHEEL_GAIN)), plotX(event.clientX));
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || plotX(event.clientX) < 0 || ownPointer(event.target)) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pointers.size === 1) travelled = 0;
    brushing = event.shiftKey && pointers.size === 1 ? plotX(event.clientX) : undefined;
  };
  const move = (event: PointerEvent) => {
    const last = pointers.get(event.pointerId);
    if (event.pointerType === 'mouse' && pointers.size === 0) hoverAt(event);
    if (!last) return;
    const before = spread(pointers);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    travelled += Math.abs(event.clientX - last.x) + Math.abs(event.clientY - last.y);
    if (travelled > SLOP && !element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
    if (brushing !== undefined) return gestures.brush(brushing, plotX(event.clientX));
    const after = spread(pointers);
    gestures.pan((event.clientX - last.x) / pointers.size);
    if (pointers.size === 2 && before.apart > 0 && after.apart > 0)
      gestures.zoom(before.apart / after.apart, plotX(after.middle));
  };
  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return;
    if (event.type === 'pointerup' && travelled <= SLOP) gestures.click(plotX(event.clientX), event.target);
  };
  const hoverAt = (event: PointerEvent) => gestures.hover(plotX(event.clientX) < 0 ? undefined : plotX(event.clientX));
  const leave = () => gestures.hover(undefined);

  const controller = new AbortController();
  const { signal } = controller;
  element.addEventListener('wheel', wheel, { passive: false, signal });
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('pointerleave', leave, { signal });
  return () => controller.abort();
}

/** Controls that lie over the plot handle their own pointers. */
function ownPointer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, summary, table, [role=slider]') !== null;
}

/** How far apart two fingers are, and where their middle is, in client pixels. */
function spread(pointers: ReadonlyMap<number, { x: number; y: number }>): { apart: number; middle: number } {
  const [a, b] = [...pointers.values()];
  if (!a || !b) return { apart: 0, middle: a?.x ?? 0 };
  return { apart: Math.hypot(a.x - b.x, a.y - b.y), middle: (a.x + b.x) / 2 };
}
