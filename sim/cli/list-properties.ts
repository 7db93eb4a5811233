/**
 * `hintlab list --properties`: what a run is checked for, and what is known of such checks and does not apply to the model.
 */
import { isTwin, NOT_APPLICABLE, PROPERTIES } from '../index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { paintFor } from './paint.ts';
import { left, tableLines } from './table.ts';

const TWINS =
  'Each has a twin of kind sometimes: its situation did come up. Where it did not, the verdict is "not exercised".';

/** Prints all properties; with `json`, as { properties: [{ id, kind, sentence }], notApplicable: [{ id, reason }] }. */
export function listProperties({ json }: { readonly json: boolean }, io: Io): ExitCode {
  const properties = PROPERTIES.map(({ id, kind, sentence }) => ({ id, kind, sentence }));
  if (json) {
    io.out(`${JSON.stringify({ properties, notApplicable: NOT_APPLICABLE }, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const paint = paintFor(io.colour);
  const [head = '', ...rows] = tableLines(
    [left('id'), left('kind'), left('what it says')],
    properties.filter(({ id }) => !isTwin(id)).map(({ id, kind, sentence }) => [id, kind, sentence]),
  );
  const [otherHead = '', ...others] = tableLines(
    [left('not checked'), left('why not')],
    NOT_APPLICABLE.map(({ id, reason }) => [id, reason]),
  );
  const lines = [paint.strong(head), ...rows, '', TWINS, '', paint.strong(otherHead), ...others];
  io.out(`${lines.join('\n')}\n`);
  return EXIT.ok;
}
