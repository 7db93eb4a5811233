/**
 * The options of `hintlab sweep`. The sweep itself is loaded when the command is used.
 */
import { type Command, InvalidArgumentError } from 'commander';
import { readAxis } from '../explore/sweep-axis.ts';
import type { SweepAxis } from '../explore/sweep-axis.ts';
import { METRIC_WORDS, SWEEP_METRICS } from '../explore/sweep-metrics.ts';
import type { SweepMetric } from '../explore/sweep-metrics.ts';
import { MOST_SEEDS } from '../explore/sweep-plan.ts';
import { didYouMean, nearestName } from '../index.ts';
import { EXAMPLES } from './help-examples.ts';
import type { Io } from './io.ts';
import { changesOf, runningCommand } from './scenario-commands.ts';
import type { ChangeFlags, Done } from './scenario-commands.ts';

const DEFAULT_SEEDS = 3;

interface SweepFlags extends ChangeFlags {
  readonly x: SweepAxis;
  readonly y: SweepAxis;
  readonly seeds: number;
  readonly metric: SweepMetric;
  readonly json?: true;
}

/** Adds `sweep`. */
export function addSweep(program: Command, io: Io, done: Done): void {
  const metrics = SWEEP_METRICS.map((metric) => `${metric} (${METRIC_WORDS[metric].name})`).join(', ');
  runningCommand(
    program,
    'sweep',
    'Run a scenario over a grid of two of its values: what cap, TTL and interval it needs.',
  )
    .requiredOption('--x <path=values>', 'the columns, as hints.cap=1MiB..64MiB:7log', axis)
    .requiredOption('--y <path=values>', 'the rows, as hints.ttl=5m,1h,3h', axis)
    .option('--seeds <n>', `runs of each cell, 1 to ${MOST_SEEDS}`, seedCount, DEFAULT_SEEDS)
    .option('--metric <name>', `what the table shows: ${metrics}`, metricName, 'lost')
    .option('--json', 'print one JSON object with all metrics instead of a table')
    .addHelpText('after', EXAMPLES.sweep)
    .action(async (name: string, flags: SweepFlags) => {
      const { x, y, seeds, metric, json } = flags;
      const { sweepCommand } = await import('./sweep-command.ts');
      done(await sweepCommand(name, { changes: changesOf(flags), x, y, seeds, metric, json: json === true }, io));
    });
}

function axis(text: string): SweepAxis {
  const reading = readAxis(text);
  if (reading.kind === 'axis') return reading.axis;
  throw new InvalidArgumentError(`Expected ${reading.expected}, found '${reading.found}'.`);
}

function seedCount(text: string): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST_SEEDS) return count;
  throw new InvalidArgumentError(`Expected 1 to ${MOST_SEEDS} seeds, found '${text}'.`);
}

function metricName(text: string): SweepMetric {
  const found = SWEEP_METRICS.find((metric) => metric === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(
    `Expected one of ${SWEEP_METRICS.join(', ')}, found '${text}'${didYouMean(nearestName(text, SWEEP_METRICS))}`,
  );
}
