/**
 * Mutants that no test kills, each with a reason: `equivalent`, it does the same as the original wherever it can be told
 * apart; or `accepted`, it differs, and nobody minds. A survivor without a reason fails the run.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Mutant } from './mutate.ts';

/** A survivor that somebody has looked at. Found by its text, not by the number of its line. */
export interface Explained {
  readonly file: string;
  /** The line that it is in, where the text alone is in many places; undefined for every line. */
  readonly code: string | undefined;
  readonly original: string;
  /** One mistake, or undefined for every one in that place. */
  readonly mistake: string | undefined;
  readonly kind: 'equivalent' | 'accepted';
  readonly reason: string;
}

/** The file of explained survivors. */
export function readSurvivors(): readonly Explained[] {
  const rows: unknown = parse(readFileSync(new URL('../survivors.yaml', import.meta.url), 'utf8'));
  if (!Array.isArray(rows)) throw new Error('survivors.yaml is a list');
  return rows.map(explainedOf);
}

/** Why that mutant may live; undefined if nobody has said. */
export function reasonFor(mutant: Mutant, known: readonly Explained[]): Explained | undefined {
  const { file, code, original, mistake } = mutant;
  return known.find(
    (each) =>
      each.file === file &&
      each.original === original &&
      (each.code === undefined || each.code === code) &&
      (each.mistake === undefined || each.mistake === mistake),
  );
}

function explainedOf(row: unknown): Explained {
  if (typeof row !== 'object' || row === null) throw new Error('a survivor is a map');
  const fields = new Map<string, unknown>(Object.entries(row));
  const text = (name: string): string => {
    const value = fields.get(name);
    if (typeof value !== 'string' || value === '') throw new Error(`a survivor has a ${name}: ${JSON.stringify(row)}`);
    return value;
  };
  const kind = text('kind');
  if (kind !== 'equivalent' && kind !== 'accepted') throw new Error(`a survivor is equivalent or accepted: ${kind}`);
  const optional = (name: string): string | undefined => (fields.has(name) ? text(name) : undefined);
  const [code, mistake] = [optional('code'), optional('mistake')];
  return { file: text('file'), code, original: text('original'), mistake, kind, reason: text('reason') };
}
