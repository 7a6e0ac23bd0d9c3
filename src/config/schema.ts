import type { Options, ValidateFunction } from 'ajv';

/** Returns the violations of a JSON Schema as phrases; throws an error if the schema is invalid. */
export function schemaErrors(schema: any, data: unknown): string[] {
  const validate = compile(schema);
  if (validate(data)) {
    return [];
  }
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const detail = params.additionalProperty ?? params.allowedValues?.join(', ');
    return `'${instancePath || '/'}' ${message}${detail === undefined ? '' : ` (${detail})`}`;
  });
}

/* oxlint-disable typescript/no-require-imports -- Ajv is slow to load, and few apps need it */
function compile(schema: any): ValidateFunction {
  const options: Options = { allErrors: true, strict: false };
  const { Ajv } = require('ajv') as typeof import('ajv');
  const { Ajv2020 } = require('ajv/dist/2020') as typeof import('ajv/dist/2020');
  const addFormats = require('ajv-formats') as typeof import('ajv-formats').default;
  const ajv = String(schema?.$schema ?? '').includes('2020-12') ? new Ajv2020(options) : new Ajv(options);
  addFormats(ajv);
  return ajv.compile(schema);
}
