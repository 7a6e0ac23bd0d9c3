import type { IConstruct } from 'constructs';
import { fail } from './fail';

/**
 * The type of a prop: a type of JavaScript, `object` for a struct or an interface, or the name of a class. `string[]`
 * is a list, and `string{}` an object with values of the type.
 */
export type PropType<V = any> = 0 extends 1 & V
  ? string
  : [V] extends [string]
    ? 'string'
    : [V] extends [number]
      ? 'number'
      : [V] extends [boolean]
        ? 'boolean'
        : [V] extends [readonly (infer Element)[]]
          ? `${PropType<Element>}[]`
          : string extends keyof V
            ? `${PropType<V[keyof V]>}{}`
            : string;

const PRIMITIVES = ['string', 'number', 'boolean'];

/** The types that object literals satisfy. */
const STRUCTURAL = ['object', 'EnvValue'];

const EXAMPLES: Readonly<Record<string, string>> = {
  string: 'Use a string, for example \'"a"\'.',
  number: 'Use a number without quotes.',
  boolean: "Use 'true' or 'false' without quotes.",
  object: "Use an object, for example '{ ... }'.",
  Size: "Use a Size, for example 'Size.mebibytes(512)'.",
  Duration: "Use a Duration, for example 'Duration.seconds(30)'.",
  Cpu: "Use a Cpu, for example 'Cpu.millis(500)'.",
  EnvValue: "Use 'EnvValue.fromValue(...)' of cdk8s-plus-28, or 'EnvValues.fromStrings({ ... })' for several strings.",
};

/** Refuses a value of another type. The error does not contain the value, because it can be a credential. */
export function checkType(
  location: IConstruct | string,
  name: string,
  value: unknown,
  type: string,
  within: string,
): void {
  const elementType = /^(.*)(?:\[\]|\{\})$/.exec(type)?.[1];
  if (elementType === undefined) {
    if (!isOf(value, type)) {
      refuse(location, name, value, type, within);
    }
    return;
  }
  const isList = type.endsWith('[]');
  if (isList ? !Array.isArray(value) : !isOf(value, 'object')) {
    refuse(location, name, value, isList ? 'list' : 'object', within);
  }
  for (const [key, element] of Object.entries(value as object)) {
    if (element !== undefined || isList) {
      checkType(location, isList ? `${name}[${key}]` : `${name}.${key}`, element, elementType, within);
    }
  }
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'any') {
    return true;
  }
  if (PRIMITIVES.includes(type)) {
    return typeof value === type;
  }
  if (typeof value === 'function') {
    return true;
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (STRUCTURAL.includes(type) || !isPlain(value))
  );
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refuse(location: IConstruct | string, name: string, value: unknown, type: string, within: string): never {
  const example = type === 'list' ? `Use a list, for example '${name}: [...]'.` : EXAMPLES[type];
  fail(
    location,
    `'${name}'${within} is ${describe(value)}, but must be ${article(type)}.`,
    example ?? `Use the factories of '${type}'.`,
  );
}

function describe(value: unknown): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  return Array.isArray(value) ? 'a list' : article(typeof value);
}

function article(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
