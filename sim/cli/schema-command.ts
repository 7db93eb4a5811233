/**
 * `hintlab schema`: the JSON Schema of scenario files, for editors that complete and check YAML by one.
 */
import { scenarioJsonSchema } from '../index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

/** Prints the schema. */
export function schemaCommand(io: Io): ExitCode {
  io.out(`${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`);
  return EXIT.ok;
}
