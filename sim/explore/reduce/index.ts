/** The public names of the reducer. */
export { explain } from './explain.ts';
export type { ElementEffect, Explanation, FieldInterval } from './explain.ts';
export { sizeOf } from './find-size.ts';
export type { FindSize } from './find-size.ts';
export { effectNote, fieldNote, fieldRanges, rangeText } from './notes.ts';
export { reduce, Reducer } from './reducer.ts';
export type { OtherFind, ReduceOptions, Reduction } from './reducer.ts';
