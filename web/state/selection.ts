/**
 * What is looked at more closely: a queue, a hint or a write; and its short name in a link (`queue.0.2`, `hint.17`).
 */
import type { Trace } from '../../sim/trace/index.ts';

export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'queue'; readonly holder: number; readonly peer: number }
  | { readonly kind: 'hint'; readonly hint: number }
  | { readonly kind: 'write'; readonly write: number };

/** No selection. */
export const NOTHING: Selection = { kind: 'none' };

export function selectionText(selection: Selection): string {
  switch (selection.kind) {
    case 'none':
      return '';
    case 'queue':
      return `queue.${selection.holder}.${selection.peer}`;
    case 'hint':
      return `hint.${selection.hint}`;
    case 'write':
      return `write.${selection.write}`;
  }
}

/** The selection of that name, or undefined if it is none. */
export function parseSelection(text: string): Selection | undefined {
  const [kind, a, b, ...rest] = text.split('.');
  const first = index(a);
  if (first === undefined || rest.length > 0) return undefined;
  if (kind === 'queue') {
    const peer = index(b);
    return peer === undefined ? undefined : { kind, holder: first, peer };
  }
  if (b !== undefined) return undefined;
  if (kind === 'hint') return { kind, hint: first };
  return kind === 'write' ? { kind, write: first } : undefined;
}

function index(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The selection as far as it exists in this trace: another seed may not have that hint. */
export function within(trace: Trace, selection: Selection): Selection {
  if (selection.kind === 'hint' && selection.hint >= trace.hints.storedAt.length) return NOTHING;
  if (selection.kind === 'write' && selection.write >= trace.writes.issuedAt.length) return NOTHING;
  const nodes = trace.scenario.nodes.length;
  if (selection.kind === 'queue' && (selection.holder >= nodes || selection.peer >= nodes)) return NOTHING;
  return selection;
}
