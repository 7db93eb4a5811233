/** The public names of sim/cli: the program as a function, and how it ends. */
export { COMPARISON_SCHEMA } from './compare-report.ts';
export { EXIT } from './exit-codes.ts';
export type { ExitCode } from './exit-codes.ts';
export type { InterruptWatch, Io } from './io.ts';
export { hintlab } from './program.ts';
export { REPORT_SCHEMA } from './report.ts';
export type { PropertyReport, Report, TtlShare } from './report.ts';
export { SEGMENT_SCHEMA } from './segment-command.ts';
export { storyNames, storyPath } from './stories.ts';
