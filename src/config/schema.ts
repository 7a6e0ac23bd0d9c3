import type { Options, ValidateFunction } from 'ajv';

/** What in `data` breaks a JSON Schema, one phrase each; throws when the schema itself is not one. */
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

/* eslint-disable @typescript-eslint/no-require-imports -- Ajv takes longer to load than all else here, and few need it */
function compile(schema: any): ValidateFunction {
  const options: Options = { allErrors: true, strict: false };
  const { Ajv } = require('ajv') as typeof import('ajv');
  const { Ajv2020 } = require('ajv/dist/2020') as typeof import('ajv/dist/2020');
  const addFormats = require('ajv-formats') as typeof import('ajv-formats').default;
  const ajv = String(schema?.$schema ?? '').includes('2020-12') ? new Ajv2020(options) : new Ajv(options);
  addFormats(ajv);
  return ajv.compile(schema);
}
