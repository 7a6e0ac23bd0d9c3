import { App, Chart } from 'cdk8s';
import { SafetyAudit, Waiver } from '../../src';
import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';
import { workload } from '../synth';

const HARDENED = RULES.filter(({ safeDefault }) => safeDefault?.apply).map(({ id }) => id);

test.each(HARDENED)('a waiver of %s is used, because it omits the default of a workload', id => {
  const chart = new Chart(new App(), 'test');
  workload(chart, { waivers: [Waiver.of(id, 'the vendor requires it')] });
  expect(SafetyAudit.run(chart).unusedWaivers).toEqual([]);
});

/** Returns the ids of the rules whose waivers an audit reports as unused. */
function unusedWaivers(rules: readonly string[], spec: string): string[] {
  const annotations = rules.map(id => `waiver.cdk8s-storage-patterns/${id}: the vendor requires it`).join(', ');
  const { objects } = readYaml(
    `{apiVersion: v1, kind: Pod, metadata: {name: app, annotations: {${annotations}}}, spec: ${spec}}`,
    'app.yaml',
  );
  return audit(new Inventory(objects), { rules: RULES }).unusedWaivers.map(({ ruleId }) => ruleId);
}

const SECURITY =
  'securityContext: {runAsNonRoot: true, runAsUser: 1, runAsGroup: 1, fsGroup: 1, ' +
  'fsGroupChangePolicy: OnRootMismatch, seccompProfile: {type: RuntimeDefault}}';
const CONTAINER_SECURITY =
  'securityContext: {capabilities: {drop: [ALL]}, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true}';
const AMOUNTS = '{cpu: 1, memory: 1Gi, ephemeral-storage: 1Gi}';
const CONTAINER =
  `{name: app, image: "acme/app:1", imagePullPolicy: IfNotPresent, ${CONTAINER_SECURITY}, ` +
  `resources: {requests: ${AMOUNTS}, limits: ${AMOUNTS}}}`;

test('a waiver is unused if the pod has the safe default', () => {
  const spec =
    '{automountServiceAccountToken: false, enableServiceLinks: false, terminationGracePeriodSeconds: 30, ' +
    `${SECURITY}, containers: [${CONTAINER}]}`;
  expect(unusedWaivers(HARDENED, spec).sort()).toEqual([...HARDENED].sort());
});

test.each(['{}', '{containers: []}', '{containers: [app]}', '{containers: [{resources: {requests: 1}}]}'])(
  'does not fail for the pod spec %s, which the API server rejects',
  spec => {
    expect(() => unusedWaivers(HARDENED, spec)).not.toThrow();
  },
);
