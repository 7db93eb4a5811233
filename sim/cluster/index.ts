/** The public names of the cluster simulator. */
export { redisSetBytes } from './request-size.ts';
export { describeLimit, RUN_LIMITS } from './limit-reached.ts';
export type { RunLimit } from './limit-reached.ts';
export { run } from './run.ts';
export type { RunResult } from './run.ts';
export { Simulation } from './simulation.ts';
export type { Progress } from './simulation.ts';
