/**
 * The public names of the simulator: from a scenario's text to a trace, and the questions one can ask a trace.
 */
export * from './check/index.ts';
export * from './cluster/index.ts';
export { firstDifference, hashText } from './engine/index.ts';
export * from './scenario/index.ts';
export * from './trace/index.ts';
