/**
 * Honest types: no cast outside core/units.ts (`as const` is no cast), no `any`, no non-null `!`, no comment that
 * switches a checker off. In `.ts`, in Svelte scripts and in Svelte markup.
 */
import ts from 'typescript';
import { commentsOf, findingAt, findingAtOffset, type Check, type Finding, type Source, walk } from './source.ts';

const CAST = 'no cast: narrow with a check, use `satisfies`, or brand in core/units.ts';
const ANY = 'no any: take unknown and narrow it';
const NON_NULL = 'no non-null `!`: handle the missing case, or assert it';
const DISABLED =
  /(eslint|oxlint|biome)-(disable|ignore)|@ts-(ignore|expect-error|nocheck)|svelte-ignore|(v8|c8|istanbul) ignore/;

/** Svelte's names of the same syntax in markup. */
const IN_MARKUP: ReadonlyMap<string, string> = new Map([
  ['TSAsExpression', CAST],
  ['TSTypeAssertion', CAST],
  ['TSAnyKeyword', ANY],
  ['TSNonNullExpression', NON_NULL],
]);

/** No casts, no `any`, no non-null assertions. */
export const types: Check = (sources) => sources.flatMap((file) => [...inCode(file), ...inMarkup(file)]);

/** No comment that silences a linter, a type checker or a coverage tool. */
export const disables: Check = (sources) =>
  sources.flatMap((file) =>
    commentsOf(file).flatMap((comment) =>
      file.code !== undefined && DISABLED.test(comment.text)
        ? [findingAtOffset(file, comment.offset, 'no check is switched off: mend what it found, or mend the check')]
        : [],
    ),
  );

function inCode(file: Source): Finding[] {
  const findings: Finding[] = [];
  if (file.code === undefined) return findings;
  walk(file.code, (node) => {
    const problem = problemOf(node, file.path);
    if (problem !== undefined) findings.push(findingAt(file, node, problem));
  });
  return findings;
}

function problemOf(node: ts.Node, path: string): string | undefined {
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
    return path === 'core/units.ts' || isConst(node.type) ? undefined : CAST;
  }
  if (node.kind === ts.SyntaxKind.AnyKeyword) return ANY;
  if (ts.isNonNullExpression(node)) return NON_NULL;
  const definite =
    (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.exclamationToken !== undefined;
  return definite ? NON_NULL : undefined;
}

function isConst(type: ts.TypeNode): boolean {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'const';
}

function inMarkup(file: Source): Finding[] {
  return file.markup.flatMap(({ type, start }) => {
    const problem = IN_MARKUP.get(type);
    return problem === undefined ? [] : [findingAtOffset(file, start, problem)];
  });
}
