import { readFileSync } from 'fs';
import { join } from 'path';
import { Ajv, ValidateFunction } from 'ajv';

/** The groups of custom resources. */
const CUSTOM_GROUPS = /^gateway\.networking\.k8s\.io\/|^(?!.*k8s\.io\/).*\.(?:com|io)\//;

const validators = new Map<string, Map<string, ValidateFunction>>();

/** What in an object breaks the OpenAPI schema of a Kubernetes version, strictly: an unknown field is one. */
export function schemaProblems(version: '1.28' | '1.34' | '1.37', object: any): string[] {
  const kind = `${object.apiVersion} ${object.kind}`;
  const validate = validatorsOf(version).get(kind);
  if (!validate) {
    return CUSTOM_GROUPS.test(`${object.apiVersion}`) ? [] : [`${kind} has no schema; add it to extract.ts`];
  }
  validate(object);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${kind}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function validatorsOf(version: string): Map<string, ValidateFunction> {
  let known = validators.get(version);
  if (!known) {
    const { kinds, definitions } = JSON.parse(readFileSync(join(__dirname, `kubernetes-${version}.json`), 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    ajv.addSchema({ $id: 'kubernetes', definitions });
    known = new Map(
      Object.entries<string>(kinds).map(([kind, name]) => [kind, ajv.getSchema(`kubernetes#/definitions/${name}`)!]),
    );
    validators.set(version, known);
  }
  return known;
}
