import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';

/** A text that a user of the library reads, and its place in the source. */
export interface SourceText {
  readonly file: string;
  readonly line: number;
  readonly kind: 'docstring' | 'message';
  /** In Markdown; an expression of a template is a code span. */
  readonly text: string;
}

/** Constants that contain the help of the command. */
const CONSTANTS = /(?:_HELP|HELP_AFTER)$/;

/** Functions and constructors whose arguments are messages. */
const CALLS = new Set([
  'fail',
  'warn',
  'message',
  'sentence',
  'Error',
  'InvalidArgumentError',
  'Option',
  'option',
  'argument',
  'description',
  'addHelpText',
  'unreadable',
]);

/** Properties that are messages: of rules, of findings and of refusals. */
const PROPERTIES = new Set([
  'problem',
  'remedy',
  'summary',
  'rationale',
  'construct',
  'yaml',
  'message',
  'what',
  'description',
]);

/** Every docstring and message of the sources below a directory. */
export function sourceTexts(directory: string): SourceText[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .sort()
    .map(file => join(directory, file))
    .flatMap(file =>
      textsOf(file, ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)),
    );
}

function textsOf(file: string, source: ts.SourceFile): SourceText[] {
  const found: SourceText[] = [];
  const note = (node: ts.Node, kind: SourceText['kind'], text: string) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ file, line, kind, text });
  };
  const visit = (node: ts.Node): void => {
    // the node of a docstring is the comment itself
    ts.getJSDocCommentsAndTags(node).forEach(comment => {
      if (ts.isJSDoc(comment) && comment.parent === node) {
        note(comment, 'docstring', docstring(comment));
      }
    });
    messagesOf(node).forEach(message => {
      const text = templateText(message);
      if (text !== undefined && text.includes(' ')) {
        note(message, 'message', text);
      }
    });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function docstring(comment: ts.JSDoc): string {
  return comment
    .getText()
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/^\s*\* ?/gm, '')
    .trim();
}

/** A docstring as Markdown: a paragraph for each tag, without the tag and the name of a parameter. */
export function withoutTags(text: string): string {
  return text.replace(/\n*^@\w+(?: \w+(?= [a-z])|\b)(?: - )?/gm, '\n\n').trim();
}

function messagesOf(node: ts.Node): ts.Expression[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const callee = node.expression;
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    return CALLS.has(name) ? [...(node.arguments ?? [])] : [];
  }
  if (ts.isVariableDeclaration(node) && node.initializer && CONSTANTS.test(node.name.getText())) {
    return [node.initializer];
  }
  return ts.isPropertyAssignment(node) && PROPERTIES.has(node.name.getText()) ? [node.initializer] : [];
}

/** A string expression with code spans in place of its expressions; `undefined` when it is not a string. */
export function templateText(node: ts.Expression): string | undefined {
  if (ts.isParenthesizedExpression(node)) {
    return templateText(node.expression);
  }
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce((text, span) => `${text}\`x\`${span.literal.text}`, node.head.text);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [templateText(node.left), templateText(node.right)];
    return left === undefined && right === undefined ? undefined : `${left ?? '`x`'}${right ?? '`x`'}`;
  }
  return undefined;
}
