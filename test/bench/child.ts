/**
 * One sample of a bench, in a process of its own: `child.ts <file URL> <row> <contender>`.
 * Prints the CPU nanoseconds per operation of the timed body: user and system time, with V8's own threads.
 */
import { loadBench, rowOf } from './harness.ts';

const [file = '', rowName = '', contenderName = ''] = process.argv.slice(2);
const contender = rowOf(await loadBench(file), rowName).contenders[contenderName];
if (contender === undefined) throw new Error(`no contender "${contenderName}" in row "${rowName}"`);

const body = contender();
const before = process.cpuUsage();
const operations = body();
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${((user + system) * 1_000) / operations}\n`);
