/* oxlint-disable typescript/no-require-imports -- it takes a fifth of the import, and few apps need it */
/** Returns the YAML library, which is loaded on first use. */
export function yamlLibrary(): typeof import('yaml') {
  return require('yaml') as typeof import('yaml');
}

/** Writes YAML in which words that are booleans in YAML 1.1 are quoted. */
export function writeYaml(data: unknown): string {
  return yamlLibrary().stringify(data, { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0 });
}
