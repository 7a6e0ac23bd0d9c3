import { readFileSync } from 'fs';
import { join } from 'path';
import { Ajv, ValidateFunction } from 'ajv';

/** The groups of custom resources. */
const CUSTOM_GROUPS = /^(?:gateway\.networking|snapshot\.storage)\.k8s\.io\/|^(?!.*k8s\.io\/).*\.(?:com|io)\//;

const schemas = new Map<string, { kinds: Record<string, string>; ajv: Ajv }>();

/** What in an object breaks the OpenAPI schema of a Kubernetes version, strictly: an unknown field is one. */
export function schemaProblems(version: '1.28' | '1.34' | '1.37', object: any): string[] {
  const kind = `${object.apiVersion} ${object.kind}`;
  const { kinds, ajv } = schemasOf(version);
  if (!(kind in kinds)) {
    return CUSTOM_GROUPS.test(`${object.apiVersion}`) ? [] : [`${kind} has no schema; add it to extract.ts`];
  }
  // compiles what is asked for, because all kinds take a second
  const validate: ValidateFunction = ajv.getSchema(`kubernetes#/definitions/${kinds[kind]}`)!;
  validate(object);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${kind}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function schemasOf(version: string) {
  let known = schemas.get(version);
  if (!known) {
    const { kinds, definitions } = JSON.parse(readFileSync(join(__dirname, `kubernetes-${version}.json`), 'utf8'));
    const ajv = new Ajv({
      strict: false,
      allErrors: true,
      validateFormats: false,
      validateSchema: false,
      inlineRefs: false,
      code: { optimize: false },
    });
    ajv.addSchema({ $id: 'kubernetes', definitions });
    known = { kinds, ajv };
    schemas.set(version, known);
  }
  return known;
}
