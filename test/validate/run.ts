/**
 * `npm run validate [-- --only P1,Q] [--json FILE] [--save FOLDER]`: every case of the page of external truths, with what
 * was expected, measured and tolerated. Exit code 1 if one fails.
 *
 * `--only` takes ids, or letters for all ids that begin so. `--save` writes every scenario that is run into a folder, so
 * that `hintlab run` can show it. Cases are spread over as many processes as there are processors.
 */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { asked, BadArgument, known } from '../support/arguments.ts';
import { passes } from './case.ts';
import { isAskedFor, SECTIONS } from './catalogue.ts';
import { caseLines, omissionLine, sectionLine, sumLine } from './report.ts';
import type { Answer } from './worker.ts';

const USAGE = `npm run validate -- [options]: the cases of the page of external truths

  --only P1,Q      cases by their ids, or by letters for all ids that begin so; all unless said
  --json FILE      writes what was measured to a file too
  --save FOLDER    writes every scenario that is run into a folder`;
const OPTIONS = { only: { type: 'string' }, json: { type: 'string' }, save: { type: 'string' } } as const;

const { filters, json, save } = asked(USAGE, readOptions);
const sections = SECTIONS.map((section) => ({
  ...section,
  cases: section.cases.filter(({ id }) => isAskedFor(id, filters)),
  omissions: section.omissions.filter(({ id }) => isAskedFor(id, filters)),
}));
const ids = sections.flatMap(({ cases }) => cases.map(({ id }) => id));
if (save !== undefined) mkdirSync(save, { recursive: true });

const answers = answersOf(ids, save);
const all: (Answer & { readonly passed: boolean })[] = [];
for (const { title, cases, omissions } of sections) {
  if (cases.length + omissions.length > 0) print(sectionLine(title));
  for (const { id, title: configuration } of cases) {
    const answer = await (answers.get(id) ?? Promise.reject(new Error(`nobody runs ${id}`)));
    const passed = answer.findings.length > 0 && answer.findings.every(passes);
    all.push({ ...answer, passed });
    print(...caseLines(id, configuration, answer));
  }
  print(...omissions.map(omissionLine));
}
const failed = all.filter(({ passed }) => !passed).map(({ id }) => id);
print(sumLine(all.length, failed));
if (json !== undefined) writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({ args: known(args, OPTIONS), options: OPTIONS });
  const filters = (values.only ?? '').split(',').filter((filter) => filter !== '');
  const all = SECTIONS.flatMap(({ cases }) => cases.map(({ id }) => id));
  for (const filter of filters) {
    // Ids are so short that none is the nearest: their letters say more.
    if (!all.some((id) => isAskedFor(id, [filter])))
      throw new BadArgument(`there is no case '${filter}'; ids begin with ${lettersOf(all).join(', ')}`);
  }
  return { filters, json: values.json, save: values.save };
}

function lettersOf(all: readonly string[]): readonly string[] {
  return [...new Set(all.map((id) => /^[A-Z]+/.exec(id)?.[0] ?? id))];
}

function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Every case's answer, as soon as a worker has it. */
function answersOf(queue: readonly string[], folder: string | undefined): ReadonlyMap<string, Promise<Answer>> {
  const waiting = [...queue];
  const settle = new Map<string, (answer: Answer) => void>();
  const promised = new Map(queue.map((id) => [id, new Promise<Answer>((resolve) => settle.set(id, resolve))] as const));
  const workers = Math.min(availableParallelism(), queue.length);
  for (let index = 0; index < workers; index++) employ(waiting, folder, settle);
  return promised;
}

/** Starts a worker that takes one case after the other. One that dies fails the case it had. */
function employ(waiting: string[], folder: string | undefined, settle: Map<string, (answer: Answer) => void>): void {
  let current = waiting.shift();
  if (current === undefined) return;
  const worker = fork(new URL('worker.ts', import.meta.url), folder === undefined ? [] : [folder], {
    serialization: 'advanced', // which knows NaN
  });
  worker.send(current);
  worker.on('message', (answer: Answer) => {
    settle.get(answer.id)?.(answer);
    current = waiting.shift();
    if (current === undefined) worker.disconnect();
    else worker.send(current);
  });
  worker.on('exit', (code) => {
    if (current === undefined) return;
    settle.get(current)?.({ id: current, findings: [], error: `its process ended with code ${code}`, seconds: 0 });
    employ(waiting, folder, settle);
  });
}
