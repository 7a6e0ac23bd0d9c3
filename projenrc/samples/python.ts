import { assemblyOf, PACKAGES } from './assemblies';
import { Arguments, bracketed, Expression, Item, TypeName } from './syntax';
import { indented, Writer } from './writer';

const MODULES = new Map(PACKAGES.map(name => [name, assemblyOf(name).targets.python.module as string]));
const LAYOUT = { indent: '    ', comment: ' #', trailing: ',' };
const snake = (name: string) =>
  /^[A-Z0-9_]+$/.test(name) ? name : name.replace(/([a-z0-9])(?=[A-Z])/g, '$1_').toLowerCase();

export class Python extends Writer {
  public readonly language = 'python';
  public readonly title = 'Python';
  public readonly assumedImports = `import cdk8s_plus_28 as kplus
import jsii
from cdk8s import *
from cdk8s_storage_patterns import *
`;
  public readonly naming =
    '`Waiver.drainBeforeStop(reason)` is `Waiver.drain_before_stop(reason)`, and `servicePort: 80` is ' +
    '`service_port=80`';
  protected readonly comment = '#';
  protected readonly gap = '  ';

  protected qualified({ package: module, name }: TypeName): string {
    return module === 'cdk8s-plus-28' ? `kplus.${name}` : name;
  }

  protected declaration(name: string): string {
    return `${snake(name)} = `;
  }

  protected expression(e: Expression): string {
    switch (e.kind) {
      case 'string':
        return JSON.stringify(e.value);
      case 'number':
        return e.value;
      case 'boolean':
        return e.value ? 'True' : 'False';
      case 'variable':
        return snake(e.name);
      case 'list':
        return bracketed(
          '[',
          e.items.map(item => this.item(item)),
          ']',
          { ...LAYOUT, broken: e.broken },
        );
      case 'map':
        return bracketed(
          '{',
          e.fields.map(field => this.item(field, `${JSON.stringify(field.name)}: `)),
          '}',
          { ...LAYOUT, broken: e.broken },
        );
      case 'struct':
        return bracketed(
          `${this.name(e.type)}(`,
          e.fields.map(field => this.item(field, `${snake(field.name)}=`)),
          ')',
          { ...LAYOUT, broken: e.broken },
        );
      case 'new':
        return this.call(this.name(e.type), e.args);
      case 'static':
        return this.call(`${this.name(e.type)}.${snake(e.name)}`, e.args);
      case 'call':
        return this.call(`${this.expression(e.target)}.${snake(e.name)}`, e.args);
      case 'constant':
        return `${this.name(e.type)}.${e.name}`;
      case 'property':
        return `${this.expression(e.target)}.${snake(e.name)}`;
    }
  }

  protected ifNotEmpty(list: string, then: string): string {
    return `if ${list}:\n${indented(then, LAYOUT.indent)}`;
  }

  protected throwing(message: string): string {
    return `raise RuntimeError(${message})`;
  }

  private item({ value, comment }: Item, prefix = ''): { text: string; comment?: string } {
    return { text: prefix + this.expression(value), comment };
  }

  /** A struct that is the last argument becomes keyword arguments. */
  private call(name: string, { values, omitted }: Arguments): string {
    const last = values[values.length - 1];
    if (last?.kind !== 'struct' || omitted > 0) {
      const args = values.map(argument => this.expression(argument));
      return args.length === 1
        ? `${name}(${args[0]})`
        : bracketed(
            `${name}(`,
            args.map(text => ({ text })),
            ')',
            LAYOUT,
          );
    }
    const positional = values
      .slice(0, -1)
      .map(argument => this.expression(argument))
      .join(', ');
    const keywords = last.fields.map(field => this.item(field, `${snake(field.name)}=`));
    return bracketed(`${name}(`, [...(positional ? [{ text: positional }] : []), ...keywords], ')', {
      ...LAYOUT,
      broken: last.broken,
    });
  }

  protected program(body: string, named: TypeName[]): string {
    const imports = [...MODULES].flatMap(([name, module]) => {
      const names = named
        .filter(type => type.package === name)
        .map(type => type.name)
        .sort();
      const line = `from ${module} import ${names.join(', ')}`;
      return names.length === 0
        ? []
        : name === 'cdk8s-plus-28'
          ? [`import ${module} as kplus`]
          : line.length < 110
            ? [line]
            : [
                bracketed(
                  `from ${module} import (`,
                  names.map(text => ({ text })),
                  ')',
                  { ...LAYOUT, broken: true },
                ),
              ];
    });
    return `${imports.join('\n')}\n\n${body}\n`;
  }
}
