import * as ts from 'typescript';
import { filesBelow, read } from './source-files';

/** A regular expression of the source. */
export interface Expression {
  /** The file and the line. */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** A part of an expression that is known only when the program runs, such as the escaped name of a setting. */
const NAME = 'name';

/** The constants of all modules by name. Constants of one name in two modules are both possible. */
type Constants = ReadonlyMap<string, readonly ts.Expression[]>;

/** Returns the literals of the source, and the expressions that `new RegExp` compiles from constants. */
export function expressionsOfSource(): Expression[] {
  const files = filesBelow('src', /\.ts$/).map(path =>
    ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true),
  );
  const constants = constantsOf(files);
  const found: Expression[] = [];
  for (const file of files) {
    const visit = (node: ts.Node): void => {
      const place = () => `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        found.push({ place: place(), source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      } else if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
        const [source, flags] = node.arguments!;
        found.push({
          place: place(),
          source: evaluate(source, constants),
          flags: flags === undefined ? '' : evaluate(flags, constants),
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

function constantsOf(files: readonly ts.SourceFile[]): Constants {
  const constants = new Map<string, ts.Expression[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      constants.set(node.name.text, [...(constants.get(node.name.text) ?? []), node.initializer]);
    }
    ts.forEachChild(node, visit);
  };
  files.forEach(visit);
  return constants;
}

/** Returns the string that an expression evaluates to, with a name in place of each value that is not constant. */
function evaluate(node: ts.Expression, constants: Constants): string {
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isTemplateExpression(node)) {
    return templateOf(node, constants, part => part.text);
  }
  if (ts.isTaggedTemplateExpression(node)) {
    const { template } = node;
    return ts.isTemplateExpression(template)
      ? templateOf(template, constants, part => part.rawText ?? part.text)
      : (template.rawText ?? template.text);
  }
  if (ts.isIdentifier(node)) {
    const values = constants.get(node.text) ?? [];
    const value = values.find(initializer => initializer.getSourceFile() === node.getSourceFile()) ?? values[0];
    return value && value !== node && isConstant(value) ? evaluate(value, constants) : NAME;
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression: list, name } = node.expression;
    const items = name.text === 'join' ? itemsOf(list, constants) : undefined;
    return items ? items.join(evaluate(node.arguments[0], constants)) : NAME;
  }
  return NAME;
}

function templateOf(
  { head, templateSpans }: ts.TemplateExpression,
  constants: Constants,
  textOf: (part: ts.TemplateLiteralLikeNode) => string,
): string {
  return templateSpans.reduce(
    (text, { expression, literal }) => text + evaluate(expression, constants) + textOf(literal),
    textOf(head),
  );
}

function isConstant(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isTaggedTemplateExpression(node);
}

/** Returns the items of a list of constants; `undefined` for other lists. */
function itemsOf(node: ts.Expression, constants: Constants): string[] | undefined {
  if (ts.isIdentifier(node)) {
    const [list] = constants.get(node.text) ?? [];
    return list && itemsOf(list, constants);
  }
  return ts.isArrayLiteralExpression(node)
    ? node.elements.flatMap(item =>
        ts.isSpreadElement(item) ? (itemsOf(item.expression, constants) ?? NAME) : evaluate(item, constants),
      )
    : undefined;
}
