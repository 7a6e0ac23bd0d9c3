/** The part of a jsii assembly that the recorder reads. */
export interface Assembly {
  readonly types: Record<string, any>;
}

/** Records which factories, constants and props of a public API are used, each as `Type.member`. */
export class Recorder {
  /** The members that were used since it was last cleared. */
  public readonly used = new Set<string>();

  constructor(private readonly assembly: Assembly) {}

  /** Every member that a user can pass to the library or call; return values do not count. */
  public usable(): Set<string> {
    const usable = new Set<string>();
    const visit = (type: any): void => {
      const known = this.known(type);
      const members: any[] =
        known?.kind === 'enum' ? known.members : known?.kind === 'interface' ? this.members(known) : [];
      for (const { name, type: inner, returns } of members) {
        if (!usable.has(`${known.name}.${name}`)) {
          usable.add(`${known.name}.${name}`);
          visit(inner ?? returns?.type);
        }
      }
    };
    for (const { name, kind, initializer, methods = [], properties = [] } of Object.values(this.assembly.types)) {
      if (kind === 'class') {
        [initializer, ...methods].forEach(callable =>
          callable?.parameters?.forEach((parameter: any) => visit(parameter.type)),
        );
        [...methods, ...properties]
          .filter(member => member.static)
          .forEach(member => usable.add(`${name}.${member.name}`));
      }
    }
    return usable;
  }

  /** Wraps the library so that every call and its arguments are recorded. */
  public wrap(library: any): any {
    const types = Object.values(this.assembly.types).filter(({ name }) => library[name]);
    return {
      ...library,
      ...Object.fromEntries(types.map(type => [type.name, this.wrapType(type, library[type.name])])),
    };
  }

  private wrapType(type: any, exported: any): any {
    const methods: any[] = type.methods ?? [];
    methods.filter(method => !method.static).forEach(method => this.observe(exported.prototype, method));
    return new Proxy(exported, {
      construct: (target, args, newTarget) => {
        this.note(type.initializer, args);
        return Reflect.construct(target, args, newTarget);
      },
      get: (target, key) => {
        const method = methods.find(({ name, static: isStatic }) => isStatic && name === key);
        if (!method) {
          this.used.add(`${type.name}.${String(key)}`);
          return target[key];
        }
        return (...args: any[]) => {
          this.used.add(`${type.name}.${method.name}`);
          this.note(method, args);
          return target[key](...args);
        };
      },
    });
  }

  /** Records the arguments of a method from now on, and the return values of a user's own method. */
  private observe(holder: any, method: any, ofUser = false): void {
    const original = holder[method.name];
    const { note, walk } = this;
    holder[method.name] = function (...args: any[]) {
      note(method, args);
      const result = original.apply(this, args);
      if (ofUser) {
        walk(method.returns?.type, result);
      }
      return result;
    };
  }

  private readonly note = (callable: any, args: any[]): void => {
    callable?.parameters?.forEach(({ type, variadic }: any, i: number) =>
      (variadic ? args.slice(i) : [args[i]]).forEach(value => this.walk(type, value)),
    );
  };

  private readonly walk = (type: any, value: any): void => {
    const known = this.known(type);
    if (known?.kind !== 'interface' || typeof value !== 'object' || value === null) {
      return;
    }
    if (type.collection) {
      Object.values(value).forEach(element => this.walk(type.collection.elementtype, element));
    } else if (known.datatype || Object.getPrototypeOf(value) === Object.prototype) {
      for (const member of this.members(known).filter(({ name }) => value[name] !== undefined)) {
        this.used.add(`${known.name}.${member.name}`);
        if (member.type) {
          this.walk(member.type, value[member.name]);
        } else {
          this.observe(value, member, true);
        }
      }
    }
  };

  /** The library's type that a type refers to, or that its elements have. */
  private known(type: any): any {
    return this.assembly.types[type?.fqn ?? type?.collection?.elementtype.fqn];
  }

  private members(type: any): any[] {
    const inherited = (type.interfaces ?? []).flatMap((fqn: string) =>
      this.assembly.types[fqn] ? this.members(this.assembly.types[fqn]) : [],
    );
    return [...inherited, ...(type.properties ?? []), ...(type.methods ?? [])];
  }
}
