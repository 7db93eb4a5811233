/**
 * A column to bytes and back, little-endian by name rather than by the habit of the machine. Each type has its own
 * loop: a DataView call in a loop of one type is as fast as the engine can make it.
 */
import { WIDTH } from './directory.ts';
import type { Column } from './tables.ts';

/** Writes all of `column` from byte `at` on. */
export function writeColumn(view: DataView, at: number, column: Column): void {
  const rows = column.length;
  if (column instanceof Float64Array) {
    for (let row = 0; row < rows; row++) view.setFloat64(at + row * WIDTH.f64, column[row] ?? 0, true);
  } else if (column instanceof Int32Array) {
    for (let row = 0; row < rows; row++) view.setInt32(at + row * WIDTH.i32, column[row] ?? 0, true);
  } else if (column instanceof Uint32Array) {
    for (let row = 0; row < rows; row++) view.setUint32(at + row * WIDTH.u32, column[row] ?? 0, true);
  } else if (column instanceof Uint16Array) {
    for (let row = 0; row < rows; row++) view.setUint16(at + row * WIDTH.u16, column[row] ?? 0, true);
  } else {
    for (let row = 0; row < rows; row++) view.setUint8(at + row, column[row] ?? 0);
  }
}

/** Fills all of `column` from byte `at` on. */
export function readColumn(view: DataView, at: number, column: Column): void {
  const into = column;
  const rows = column.length;
  if (into instanceof Float64Array) {
    for (let row = 0; row < rows; row++) into[row] = view.getFloat64(at + row * WIDTH.f64, true);
  } else if (into instanceof Int32Array) {
    for (let row = 0; row < rows; row++) into[row] = view.getInt32(at + row * WIDTH.i32, true);
  } else if (into instanceof Uint32Array) {
    for (let row = 0; row < rows; row++) into[row] = view.getUint32(at + row * WIDTH.u32, true);
  } else if (into instanceof Uint16Array) {
    for (let row = 0; row < rows; row++) into[row] = view.getUint16(at + row * WIDTH.u16, true);
  } else {
    for (let row = 0; row < rows; row++) into[row] = view.getUint8(at + row);
  }
}
