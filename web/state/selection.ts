/**
 * What is looked at more closely: a queue, a hint, a write, a read, a node or a link; and its short name in a link
 * (`queue.0.2`, `hint.17`, `node.1`).
 */
import type { Trace } from '../../sim/trace/index.ts';

export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'queue'; readonly holder: number; readonly peer: number }
  | { readonly kind: 'hint'; readonly hint: number }
  | { readonly kind: 'write'; readonly write: number }
  | { readonly kind: 'read'; readonly read: number }
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'link'; readonly sender: number; readonly receiver: number };

/** No selection. */
export const NOTHING: Selection = { kind: 'none' };

/** A request by its kind and its id. */
export function requestSelection({ kind, id }: { readonly kind: 'write' | 'read'; readonly id: number }): Selection {
  return kind === 'write' ? { kind, write: id } : { kind, read: id };
}

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
    case 'read':
      return `read.${selection.read}`;
    case 'node':
      return `node.${selection.node}`;
    case 'link':
      return `link.${selection.sender}.${selection.receiver}`;
  }
}

/** The selection of that name, or undefined if it is none. */
export function parseSelection(text: string): Selection | undefined {
  const [kind, a, b, ...rest] = text.split('.');
  const first = index(a);
  if (first === undefined || rest.length > 0) return undefined;
  const second = index(b);
  if (kind === 'queue') return second === undefined ? undefined : { kind, holder: first, peer: second };
  if (kind === 'link') {
    return second === undefined || second === first ? undefined : { kind, sender: first, receiver: second };
  }
  if (b !== undefined) return undefined;
  if (kind === 'hint') return { kind, hint: first };
  if (kind === 'node') return { kind, node: first };
  return kind === 'write' || kind === 'read' ? requestSelection({ kind, id: first }) : undefined;
}

function index(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The selection as far as it exists in this trace: another seed may not have that hint. */
export function within(trace: Trace, selection: Selection): Selection {
  if (selection.kind === 'hint' && selection.hint >= trace.hints.storedAt.length) return NOTHING;
  if (selection.kind === 'write' && selection.write >= trace.writes.issuedAt.length) return NOTHING;
  if (selection.kind === 'read' && selection.read >= trace.reads.issuedAt.length) return NOTHING;
  const nodes = trace.scenario.nodes.length;
  if (selection.kind === 'queue' && (selection.holder >= nodes || selection.peer >= nodes)) return NOTHING;
  if (selection.kind === 'node' && selection.node >= nodes) return NOTHING;
  if (selection.kind === 'link' && (selection.sender >= nodes || selection.receiver >= nodes)) return NOTHING;
  return selection;
}
