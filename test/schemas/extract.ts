/**
 * Writes `kubernetes-<version>.json`: strict JSON Schemas of the kinds that the library emits, from the OpenAPI
 * document of Kubernetes (`api/openapi-spec/swagger.json` of the Go module k8s.io/kubernetes).
 *
 * npx tsx test/schemas/extract.ts 1.34 "$(go mod download -json k8s.io/kubernetes@v1.34.4 | jq -r
 * .Dir)/api/openapi-spec/swagger.json"
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { KINDS, strictSchemas } from './strict';

const [version, file] = process.argv.slice(2);
const { definitions } = JSON.parse(readFileSync(file, 'utf8'));
writeFileSync(join(__dirname, `kubernetes-${version}.json`), `${JSON.stringify(strictSchemas(definitions, KINDS))}\n`);
