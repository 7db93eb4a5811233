/** The public names of sim/cli: the program as a function, and how it ends. */
export { EXIT } from './exit-codes.ts';
export type { ExitCode } from './exit-codes.ts';
export type { InterruptWatch, Io } from './io.ts';
export { hintlab } from './program.ts';
export { REPORT_SCHEMA } from './report.ts';
export type { Report, TtlShare } from './report.ts';
export { storyNames, storyPath } from './stories.ts';
