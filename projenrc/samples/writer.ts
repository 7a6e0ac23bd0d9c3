import { Expression, Sample, Statement, TypeName } from './syntax';

/** A language that samples are written in. */
export abstract class Writer {
  /** As Markdown calls it, and the folder of its pages. */
  public abstract readonly language: string;
  public abstract readonly title: string;
  /** What samples that are no programs take for granted. */
  public abstract readonly granted: string;
  /** How code in a message, which is TypeScript's, is written here. */
  public abstract readonly messages: string;
  /** What a comment starts with. */
  protected abstract readonly comment: string;
  /** What ends a statement. */
  protected readonly end: string = '';
  /** What stands between code and the comment after it. */
  protected readonly gap: string = ' ';
  private readonly named = new Map<string, TypeName>();

  /** `classes` are those that samples declare, written by hand in this language. */
  public constructor(private readonly classes: ReadonlyMap<string, string>) {}

  /** A program, for a sample that is one; the statements otherwise. */
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
      case 'const':
        return `${this.declaration(statement.name, statement.type)}${this.expression(statement.value)}${this.end}${after}`;
      case 'do':
        return `${this.expression(statement.value)}${this.end}${after}`;
    }
  }

  private classOf(name: string): string {
    const written = this.classes.get(name);
    if (!written) {
      throw new Error(
        `there is no class '${name}' in ${this.language}. write it by hand beside the others in test/languages`,
      );
    }
    return `${written.trim()}\n`;
  }

  /** The name of a type, which the program then imports. */
  protected name(type: TypeName): string {
    this.named.set(`${type.package}.${type.name}`, type);
    return this.qualified(type);
  }

  /** The name of a member, for prose. */
  public abstract member(type: string, name: string): string;
  public abstract property(name: string): string;

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
