/* eslint-disable no-bitwise -- the flags of TypeScript's types */
import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import * as ts from 'typescript';
import { Arguments, ElementType, Expression, Field, Item, Sample, Statement, TypeName } from './syntax';

const root = join(__dirname, '..', '..');
export const PACKAGES = ['cdk8s', 'cdk8s-plus-28', 'cdk8s-storage-patterns', 'constructs'];
const own = PACKAGES[2];

/** What jsii says of a package: the names of its types in every language. */
export function assemblyOf(name: string): any {
  const file = join(name === own ? root : join(root, 'node_modules', name), '.jsii');
  const assembly = JSON.parse(readFileSync(file, 'utf8'));
  return assembly.schema === 'jsii/file-redirect'
    ? JSON.parse(gunzipSync(readFileSync(join(file, '..', assembly.filename))).toString())
    : assembly;
}
const assemblies = new Map(PACKAGES.map(name => [name, assemblyOf(name)]));

/** What a sample without imports takes for granted. */
function prelude(): string {
  const exported = Object.values<any>(assemblies.get(own).types).map(({ name }) => name);
  return `import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ${exported.join(', ')} } from '${own}';
declare const app: App; declare const chart: Chart; declare const api: Workload; declare const orders: StatefulDatabase;
declare const peer: kplus.INetworkPolicyPeer; declare const port: number; declare const reason: string; // what prose leaves open
`;
}

/** Reads the samples of all pages at once: `place` to TypeScript. Throws for what other languages cannot be told. */
export function readSamples(sources: ReadonlyMap<string, string>): Sample[] {
  const files = new Map(
    [...sources].map(([place, code], i) => {
      const complete = /^import /m.test(code);
      return [
        join(root, 'test', `sample-${i}.ts`),
        { place, complete, text: complete ? code : `${prelude()}\n{\n${code}}\nexport {};\n` },
      ];
    }),
  );
  const { config } = ts.readConfigFile(join(root, 'test', 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, join(root, 'test'));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = file => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    files.has(file)
      ? ts.createSourceFile(file, files.get(file)!.text, ts.ScriptTarget.ES2022, true)
      : getSourceFile.call(host, file, ...rest);
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, noUnusedLocals: false, noUnusedParameters: false },
    host,
  );
  return [...files].map(([file, { place, complete }]) => {
    const source = program.getSourceFile(file)!;
    for (const { messageText, start } of [
      ...program.getSemanticDiagnostics(source),
      ...program.getSyntacticDiagnostics(source),
    ]) {
      throw new Error(
        `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')} at ${source.text.slice(start, start! + 40)}`,
      );
    }
    return new Reader(program.getTypeChecker(), source, place, complete).sample();
  });
}

class Reader {
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
      `${this.place}: '${node.getText()}' cannot be said in Python, Java and Go by projenrc/samples. say it more ` +
        'simply, or teach it there',
    );
  }

  private statements(nodes: readonly ts.Statement[]): Statement[] {
    return nodes
      .filter(node => !ts.isImportDeclaration(node))
      .flatMap((node, i) => {
        // without the rest of the line before, whose comment belongs to what stands there
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
      return { kind: 'text', value: node.text, any };
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
        of: this.elementType(this.contextualType(node)?.getNumberIndexType()),
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
      const {
        expression: on,
        name: { text: name },
      } = node.expression;
      const type = this.typeOfReference(on);
      const args = this.args(node);
      return type ? { kind: 'static', type, name, args } : { kind: 'call', on: this.expression(on), name, args };
    }
    if (ts.isPropertyAccessExpression(node)) {
      const type = this.typeOfReference(node.expression);
      const { text: name } = node.name;
      return type
        ? { kind: 'constant', type, name, enum: this.kindOf(type).kind === 'enum' }
        : { kind: 'property', on: this.expression(node.expression), name };
    }
    return ts.isIdentifier(node) ? this.variable(node, this.checker.getSymbolAtLocation(node)) : this.fail(node);
  }

  private variable(node: ts.Identifier, symbol: ts.Symbol | undefined): Expression {
    const granted =
      !this.complete &&
      symbol?.declarations?.some(declaration => declaration.pos < this.source.statements.find(ts.isBlock)!.pos);
    const type = granted && this.typeName(this.checker.getTypeOfSymbol(symbol!));
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
      : { kind: 'map', of: this.elementType(contextual?.getStringIndexType()), fields, any, broken };
  }

  private args(node: ts.NewExpression | ts.CallExpression): Arguments {
    const given = (node.arguments ?? []).map(argument => this.expression(argument));
    const parameters = this.checker.getResolvedSignature(node)?.getParameters() ?? [];
    const variadic = parameters.some(
      ({ valueDeclaration: declaration }) => declaration && ts.isParameter(declaration) && declaration.dotDotDotToken,
    );
    return { given, omitted: variadic ? 0 : Math.max(0, parameters.length - given.length) };
  }

  /** The type that is expected where an expression stands. */
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

  /** The class or enum that an expression names, if it names one. */
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
      (file.startsWith(join(root, 'src')) ? own : undefined);
    if (!name || !assemblies.get(name).types[`${name}.${symbol.name}`]) {
      return undefined;
    }
    return { package: name, name: symbol.name };
  }

  private kindOf(type: TypeName): { kind?: string; datatype?: boolean } {
    return assemblies.get(type.package)?.types[`${type.package}.${type.name}`] ?? {};
  }
}
