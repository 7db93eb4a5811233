/**
 * Puts every mutant of a file into one text, each behind a switch (a mutant schema): `isOn(12) ? mistake : original`. So
 * the code is bundled once, and a mutant costs a comparison where it stands instead of a build.
 *
 * Left out, and said so in the report: what is no code at run time (types), assertions (their failing is a kill, their
 * absence is not a mistake of the model), the `?? 0` beside a typed array, which no index in range ever meets, and texts.
 */
import ts from 'typescript';
import { mistakesAt, mistakesFor } from './operators.ts';
import type { Mistake } from './operators.ts';

/** One mutant, and where it is. */
export interface Mutant {
  /** From 1, over all files of a run. */
  readonly id: number;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in the line as below. */
  readonly column: number;
  /** That line, by which a place is found again when lines have moved. */
  readonly code: string;
  readonly operator: string;
  readonly original: string;
  readonly mistake: string;
}

/** A file with its mutants in it. */
export interface MutatedFile {
  readonly text: string;
  readonly mutants: readonly Mutant[];
}

const SWITCH = 'test/teeth/mutants/switch.ts';
const SHOWN = 100;

/** @param firstId the id of the first mutant in this file */
export function mutate(file: string, text: string, firstId: number): MutatedFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
  const lines = text.split('\n');
  const mutants: Mutant[] = [];
  const note = (node: ts.Node, { operator, text: mistake }: Mistake): number => {
    const id = firstId + mutants.length;
    const start = source.getLineAndCharacterOfPosition(node.getStart());
    const line = start.line + 1;
    const whole = lines[start.line] ?? '';
    const code = brief(whole.trim());
    const column = start.character + 1 - (whole.length - whole.trimStart().length);
    const original = brief(node.getText());
    mutants.push({ id, file, line, column, code, operator, original, mistake: brief(mistake) });
    return id;
  };
  return { text: headed(file, render(source, note)), mutants };
}

/** The text of a file of tests, without mutants, whose loops count their turns too: a mutant can make them run away. */
export function countingTurns(file: string, text: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
  return headed(file, render(source, undefined));
}

function headed(file: string, body: string): string {
  const up = '../'.repeat(file.split('/').length - 1);
  return `import { isOn as $on, room as $room, turn as $turn } from '${up}${SWITCH}';\n${body}`;
}

/** Writes a mutant down and gives it its id; undefined where there are to be none. */
type Note = ((node: ts.Node, mistake: Mistake) => number) | undefined;

/** The text of a node with switches in it. */
function render(node: ts.Node, note: Note): string {
  if (isLeftOut(node)) return node.getFullText();
  const isCode =
    ts.isExpression(node) ||
    ts.isExpressionStatement(node) ||
    ts.isContinueStatement(node) ||
    ts.isBreakStatement(node);
  const mistakes = note !== undefined && isCode && isMutable(node) ? allMistakes(node) : [];
  const inner = withRoom(node, withTurn(node, renderChildren(node, note)));
  if (note === undefined || mistakes.length === 0) return inner;
  const lead = inner.slice(0, inner.length - inner.trimStart().length);
  const original = inner.trimStart();
  if (!ts.isExpression(node)) {
    const ids = mistakes.map((mistake) => `!$on(${note(node, mistake)})`);
    // In brackets: an else that follows belongs to the condition outside.
    return `${lead}{ if (${ids.join(' && ')}) { ${original} } }`;
  }
  const switched = mistakes.reduceRight(
    (rest, mistake) => `$on(${note(node, mistake)}) ? (${mistake.text}) : ${rest}`,
    `(${original})`,
  );
  return `${lead}(${switched})`;
}

function allMistakes(node: ts.Node): readonly Mistake[] {
  return [...mistakesFor(node), ...(ts.isExpression(node) ? mistakesAt(node) : [])];
}

function renderChildren(node: ts.Node, note: Note): string {
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  const text = node.getSourceFile().text;
  const end = ts.isSourceFile(node) ? text.length : node.getEnd();
  let out = '';
  let at = node.getFullStart();
  for (const child of children.toSorted((a, b) => a.getFullStart() - b.getFullStart())) {
    if (child.getFullStart() < at) continue;
    out += text.slice(at, child.getFullStart()) + render(child, note);
    at = child.getEnd();
  }
  return out + text.slice(at, end);
}

/** Counts the turns of a loop. */
function withTurn(node: ts.Node, text: string): string {
  if (!ts.isIterationStatement(node.parent ?? node, false) || !isBodyOf(node)) return text;
  return ` { $turn(); ${text.trimStart()} }`;
}

/** Bounds the length of a typed array. */
function withRoom(node: ts.Node, text: string): string {
  const { parent } = node;
  const isLength =
    parent !== undefined &&
    ts.isNewExpression(parent) &&
    /^(Int|Uint|Float)\d+Array$/.test(parent.expression.getText()) &&
    parent.arguments?.[0] === node;
  return isLength ? `$room(${text})` : text;
}

function isBodyOf(node: ts.Node): boolean {
  return ts.isIterationStatement(node.parent, false) && node.parent.statement === node;
}

/** Neither types, nor imports, nor assertions, nor what only types need. */
function isLeftOut(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isExpressionStatement(node) && /^(assert|this\.#assert\w*)\(/.test(node.getText())) return true;
  if (
    ts.isIfStatement(node) &&
    node.thenStatement
      .getText()
      .replace(/^\{\s*/, '')
      .startsWith('assert(false')
  )
    return true;
  return isFallback(node);
}

function isFallback(node: ts.Node): boolean {
  const { parent } = node;
  if (parent === undefined || !ts.isBinaryExpression(parent)) return false;
  return parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken && parent.right === node;
}

/** Names, targets of assignments and calls to `super` are no place for a mistake; nor is a literal used as a type. */
function isMutable(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isEnumMember(parent)) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isExpressionStatement(parent) && !ts.isExpressionStatement(node)) return !isPlainCall(node);
  return true;
}

function isPlainCall(node: ts.Node): boolean {
  return ts.isCallExpression(node);
}

function brief(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > SHOWN ? `${flat.slice(0, SHOWN)}…` : flat;
}
