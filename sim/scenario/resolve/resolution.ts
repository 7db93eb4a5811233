/**
 * What the parts of `resolve/` share: the checked tree, to say where something stands, and the findings.
 */
import type { Complaint, Findings, Place, Problem } from '../problem.ts';
import { nearestName } from '../problem.ts';
import { describeNode, entryOf, nodeAt, shownText } from '../text/source-tree.ts';
import type { Path, SourceNode } from '../text/source-tree.ts';

/** Reads the file that a scenario names; undefined if there is none. */
export type ReadImport = (path: string) => string | undefined;

/** Resolving one document: problems are reported at paths of its tree. */
export class Resolution {
  readonly findings: Findings;
  readonly readImport: ReadImport;
  readonly #root: SourceNode;

  constructor(root: SourceNode, findings: Findings, readImport: ReadImport) {
    this.#root = root;
    this.findings = findings;
    this.readImport = readImport;
  }

  /** Whether the document has something at exactly this path. */
  has(path: Path): boolean {
    const parent = nodeAt(this.#root, path.slice(0, -1));
    return entryOf(parent, String(path.at(-1))) !== undefined;
  }

  /** Whether a key of the document is missing altogether, rather than there with a value that did not fit. */
  lacks(key: string): boolean {
    const isUnusable = this.#root.kind === 'map' && (this.#root.unusable ?? []).includes(key);
    return !isUnusable && !this.has([key]);
  }

  /** Where the value at a path stands, or what is nearest above it. */
  at(path: Path): Place {
    return nodeAt(this.#root, path).at;
  }

  /** How the value at a path was written. */
  found(path: Path): string {
    return describeNode(nodeAt(this.#root, path));
  }

  /** A problem with the value at a path; `found` is how it was written unless the complaint says more. */
  problem(path: Path, complaint: Omit<Complaint, 'found'> & { readonly found?: string }): void {
    const node = nodeAt(this.#root, path);
    this.findings.problem(node.at, node.path, { ...complaint, found: complaint.found ?? describeNode(node) });
  }

  /** A problem with a name that is no key of `known`: the value at `path`, or the key of what stands there. */
  unknownName(path: Path, name: string, what: string, known: ReadonlyMap<string, unknown>): void {
    // Thousands of unknown names times thousands of known ones: nobody would get to see those suggestions.
    const names = this.findings.isFull ? [] : [...known.keys()];
    const nearest = nearestName(name, names);
    const expected = `${what}: ${listed(names)}`;
    const complaint = { code: 'unknownName', expected, ...(nearest === undefined ? {} : { nearest }) } as const;
    const node = nodeAt(this.#root, path);
    const key = node.kind === 'scalar' ? undefined : entryOf(nodeAt(this.#root, path.slice(0, -1)), name);
    if (key === undefined) this.problem(path, complaint);
    else this.findings.problem(key.at, node.path, { ...complaint, found: shownText(name) });
  }

  /** Takes over an importer's problems; one with a name that the scenario gave belongs to the scenario. */
  include(problems: readonly Problem[], pathOfName: Path): void {
    for (const problem of problems) {
      if (problem.code === 'unknownName') this.problem(pathOfName, problem);
      else this.findings.include([problem], []);
    }
  }

  note(path: Path, text: string): void {
    this.findings.note(this.at(path), text);
  }
}

/** Names in a message at most. */
const MAX_LISTED = 12;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return names.length > MAX_LISTED ? `${shown} … (${names.length})` : shown;
}
