/* eslint-disable @typescript-eslint/no-require-imports -- it takes a fifth of the import, and few apps need it */
/** Returns the YAML library, which is loaded on first use. */
export function yamlLibrary(): typeof import('yaml') {
  return require('yaml') as typeof import('yaml');
}
