/* oxlint-disable no-bitwise -- the flags of TypeScript's types */
import { join } from 'path';
import * as ts from 'typescript';
import { ASSEMBLIES, OWN_PACKAGE, PACKAGES, root } from './assemblies';
import { Arguments, ElementType, Expression, Field, Item, Sample, Statement, TypeName } from './syntax';

/** Reads one sample from the syntax tree of TypeScript. */
export class Reader {
  private readonly free = new Map<string, TypeName>();

  public constructor(
    private readonly checker: ts.TypeChecker,
    private readonly source: ts.SourceFile,
    private readonly place: string,
    private readonly complete: boolean,
  ) {}

  public sample(): Sample {
    const block = this.source.statements.find(ts.isBlock);
    const statements = this.statements(this.complete ? this.source.statements : block!.statements);
    return {
      place: this.place,
      complete: this.complete,
      statements,
      free: [...this.free].map(([name, type]) => ({ name, type })),
    };
  }

  private fail(node: ts.Node): never {
    throw new Error(
      `${this.place}: '${node.getText()}' has no translation to Python, Java and Go. ` +
        'Use simpler syntax, or add it to projenrc/samples.',
    );
  }

  private statements(nodes: readonly ts.Statement[]): Statement[] {
    return nodes
      .filter(node => !ts.isImportDeclaration(node))
      .flatMap((node, i) => {
        // the rest of the previous line is cut off, because its comment belongs to the previous statement
        const before = this.source.text.slice(node.getFullStart(), node.getStart()).replace(/^.*/, '');
        const comments = [...before.matchAll(/^[ \t]*\/\/ ?(.*)$/gm)].map(([, text]) => ({
          kind: 'comment' as const,
          text,
        }));
        const blank = i > 0 && /\n[ \t]*\n/.test(before) ? [{ kind: 'blank' as const }] : [];
        return [...blank, ...comments, this.statement(node)];
      });
  }

  private statement(node: ts.Statement): Statement {
    const comment = this.commentAfter(node.end);
    if (ts.isVariableStatement(node) && node.declarationList.declarations.length === 1) {
      const { name, initializer } = node.declarationList.declarations[0];
      const type = this.typeName(this.checker.getTypeAtLocation(name));
      return ts.isIdentifier(name) && initializer && type
        ? { kind: 'const', name: name.text, type, value: this.expression(initializer), comment }
        : this.fail(node);
    }
    if (ts.isClassDeclaration(node) && node.name) {
      return { kind: 'class', name: node.name.text };
    }
    if (ts.isIfStatement(node) && ts.isBlock(node.thenStatement) && !node.elseStatement) {
      const [, list] = /^(.+)\.length > 0$/.exec(node.expression.getText()) ?? [];
      const { left } = node.expression as ts.BinaryExpression;
      return list && ts.isPropertyAccessExpression(left)
        ? {
            kind: 'if not empty',
            list: this.expression(left.expression),
            then: this.statements(node.thenStatement.statements),
          }
        : this.fail(node.expression);
    }
    if (ts.isThrowStatement(node) && ts.isNewExpression(node.expression) && node.expression.arguments?.length === 1) {
      return { kind: 'throw', message: this.expression(node.expression.arguments[0]) };
    }
    return ts.isExpressionStatement(node)
      ? { kind: 'do', value: this.expression(node.expression), comment }
      : this.fail(node);
  }

  private commentAfter(position: number): string | undefined {
    const end = this.source.text[position] === ',' ? position + 1 : position;
    const [range] = ts.getTrailingCommentRanges(this.source.text, end) ?? [];
    return range && this.source.text.slice(range.pos + 2, range.end).trim();
  }

  private expression(node: ts.Expression): Expression {
    const any = this.isAny(node);
    if (ts.isStringLiteralLike(node)) {
      return { kind: 'string', value: node.text, any };
    }
    if (ts.isNumericLiteral(node)) {
      return { kind: 'number', value: node.getText(), any };
    }
    if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
      return { kind: 'boolean', value: node.kind === ts.SyntaxKind.TrueKeyword, any };
    }
    if (ts.isArrayLiteralExpression(node)) {
      const items = node.elements.map((element): Item => ({
        value: this.expression(element),
        comment: this.commentAfter(element.end),
      }));
      return {
        kind: 'list',
        elements: this.elementType(this.contextualType(node)?.getNumberIndexType()),
        items,
        any,
        broken: this.isBroken(node),
      };
    }
    if (ts.isObjectLiteralExpression(node)) {
      return this.objectLiteral(node, any);
    }
    if (ts.isNewExpression(node)) {
      const symbol = this.checker.getSymbolAtLocation(node.expression);
      const type = symbol && (this.namedType(this.resolve(symbol)) ?? { package: '', name: symbol.name });
      return type ? { kind: 'new', type, args: this.args(node) } : this.fail(node);
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression: target } = node.expression;
      const name = node.expression.name.text;
      const type = this.typeOfReference(target);
      const args = this.args(node);
      return type
        ? { kind: 'static', type, name, args }
        : { kind: 'call', target: this.expression(target), name, args };
    }
    if (ts.isPropertyAccessExpression(node)) {
      const type = this.typeOfReference(node.expression);
      const { text: name } = node.name;
      return type
        ? { kind: 'constant', type, name, enum: this.kindOf(type).kind === 'enum' }
        : { kind: 'property', target: this.expression(node.expression), name };
    }
    return ts.isIdentifier(node) ? this.variable(node, this.checker.getSymbolAtLocation(node)) : this.fail(node);
  }

  private variable(node: ts.Identifier, symbol: ts.Symbol | undefined): Expression {
    const assumed =
      !this.complete &&
      symbol?.declarations?.some(declaration => declaration.pos < this.source.statements.find(ts.isBlock)!.pos);
    const type = assumed && this.typeName(this.checker.getTypeOfSymbol(symbol!));
    if (type) {
      this.free.set(node.text, type);
    }
    return { kind: 'variable', name: node.text };
  }

  private objectLiteral(node: ts.ObjectLiteralExpression, any: boolean): Expression {
    const fields = node.properties.map((property): Field => {
      const comment = this.commentAfter(property.end);
      if (ts.isShorthandPropertyAssignment(property)) {
        return {
          name: property.name.text,
          value: this.variable(property.name, this.checker.getShorthandAssignmentValueSymbol(property)),
          comment,
        };
      }
      return ts.isPropertyAssignment(property) && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
        ? { name: property.name.text, value: this.expression(property.initializer), comment }
        : this.fail(property);
    });
    const contextual = this.contextualType(node);
    const type = contextual && this.typeName(contextual);
    const broken = this.isBroken(node);
    return type && this.kindOf(type).datatype
      ? { kind: 'struct', type, fields, broken }
      : { kind: 'map', elements: this.elementType(contextual?.getStringIndexType()), fields, any, broken };
  }

  private args(node: ts.NewExpression | ts.CallExpression): Arguments {
    const values = (node.arguments ?? []).map(argument => this.expression(argument));
    const parameters = this.checker.getResolvedSignature(node)?.getParameters() ?? [];
    const variadic = parameters.some(
      ({ valueDeclaration: declaration }) => declaration && ts.isParameter(declaration) && declaration.dotDotDotToken,
    );
    return { values, omitted: variadic ? 0 : Math.max(0, parameters.length - values.length) };
  }

  /** The type that the context of an expression expects. */
  private contextualType(node: ts.Expression): ts.Type | undefined {
    const type = this.checker.getContextualType(node);
    return type && this.checker.getNonNullableType(type);
  }

  private isBroken(node: ts.Node): boolean {
    return node.getText().includes('\n');
  }

  private isAny(node: ts.Expression): boolean {
    const type = this.contextualType(node);
    return !type || (type.flags & ts.TypeFlags.Any) !== 0;
  }

  private elementType(type: ts.Type | undefined): ElementType {
    if (!type || type.flags & ts.TypeFlags.Any) {
      return 'any';
    }
    for (const [flag, name] of [
      [ts.TypeFlags.StringLike, 'string'],
      [ts.TypeFlags.NumberLike, 'number'],
      [ts.TypeFlags.BooleanLike, 'boolean'],
    ] as const) {
      if (type.flags & flag) {
        return name;
      }
    }
    const named = this.typeName(type);
    return named ? { type: named, struct: this.kindOf(named).datatype === true } : 'any';
  }

  /** The class or enum that an expression refers to, if any. */
  private typeOfReference(node: ts.Expression): TypeName | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    const resolved = symbol && this.resolve(symbol);
    return resolved && resolved.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Enum)
      ? this.namedType(resolved)
      : undefined;
  }

  private resolve(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  private typeName(type: ts.Type): TypeName | undefined {
    const symbol = type.getSymbol();
    return symbol && this.namedType(symbol);
  }

  private namedType(symbol: ts.Symbol): TypeName | undefined {
    const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
    const name =
      PACKAGES.find(candidate => file.includes(`/node_modules/${candidate}/`)) ??
      (file.startsWith(join(root, 'src')) ? OWN_PACKAGE : undefined);
    if (!name || !ASSEMBLIES.get(name).types[`${name}.${symbol.name}`]) {
      return undefined;
    }
    return { package: name, name: symbol.name };
  }

  private kindOf(type: TypeName): { kind?: string; datatype?: boolean } {
    return ASSEMBLIES.get(type.package)?.types[`${type.package}.${type.name}`] ?? {};
  }
}
