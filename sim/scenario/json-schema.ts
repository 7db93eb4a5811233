/**
 * The schema of scenario files as JSON Schema, with which editors complete and check YAML while it is typed.
 */
import { toJsonSchema } from '@valibot/to-json-schema';
import { documentSchema } from './schema.ts';

/** A JSON Schema (draft-07) of scenario files. It says what a value looks like; units are checked by the parser alone. */
export function scenarioJsonSchema(): ReturnType<typeof toJsonSchema> {
  const schema = toJsonSchema(documentSchema, {
    // What a text is read into does not concern an editor.
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === 'raw_transform' ? jsonSchema : undefined,
  });
  return { ...schema, title: 'hintlab scenario' };
}
