/** What completion and the form need and the page does not: the schema as JSON Schema, and the walk through it. */
import { scenarioJsonSchema } from '../../sim/scenario/json-schema.ts';
import { completionsAt, type Completions } from './completions.ts';

/** The JSON Schema of scenario files, made with the first completion or form. */
let schema: unknown;

/** The JSON Schema of scenario files. */
export function scenarioSchema(): unknown {
  return (schema ??= scenarioJsonSchema());
}

/** The completions at a caret, with the names of the nodes that there are; undefined where there are none. */
export function complete(text: string, caret: number, nodes: readonly string[]): Completions | undefined {
  return completionsAt(text, caret, { schema: scenarioSchema(), nodes });
}
