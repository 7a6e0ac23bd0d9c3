import { assemblyOf, PACKAGES } from './assemblies';
import { Arguments, bracketed, Expression, Field, Item, TypeName } from './syntax';
import { indented, Writer } from './writer';

const NAMESPACES = new Map(PACKAGES.map(name => [name, assemblyOf(name).targets.java.package as string]));
const LAYOUT = { indent: '    ', comment: '//' };
const capitalized = (name: string) => name[0].toUpperCase() + name.slice(1);

export class Java extends Writer {
  public readonly language = 'java';
  public readonly title = 'Java';
  public readonly assumedImports = `import io.github.cdk8s_storage_patterns.*;
import java.util.*;
import org.cdk8s.*;
// import classes of org.cdk8s.plus28 one by one: some share a name with the classes above
`;
  public readonly naming = '`servicePort: 80` is `.servicePort(80)`';
  protected readonly comment = '//';
  protected readonly end = ';';

  private importOf({ package: module, name }: TypeName): string {
    return `import ${NAMESPACES.get(module)}.${name};`;
  }

  protected qualified({ name }: TypeName): string {
    return name;
  }

  protected declaration(name: string, type: TypeName): string {
    return `${this.name(type)} ${name} = `;
  }

  protected expression(e: Expression): string {
    switch (e.kind) {
      case 'string':
        return JSON.stringify(e.value);
      case 'number':
        return e.value.replace(/^0o/, '0');
      case 'boolean':
        return String(e.value);
      case 'variable':
        return e.name;
      case 'list':
        return bracketed(
          'List.of(',
          e.items.map(item => this.item(item)),
          ')',
          { ...LAYOUT, broken: e.broken },
        );
      case 'map':
        return this.map(e.fields, e.broken);
      case 'struct':
        return this.builder(`${this.name(e.type)}.builder()`, e.fields, e.broken);
      case 'new':
        return this.construct(e.type, e.args);
      case 'static':
        return this.call(`${this.name(e.type)}.${e.name}`, e.args);
      case 'call':
        return this.call(`${this.expression(e.target)}.${e.name}`, e.args);
      case 'constant':
        return `${this.name(e.type)}.${e.name}`;
      case 'property':
        return `${this.expression(e.target)}.get${capitalized(e.name)}()`;
    }
  }

  protected ifNotEmpty(list: string, then: string): string {
    return `if (!${list}.isEmpty()) {\n${indented(then, LAYOUT.indent)}\n}`;
  }

  protected throwing(message: string): string {
    return `throw new IllegalStateException(${message});`;
  }

  private item({ value, comment }: Item, prefix = ''): { text: string; comment?: string } {
    return { text: prefix + this.expression(value), comment };
  }

  private map(fields: Field[], broken: boolean): string {
    const entries = fields.map(field => this.item(field, `${JSON.stringify(field.name)}, `));
    return fields.length <= 10
      ? bracketed('Map.of(', entries, ')', { ...LAYOUT, broken })
      : bracketed(
          'Map.ofEntries(',
          entries.map(({ text, comment }) => ({ text: `Map.entry(${text})`, comment })),
          ')',
          { ...LAYOUT, broken },
        );
  }

  private call(name: string, { values }: Arguments): string {
    const args = values.map(argument => this.expression(argument));
    // only the last argument can span several lines
    return args.slice(0, -1).some(text => text.includes('\n'))
      ? bracketed(
          `${name}(`,
          args.map(text => ({ text })),
          ')',
          LAYOUT,
        )
      : `${name}(${args.join(', ')})`;
  }

  private construct(type: TypeName, { values }: Arguments): string {
    const last = values[values.length - 1];
    return last?.kind === 'struct'
      ? this.builder(
          this.call(`${this.name(type)}.Builder.create`, { values: values.slice(0, -1), omitted: 0 }),
          last.fields,
          last.broken,
        )
      : this.call(`new ${this.name(type)}`, { values, omitted: 0 });
  }

  private builder(start: string, fields: Field[], broken: boolean): string {
    const steps = fields.map(({ name, value, comment }) => ({ text: `.${name}(${this.expression(value)})`, comment }));
    const line = `${start}${steps.map(({ text }) => text).join('')}.build()`;
    if (!broken && line.length < 110 && !line.includes('\n') && !steps.some(({ comment }) => comment)) {
      return line;
    }
    const lines = [...steps.map(({ text, comment }) => (comment ? `${text} // ${comment}` : text)), '.build()'];
    return `${start}\n${indented(lines.join('\n'), LAYOUT.indent)}`;
  }

  /** The imports of types and collections. */
  private imports(body: string, named: TypeName[]): string {
    const collections = ['List', 'Map']
      .filter(name => body.includes(`${name}.of`))
      .map(name => `import java.util.${name};`);
    return [...new Set([...named.map(type => this.importOf(type)), ...collections])].sort().join('\n');
  }

  protected program(body: string, named: TypeName[]): string {
    const main =
      `public class Main {\n    public static void main(String[] args) {\n${indented(body, '        ')}\n    ` +
      '}\n}\n';
    return `${this.imports(body, named)}\n\n${main}`;
  }
}
