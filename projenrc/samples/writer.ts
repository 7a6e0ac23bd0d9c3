import { Expression, Sample, Statement, TypeName } from './syntax';

/** A language that samples are written in. */
export abstract class Writer {
  /** The name in Markdown, and the folder of the pages. */
  public abstract readonly language: string;
  public abstract readonly title: string;
  /** The imports that samples assume, unless they are programs. */
  public abstract readonly assumedImports: string;
  /** Examples of how TypeScript names are written in this language. */
  public abstract readonly naming: string;
  /** The characters that start a comment. */
  protected abstract readonly comment: string;
  /** The end of a statement. */
  protected readonly end: string = '';
  /** The space between code and a comment after it. */
  protected readonly gap: string = ' ';
  private readonly named = new Map<string, TypeName>();

  /** @param classes the classes that samples declare, by name, written by hand in this language */
  public constructor(private readonly classes: ReadonlyMap<string, string>) {}

  /** Writes a program if the sample is one, and statements otherwise. */
  public write(sample: Sample): string {
    this.named.clear();
    const body = this.body(sample);
    return sample.complete ? this.program(body, [...this.named.values()]) : `${body}\n`;
  }

  public body(sample: Sample): string {
    const unused = (name: string) =>
      sample.complete && !JSON.stringify(sample.statements).includes(`{"kind":"variable","name":"${name}"}`);
    return sample.statements
      .map(statement =>
        this.statement(statement.kind === 'const' && unused(statement.name) ? { ...statement, kind: 'do' } : statement),
      )
      .join('\n');
  }

  private statement(statement: Statement): string {
    const after = 'comment' in statement && statement.comment ? `${this.gap}${this.comment} ${statement.comment}` : '';
    switch (statement.kind) {
      case 'blank':
        return '';
      case 'comment':
        return `${this.comment} ${statement.text}`;
      case 'if not empty':
        return this.ifNotEmpty(
          this.expression(statement.list),
          statement.then.map(inner => this.statement(inner)).join('\n'),
        );
      case 'throw':
        return this.throwing(this.expression(statement.message));
      case 'class':
        return this.classOf(statement.name);
      case 'const': {
        const declaration = this.declaration(statement.name, statement.type);
        return `${declaration}${this.expression(statement.value)}${this.end}${after}`;
      }
      case 'do':
        return `${this.expression(statement.value)}${this.end}${after}`;
    }
  }

  private classOf(name: string): string {
    const written = this.classes.get(name);
    if (!written) {
      throw new Error(
        `Class '${name}' does not exist in ${this.title}. Write it by hand, next to the others in test/languages.`,
      );
    }
    return `${written.trim()}\n`;
  }

  /** Returns the name of a type, and adds the type to the imports. */
  protected name(type: TypeName): string {
    this.named.set(`${type.package}.${type.name}`, type);
    return this.qualified(type);
  }

  protected abstract qualified(type: TypeName): string;
  protected abstract declaration(name: string, type: TypeName): string;
  protected abstract expression(expression: Expression): string;
  protected abstract ifNotEmpty(list: string, then: string): string;
  protected abstract throwing(message: string): string;
  protected abstract program(body: string, named: TypeName[]): string;
}

export function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}
