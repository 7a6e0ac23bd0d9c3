import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { SecretSource } from '../../../src';

/** Mostly what is right, now and then what is not, so that whole programs come out either way. */
export function mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 25, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

export function optional<T>(record: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record<T>(record, { requiredKeys: [] });
}

/** What YAML, Kubernetes, a shell or JavaScript may take for something else. */
export const hostile = fc.constantFrom(
  '', ' ', 'yes', 'no', 'null', '~', '1e3', '0x10', '010', '.inf', '__proto__', 'constructor', 'toString', '..', '.', '/', 'a/b', 'a\nb',
  '\u0000', '\u202e', 'ü', '😀', '-', '--', '#', ': ', '- ', '{{', '$(A)', '<script>', 'A', 'a.b', 'a_b', '0', '-a', 'a-',
  ...[63, 64, 253, 254].map(length => 'a'.repeat(length)),
);
export const text = fc.oneof(hostile, fc.string());
export const name = mostly(fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/), hostile);
export const variable = mostly(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/), hostile);
export const filePath = mostly(fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,6}){0,2}\.[a-z]{1,4}$/), hostile);
export const mountPath = mostly(fc.stringMatching(/^(\/[a-z]{2,8}){2,3}$/), fc.oneof(hostile, hostile.map(end => `/${end}`)));
export const imageReference = mostly(fc.constantFrom('acme/app:1.0.0', `acme/app@sha256:${'0'.repeat(64)}`, 'localhost:5000/a/b:v1_x'), hostile);
export const port = mostly(fc.integer({ min: 1024, max: 40000 }), fc.constantFrom(-1, 0, 1, 80, 65535, 65536, 1.5, NaN, Infinity));
export const size = mostly(
  fc.integer({ min: 1, max: 4096 }).map(Size.mebibytes),
  fc.constantFrom(Size.kibibytes(0), Size.gibibytes(1.5), Size.kibibytes(1)),
);
export const time = mostly(fc.constantFrom(1, 10, 3600), fc.constantFrom(0, 100000, 0.5)).map(Duration.seconds);
export const secret = name.map(SecretSource.fromName);
export const metadata = optional({ name, labels: fc.dictionary(name, name, { maxKeys: 2 }), annotations: fc.dictionary(name, text, { maxKeys: 2 }) });
