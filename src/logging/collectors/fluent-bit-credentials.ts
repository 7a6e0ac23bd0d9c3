import { Credential, CredentialPart, Pipeline, Sink } from '../pipeline';

/** A variable that holds the sign with which variables begin. */
const SIGN = 'DOLLAR';

/** Fluent Bit's own variables, which it reads from files. */
export function credentialVariables({ sinks }: Pipeline): Record<string, string>[] | undefined {
  const files = sinks.flatMap(sink =>
    Object.entries(sink.credentials).flatMap(([part, { file }]) =>
      file === undefined ? [] : [{ name: variable(sink, part), uri: `file://${file}` }],
    ),
  );
  return files.length === 0 ? undefined : [{ name: SIGN, value: '$' }, ...files];
}

/** How a setting that is filled in once refers to a part of a credential. */
export function once(sink: Sink, part: CredentialPart): string | undefined {
  const credential = sink.credentials[part];
  return credential && `\${${named(sink, part, credential)}}`;
}

/**
 * How a setting that is filled in twice refers to it. The first time makes the name of a variable, the second
 * time fills it in. What looks like a variable in a credential is left alone.
 */
export function twice(sink: Sink, part: CredentialPart): string | undefined {
  const credential = sink.credentials[part];
  return credential && `\${${SIGN}}{${named(sink, part, credential)}}`;
}

function named(sink: Sink, part: CredentialPart, { variable: given }: Credential): string {
  return given ?? variable(sink, part);
}

function variable({ name }: Sink, part: string): string {
  return `LOG_${name.toUpperCase().replace(/-/g, '_')}_${part}`;
}
