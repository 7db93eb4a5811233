/**
 * The rows of a matrix, worked out by as many processes as there are cores: each takes its share of the bugs, every
 * so-manieth one, and remembers for all of them what correct code does in a scenario. Processes and no threads, because
 * bundles are loaded by the dozen and a process gives them back.
 */
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CLUSTER_BUGS } from '../bugs/cluster-bugs.ts';
import { STORE_BUGS } from '../bugs/store-bugs.ts';
import type { SeededBug } from '../bugs/bug.ts';
import { rowResult } from '../results.ts';
import type { MatrixResult, RowResult } from '../results.ts';
import { clusterRow } from './cluster-matrix.ts';
import { storeRow } from './store-matrix.ts';

/** What a process is to do. */
export interface Share {
  readonly part: 'store' | 'cluster';
  readonly bugs: readonly string[];
  readonly seeds: number;
  /** Runs of one hunt; a store's are given. */
  readonly maxRuns: number;
}

const SHARE = fileURLToPath(new URL('share.ts', import.meta.url));
/** Rows as JSON: some hundred bytes each. */
const MOST_OUTPUT = 16 * 1024 * 1024;

/** The bugs of a part. */
export function bugsOf(part: Share['part']): readonly SeededBug[] {
  return part === 'store' ? STORE_BUGS : CLUSTER_BUGS;
}

/** The matrix of a whole share, its rows in the order of the bugs of its part. */
export async function matrixOf({ bugs, ...share }: Share): Promise<MatrixResult> {
  const cores = Math.min(availableParallelism(), bugs.length);
  const shares = Array.from({ length: cores }, (_, core) => bugs.filter((_bug, at) => at % cores === core));
  const rows = (await Promise.all(shares.map((own) => inProcess({ ...share, bugs: own })))).flat();
  const order = bugsOf(share.part).map(({ id }) => id);
  const sorted = rows.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return { seeds: share.seeds, maxRuns: share.maxRuns, rows: sorted };
}

/** Does a share here, one bug after the other. */
export async function rowsOf({ part, bugs, seeds, maxRuns }: Share): Promise<readonly RowResult[]> {
  const rows: RowResult[] = [];
  for (const bug of bugsOf(part)) {
    if (!bugs.includes(bug.id)) continue;
    const row = await (part === 'store' ? storeRow(bug, seeds) : clusterRow(bug, seeds, maxRuns));
    rows.push(rowResult(row));
    process.stderr.write(`${bug.id}: found by ${row.runs.length} of ${row.hunts} hunts\n`);
  }
  return rows;
}

async function inProcess(share: Share): Promise<readonly RowResult[]> {
  const running = promisify(execFile)(process.execPath, [...process.execArgv, SHARE, JSON.stringify(share)], {
    maxBuffer: MOST_OUTPUT,
  });
  running.child.stderr?.pipe(process.stderr);
  const { stdout } = await running;
  const rows: readonly RowResult[] = JSON.parse(stdout);
  return rows;
}
