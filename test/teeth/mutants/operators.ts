/**
 * The mutation operators: for a piece of syntax, the small mistakes that could stand in its place. After Stryker's, as
 * properties §3.1 asks: boundaries, negation, arithmetic, logic, constants, return values, statements left out.
 */
import ts from 'typescript';

/** One mistake: what stands in the place of a node. */
export interface Mistake {
  readonly operator: string;
  readonly text: string;
}

const BINARY: ReadonlyMap<ts.SyntaxKind, readonly (readonly [string, string])[]> = new Map([
  [ts.SyntaxKind.LessThanToken, [['boundary', '<='] as const, ['negation', '>='] as const]],
  [
    ts.SyntaxKind.LessThanEqualsToken,
    [
      ['boundary', '<'],
      ['negation', '>'],
    ],
  ],
  [
    ts.SyntaxKind.GreaterThanToken,
    [
      ['boundary', '>='],
      ['negation', '<='],
    ],
  ],
  [
    ts.SyntaxKind.GreaterThanEqualsToken,
    [
      ['boundary', '>'],
      ['negation', '<'],
    ],
  ],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, [['negation', '!==']]],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, [['negation', '===']]],
  [ts.SyntaxKind.PlusToken, [['arithmetic', '-']]],
  [ts.SyntaxKind.MinusToken, [['arithmetic', '+']]],
  [ts.SyntaxKind.AsteriskToken, [['arithmetic', '/']]],
  [ts.SyntaxKind.SlashToken, [['arithmetic', '*']]],
  [ts.SyntaxKind.PercentToken, [['arithmetic', '*']]],
  [ts.SyntaxKind.AmpersandToken, [['arithmetic', '|']]],
  [ts.SyntaxKind.BarToken, [['arithmetic', '&']]],
  [ts.SyntaxKind.CaretToken, [['arithmetic', '&']]],
  [ts.SyntaxKind.LessThanLessThanToken, [['arithmetic', '>>']]],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, [['arithmetic', '<<']]],
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken, [['arithmetic', '<<']]],
  [ts.SyntaxKind.PlusEqualsToken, [['arithmetic', '-=']]],
  [ts.SyntaxKind.MinusEqualsToken, [['arithmetic', '+=']]],
  [ts.SyntaxKind.AmpersandAmpersandToken, [['logic', '||']]],
  [ts.SyntaxKind.BarBarToken, [['logic', '&&']]],
]);

/** Every mistake that could stand in the place of a node; none for most. */
export function mistakesFor(node: ts.Node): readonly Mistake[] {
  if (ts.isBinaryExpression(node)) return ofBinary(node);
  if (ts.isPrefixUnaryExpression(node)) return ofPrefix(node);
  if (ts.isPostfixUnaryExpression(node)) return ofPostfix(node);
  if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) return ofNumber(node);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ operator: 'constant', text: 'false' }];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [{ operator: 'constant', text: 'true' }];
  if (isRemovable(node)) return [{ operator: 'removal', text: '' }];
  return [];
}

/** What stands in the place of a condition, or of a value that is returned, beside the mistakes in it. */
export function mistakesAt(node: ts.Expression): readonly Mistake[] {
  const { parent } = node;
  if (ts.isReturnStatement(parent) && !isConstant(node)) return [{ operator: 'return value', text: 'undefined' }];
  if (ts.isIfStatement(parent) && parent.expression === node) return bothWays();
  if (ts.isConditionalExpression(parent) && parent.condition === node) return bothWays();
  return [];
}

function bothWays(): readonly Mistake[] {
  return ['true', 'false'].map((text) => ({ operator: 'condition', text }));
}

function ofBinary(node: ts.BinaryExpression): readonly Mistake[] {
  const { left, right, operatorToken } = node;
  if (ts.isStringLiteralLike(left) || ts.isStringLiteralLike(right) || ts.isTemplateExpression(left)) return [];
  const swaps = BINARY.get(operatorToken.kind) ?? [];
  return swaps
    .map(([operator, sign]) => ({ operator, text: `(${left.getText()}) ${sign} (${right.getText()})` }))
    .map(unwrapTarget(node));
}

/** The target of an assignment stands without brackets. */
function unwrapTarget(node: ts.BinaryExpression): (mistake: Mistake) => Mistake {
  const isAssignment = node.operatorToken.getText().endsWith('=') && /^[+-]=$/.test(node.operatorToken.getText());
  return (mistake) =>
    isAssignment
      ? { ...mistake, text: mistake.text.replace(`(${node.left.getText()})`, () => node.left.getText()) }
      : mistake;
}

function ofPrefix({ operator, operand }: ts.PrefixUnaryExpression): readonly Mistake[] {
  const text = operand.getText();
  if (operator === ts.SyntaxKind.ExclamationToken) return [{ operator: 'negation', text: `(${text})` }];
  if (operator === ts.SyntaxKind.MinusToken) return [{ operator: 'arithmetic', text: `(${text})` }];
  if (operator === ts.SyntaxKind.TildeToken) return [{ operator: 'arithmetic', text: `(${text})` }];
  if (operator === ts.SyntaxKind.PlusPlusToken) return [{ operator: 'arithmetic', text: `--${text}` }];
  if (operator === ts.SyntaxKind.MinusMinusToken) return [{ operator: 'arithmetic', text: `++${text}` }];
  return [];
}

function ofPostfix({ operator, operand }: ts.PostfixUnaryExpression): readonly Mistake[] {
  const sign = operator === ts.SyntaxKind.PlusPlusToken ? '--' : '++';
  return [{ operator: 'arithmetic', text: operand.getText() + sign }];
}

function ofNumber(node: ts.NumericLiteral | ts.BigIntLiteral): readonly Mistake[] {
  const text = node.getText();
  const one = ts.isBigIntLiteral(node) ? '1n' : '1';
  return ['+', '-'].map((sign) => ({ operator: 'constant', text: `(${text} ${sign} ${one})` }));
}

/** A statement that does something and declares nothing. */
function isRemovable(node: ts.Node): boolean {
  if (ts.isContinueStatement(node) || ts.isBreakStatement(node)) return !ts.isCaseOrDefaultClause(node.parent);
  return ts.isExpressionStatement(node);
}

function isConstant(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  );
}
