import { ApiObject, Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { CredentialKeys } from './credential-keys';
import { trimEnd } from '../../checks/paths';
import { API_SERVER_PORTS } from '../../facts/network';
import { Inventory } from '../../inspect/inventory';
import { readConstructs } from '../../inspect/read-constructs';
import { JobObject } from '../../objects/job-object';
import { ReadableApiObject } from '../../objects/readable-api-object';
import { PodAssembly } from '../../pod/assembly';
import { serviceAccount } from '../../pod/companions';
import type { Identity } from '../../pod/identity';
import { networkPolicy, tcp } from '../../pod/network-policy';
import { PodVolume } from '../../pod/volumes/pod-volume';
import { isFor } from '../../safety/rule';
import { RULES } from '../../safety/rules';
import { audit } from '../../safety/run';
import { isWaived, Waiver, waiverAnnotations } from '../../safety/waiver';

/** The image of the Job, which contains a shell. */
const GENERATOR_IMAGE = 'docker.io/curlimages/curl:8.16.0';

/** The Job runs a few short programs, one after another. */
const RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.millis(200) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(32) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(16) },
};

const ACCOUNT = '/run/secrets/account';

/** The files of a ServiceAccount, as Kubernetes would mount them. The token expires soon after the Job must end. */
const ACCOUNT_FILES = {
  defaultMode: 0o440,
  sources: [
    { serviceAccountToken: { path: 'token', expirationSeconds: 1800 } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
  ],
};

/** The address of the API server, in the variables of every pod. */
const API_SERVER = 'https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT';

/**
 * Creates the Secret, and succeeds if it already exists: the API server never creates it twice, so the Job needs no
 * permission to read Secrets. The token and the password stay in memory, and do not appear on command lines.
 */
const SCRIPT = `set -eu
umask 077
password=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \\n')
[ \${#password} -eq 48 ]
printf 'header = "Authorization: Bearer %s"\\n' "$(cat ${ACCOUNT}/token)" > /tmp/header
printf '%s' "$SECRET" | sed "s/PASSWORD/$password/" > /tmp/secret
for attempt in $(seq 60); do
  status=$(curl -sS -o /tmp/answer -w '%{http_code}' -K /tmp/header --cacert ${ACCOUNT}/ca.crt -m 10 \\
    -H 'Content-Type: application/json' -d @/tmp/secret \\
    "${API_SERVER}/api/v1/namespaces/$(cat ${ACCOUNT}/namespace)/secrets") || status=000
  case $status in
    201) echo "created the Secret"; exit 0 ;;
    409) echo "the Secret already exists and stays unchanged"; exit 0 ;;
    4*) echo "the API server rejected the request with status $status:" >&2; cat /tmp/answer >&2; exit 1 ;;
  esac
  echo "waiting for the API server (status $status)"
  sleep 2
done
exit 1
`;

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
  { image = GENERATOR_IMAGE, waivers = [] }: CredentialsJobOptions,
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
  permissions(scope, jobIdentity);
  if (!isWaived(scope, 'network-policy')) {
    networkPolicy(scope, 'NetworkPolicy', jobIdentity, () => ({
      ingress: [],
      egress: [{ ports: tcp(...API_SERVER_PORTS) }],
    }));
  }
  const object = job(scope, jobIdentity, jobSpec(scope, keys, image, jobIdentity));
  annotateWaivers(scope, object, waivers);
}

function permissions(scope: Construct, { name, namespace, labels }: Identity): void {
  const metadata = { name, namespace, labels };
  new ReadableApiObject(scope, 'Role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    // RBAC cannot restrict `create` to a name; the Job cannot read, change or delete any Secret
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }],
  });
  new ReadableApiObject(scope, 'RoleBinding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
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
  const rules = RULES.filter(rule => isWaived(scope, rule.id) && isFor(scope, rule));
  const { findings } = audit(new Inventory(readConstructs(scope)), { rules });
  const needed = new Set<string>(findings.map(({ rule }) => rule.id));
  const annotations = waiverAnnotations(waivers.filter(({ rule }) => needed.has(rule)));
  Object.entries(annotations).forEach(([key, reason]) => object.metadata.addAnnotation(key, reason));
}

function jobSpec(scope: Construct, { secretName, passwordKey }: CredentialKeys, image: string, identity: Identity) {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secretName, labels: { 'app.kubernetes.io/managed-by': 'cdk8s' } },
    stringData: { [passwordKey]: 'PASSWORD' },
  };
  const pods = new PodAssembly(scope, {
    identity,
    app: {
      name: 'create',
      image,
      command: ['sh', '-c', SCRIPT],
      resources: RESOURCES,
      shutdownTimeout: Duration.seconds(5),
    },
    runAsUser: 10001,
    runAsGroup: 10001,
    controller: { hasReplicas: false, runsToCompletion: true, restartPolicy: 'OnFailure' },
    serves: false,
  });
  pods.push({
    owner: 'the credentials',
    additions: {
      env: { SECRET: EnvValue.fromValue(JSON.stringify(secret)) },
      mounts: [
        {
          path: '/tmp',
          volume: PodVolume.emptyDir('scratch-tmp', { sizeLimit: Size.mebibytes(1), medium: EmptyDirMedium.MEMORY }),
        },
        { path: ACCOUNT, volume: PodVolume.fromSource('account', { projected: ACCOUNT_FILES }), readOnly: true },
      ],
    },
  });
  return { backoffLimit: 6, template: pods.template() };
}
