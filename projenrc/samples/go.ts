import { assemblyOf } from './assemblies';
import { Arguments, bracketed, ElementType, Expression, Field, Item, TypeName } from './syntax';
import { indented, Writer } from './writer';

/** The import names of the packages. */
const ALIASES = new Map([
  ['cdk8s', 'cdk8s'],
  ['cdk8s-plus-28', 'kplus'],
  ['cdk8s-storage-patterns', 'patterns'],
  ['constructs', 'constructs'],
]);
const JSII = '"github.com/aws/jsii-runtime-go"';
const LAYOUT = { indent: '\t', comment: '//', trailing: ',' };
const byPath = (a: string, b: string) => (a.slice(a.indexOf('"')) < b.slice(b.indexOf('"')) ? -1 : 1);
const capitalized = (name: string) => name[0].toUpperCase() + name.slice(1);

export class Go extends Writer {
  public readonly language = 'go';
  public readonly title = 'Go';
  public readonly assumedImports =
    'import ' + `(\n${indented([JSII, ...[...ALIASES.keys()].map(importOf)].sort(byPath).join('\n'), '\t')}\n)\n`;
  public readonly naming =
    '`Waiver.drainBeforeStop(reason)` is `patterns.Waiver_DrainBeforeStop(reason)`, and `servicePort: 80` is ' +
    '`ServicePort: jsii.Number(80)`';
  protected readonly comment = '//';

  protected qualified({ package: module, name }: TypeName): string {
    return module ? `${ALIASES.get(module)}.${name}` : name;
  }

  protected declaration(name: string): string {
    return `${name} := `;
  }

  protected expression(e: Expression): string {
    switch (e.kind) {
      case 'string':
        return e.any ? JSON.stringify(e.value) : `jsii.String(${JSON.stringify(e.value)})`;
      case 'number':
        return e.any ? e.value : `jsii.Number(${e.value})`;
      case 'boolean':
        return e.any ? String(e.value) : `jsii.Bool(${e.value})`;
      case 'variable':
        return e.name;
      case 'list':
        return this.literal(
          `${e.any ? '' : '&'}[]${this.type(e.elements)}{`,
          e.items.map(item => this.item(item)),
          e.broken,
        );
      case 'map':
        return this.literal(
          `${e.any ? '' : '&'}map[string]${this.type(e.elements)}{`,
          this.fields(e.fields, JSON.stringify),
          e.broken,
        );
      case 'struct':
        return this.literal(`&${this.name(e.type)}{`, this.fields(e.fields, capitalized), e.broken);
      case 'new':
        return e.type.package ? this.call(this.name(e.type).replace('.', '.New'), e.args) : `&${e.type.name}{}`;
      case 'static':
        return this.call(`${this.name(e.type)}_${capitalized(e.name)}`, e.args);
      case 'call':
        return this.call(`${this.expression(e.target)}.${capitalized(e.name)}`, e.args);
      case 'constant':
        return `${this.name(e.type)}_${e.name}${e.enum ? '' : '()'}`;
      case 'property':
        return `${this.expression(e.target)}.${capitalized(e.name)}()`;
    }
  }

  protected ifNotEmpty(list: string, then: string): string {
    return `if len(*${list}) > 0 {\n${indented(then, LAYOUT.indent)}\n}`;
  }

  protected throwing(message: string): string {
    return `panic(*${message})`;
  }

  private literal(
    open: string,
    items: Array<{ text: string; comment?: string; key?: string }>,
    broken: boolean,
  ): string {
    const plain = bracketed(
      open,
      items.map(({ key, text, comment }) => ({ text: key ? `${key} ${text}` : text, comment })),
      '}',
      { ...LAYOUT, broken },
    );
    return plain.includes('\n') ? bracketed(open, aligned(items), '}', { ...LAYOUT, broken: true }) : plain;
  }

  private item({ value, comment }: Item): { text: string; comment?: string } {
    return { text: this.expression(value), comment };
  }

  private fields(
    fields: Field[],
    key: (name: string) => string,
  ): Array<{ text: string; comment?: string; key?: string }> {
    return fields.map(field => ({ key: `${key(field.name)}:`, ...this.item(field) }));
  }

  private type(elements: ElementType): string {
    if (typeof elements !== 'string') {
      return `${elements.struct ? '*' : ''}${this.name(elements.type)}`;
    }
    return { any: 'interface{}', string: '*string', number: '*float64', boolean: '*bool' }[elements];
  }

  private call(name: string, { values, omitted }: Arguments): string {
    const args = [...values.map(argument => this.expression(argument)), ...Array(omitted).fill('nil')];
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

  protected program(body: string, named: TypeName[]): string {
    const modules = [...new Set(named.map(type => type.package))].map(importOf);
    const imports = [JSII, ...modules].sort(byPath);
    const main = `func main() {\n\tdefer jsii.Close()\n\n${indented(body, '\t')}\n}\n`;
    return `package main\n\nimport (\n${indented(imports.join('\n'), '\t')}\n)\n\n${main}`;
  }
}

function importOf(name: string): string {
  const {
    name: npmName,
    version,
    targets: { go },
  } = assemblyOf(name);
  const major = Number(version.split('.')[0]);
  const own = go.packageName ?? npmName.replace(/\W/g, '');
  const path = `${go.moduleName}/${own}${major > 1 ? `/v${major}` : ''}`;
  const alias = ALIASES.get(name)!;
  return `${alias === own ? '' : `${alias} `}"${path}"`;
}

/** Aligns the values of adjacent lines, as gofmt does. */
function aligned(
  items: Array<{ text: string; comment?: string; key?: string }>,
): Array<{ text: string; comment?: string }> {
  const isLine = (i: number) => i >= 0 && i < items.length && !items[i].text.includes('\n');
  return items.map(({ text, comment, key }, i) => {
    let [first, last] = [i, i];
    while (isLine(i) && isLine(first - 1)) {
      first--;
    }
    while (isLine(i) && isLine(last + 1)) {
      last++;
    }
    const width = Math.max(...items.slice(first, last + 1).map(item => item.key?.length ?? 0));
    return { text: key ? `${key.padEnd(width)} ${text}` : text, comment };
  });
}
