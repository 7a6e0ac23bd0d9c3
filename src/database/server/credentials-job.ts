import { ApiObject, Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { CredentialKeys } from './credential-keys';
import { CREATE_SECRET, secretTemplate } from './credentials-script';
import { accountMount, API_SERVER_EGRESS, apiPermissions, CURL_IMAGE, CURL_USER } from '../../api-client/api-access';
import { trimEnd } from '../../checks/paths';
import { Inventory } from '../../inspect/inventory';
import { readConstructs } from '../../inspect/read-constructs';
import { JobObject } from '../../objects/job-object';
import { PodAssembly } from '../../pod/assembly';
import { serviceAccount } from '../../pod/companions';
import type { Identity } from '../../pod/identity';
import { networkPolicy } from '../../pod/network-policy';
import { PodVolume } from '../../pod/volumes/pod-volume';
import { isFor } from '../../safety/rule';
import { RULES } from '../../safety/rules';
import { audit } from '../../safety/run';
import { isWaived, waivedRules, Waiver, waiverAnnotations } from '../../safety/waiver';

/** The Job runs a few short programs, one after another. */
const RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.millis(200) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(32) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(16) },
};

/**
 * The time in which the Secret must exist: enough for a new node, a slow image pull and the retries of six pods. A
 * database waits as long for its first start. The token of the pods is renewed in the meantime.
 */
const DEADLINE_SECONDS = 3600;

interface CredentialsJobOptions {
  readonly image?: string;
  /** The waivers of the database, which apply to the Job too. */
  readonly waivers?: readonly Waiver[];
}

/**
 * Creates the Job that generates the Secret in the cluster, with its permissions and its network policy.
 *
 * The same manifest can be applied any number of times.
 */
export function credentialsJob(
  parent: Construct,
  identity: Identity,
  keys: CredentialKeys,
  { image = CURL_IMAGE, waivers = [] }: CredentialsJobOptions,
): void {
  const scope = new Construct(parent, 'credentials');
  const podLabels = {
    'app.kubernetes.io/name': 'credentials',
    'app.kubernetes.io/instance': identity.podLabels['app.kubernetes.io/instance'],
  };
  const jobIdentity: Identity = {
    name: `${identity.name}-credentials`,
    namespace: identity.namespace,
    labels: { ...podLabels, 'app.kubernetes.io/managed-by': 'cdk8s' },
    podLabels,
  };
  serviceAccount(scope, jobIdentity);
  // RBAC cannot restrict `create` to a name; the Job cannot read, change or delete any Secret
  apiPermissions(scope, jobIdentity, [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }]);
  if (!isWaived(scope, 'network-policy')) {
    networkPolicy(scope, 'NetworkPolicy', jobIdentity, () => ({
      ingress: [],
      egress: [API_SERVER_EGRESS],
    }));
  }
  const object = job(scope, jobIdentity, jobSpec(scope, keys, image, jobIdentity));
  annotateWaivers(scope, object, waivers);
}

function job(scope: Construct, { name, namespace, labels }: Identity, spec: object): ApiObject {
  return new JobObject(scope, 'Job', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: trimEnd(name.slice(0, 52), '-'), namespace, labels },
    spec,
  });
}

/** Annotates the Job with those waivers of the database that it needs. The audit reports others as unused. */
function annotateWaivers(scope: Construct, object: ApiObject, waivers: readonly Waiver[]): void {
  const waived = waivedRules(scope);
  const rules = RULES.filter(rule => waived.has(rule.id) && isFor(scope, rule));
  if (rules.length === 0) {
    return;
  }
  const { findings } = audit(new Inventory(readConstructs(scope)), { rules });
  const needed = new Set<string>(findings.map(({ rule }) => rule.id));
  const annotations = waiverAnnotations(waivers.filter(({ rule }) => needed.has(rule)));
  Object.entries(annotations).forEach(([key, reason]) => object.metadata.addAnnotation(key, reason));
}

function jobSpec(scope: Construct, keys: CredentialKeys, image: string, identity: Identity) {
  const pods = new PodAssembly(scope, {
    identity,
    app: {
      name: 'create',
      image,
      command: ['sh', '-c', CREATE_SECRET],
      resources: RESOURCES,
      shutdownTimeout: Duration.seconds(5),
    },
    runAsUser: CURL_USER,
    runAsGroup: CURL_USER,
    controller: { hasReplicas: false, runsToCompletion: true, restartPolicy: 'OnFailure' },
    serves: false,
  });
  pods.push({
    owner: 'the credentials',
    additions: {
      env: { SECRET: EnvValue.fromValue(secretTemplate(keys)) },
      mounts: [
        {
          path: '/tmp',
          volume: PodVolume.emptyDir('scratch-tmp', { sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY }),
        },
        accountMount(),
      ],
    },
  });
  // no TTL: GitOps tools would create the deleted Job again at each sync
  return { activeDeadlineSeconds: DEADLINE_SECONDS, backoffLimit: 6, template: pods.template() };
}
