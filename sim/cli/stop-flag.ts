/**
 * How a thread that is busy learns that it is to stop: a word of memory that both threads see. A message would wait until
 * the work is over.
 */

/** Zero, or raised. */
export type StopFlag = Int32Array<SharedArrayBuffer>;

/** A flag that is not raised. */
export function stopFlag(): StopFlag {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** From now on, and for good, it is raised for all who have it. */
export function raise(flag: StopFlag): void {
  Atomics.store(flag, 0, 1);
}

/** Whether somebody has raised it. */
export function isRaised(flag: StopFlag): boolean {
  return Atomics.load(flag, 0) === 1;
}
