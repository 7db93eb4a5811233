/**
 * A worker of `npm run validate`: told the id of a case, it runs it and answers with what was found. Scenario files go to
 * the folder that is its argument, if there is one.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './case.ts';
import { caseOf } from './catalogue.ts';
import { runFile } from './run-file.ts';

/** What a worker answers. */
export interface Answer {
  readonly id: string;
  readonly findings: readonly Finding[];
  /** Why there are no findings, if it failed. */
  readonly error: string | undefined;
  readonly seconds: number;
}

const [folder] = process.argv.slice(2);

process.on('message', (id) => process.send?.(answer(String(id))));

function answer(id: string): Answer {
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1_000;
  let files = 0;
  try {
    const findings = caseOf(id).check((text) => {
      files++;
      if (folder !== undefined) writeFileSync(join(folder, `${id}-${files}.yaml`), text);
      return runFile(text);
    });
    return { id, findings, error: undefined, seconds: seconds() };
  } catch (error) {
    return { id, findings: [], error: error instanceof Error ? error.message : String(error), seconds: seconds() };
  }
}
