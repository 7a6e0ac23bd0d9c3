import { Credential, CredentialPart, Pipeline, Sink } from '../pipeline';

/** A variable that contains a dollar sign. */
const DOLLAR = 'DOLLAR';

/** Returns the variables of Fluent Bit that read credentials from files. */
export function credentialVariables({ sinks }: Pipeline): Record<string, string>[] | undefined {
  const files = sinks.flatMap(sink =>
    Object.entries(sink.credentials).flatMap(([part, { file }]) =>
      file === undefined ? [] : [{ name: variableName(sink, part), uri: `file://${file}` }],
    ),
  );
  return files.length === 0 ? undefined : [{ name: DOLLAR, value: '$' }, ...files];
}

/** Returns a reference to a part of a credential. Use it in settings whose variables Fluent Bit expands once. */
export function once(sink: Sink, part: CredentialPart): string | undefined {
  const credential = sink.credentials[part];
  return credential && `\${${referencedVariable(sink, part, credential)}}`;
}

/**
 * Returns a reference to a part of a credential. Use it in settings whose variables Fluent Bit expands twice. The first
 * time yields the reference, the second time its value, so a credential that looks like a variable is not expanded.
 */
export function twice(sink: Sink, part: CredentialPart): string | undefined {
  const credential = sink.credentials[part];
  return credential && `\${${DOLLAR}}{${referencedVariable(sink, part, credential)}}`;
}

function referencedVariable(sink: Sink, part: CredentialPart, { variable }: Credential): string {
  return variable ?? variableName(sink, part);
}

function variableName({ name }: Sink, part: string): string {
  return `LOG_${name.toUpperCase().replace(/-/g, '_')}_${part}`;
}
