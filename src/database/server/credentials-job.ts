import { createHash } from 'crypto';
import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { CredentialKeys } from './credential-keys';
import { compareBy } from '../../checks/order';
import { ReadableApiObject } from '../../objects/readable-api-object';
import { PodAssembly } from '../../pod/assembly';
import { serviceAccount } from '../../pod/companions';
import type { Identity } from '../../pod/identity';
import { networkPolicy, tcp } from '../../pod/network-policy';
import { PodVolume } from '../../pod/pod-parts';
import { isWaived } from '../../safety/waiver';

/** The image of the Job: curl's own, which has a shell. */
export const GENERATOR_IMAGE = 'docker.io/curlimages/curl:8.16.0';

/** Where API servers listen: before their Service, and behind it as the distributions of Kubernetes have it. */
const API_SERVER_PORTS = [443, 6443, 8443, 16443];

/** It starts a few programs of curl's image, one after another. */
const RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.millis(200) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(32) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(16) },
};

const ACCOUNT = '/run/secrets/account';

/** What Kubernetes would mount in all containers; here the token ends soon after the Job has to. */
const ACCOUNT_FILES = {
  defaultMode: 0o440,
  sources: [
    { serviceAccountToken: { path: 'token', expirationSeconds: 1800 } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
  ],
};

/**
 * Creates the Secret and is content if there is one: the API server itself refuses to create it twice, so that nobody
 * has
 * to look first. The token and the password stay in memory, and out of command lines.
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
    "https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/api/v1/namespaces/$(cat ${ACCOUNT}/namespace)/secrets") || status=000
  case $status in
    201) echo "the Secret is made"; exit 0 ;;
    409) echo "there is a Secret of that name already, which stays as it is"; exit 0 ;;
    4*) echo "the API server refuses, with $status:" >&2; cat /tmp/answer >&2; exit 1 ;;
  esac
  echo "no answer from the API server yet ($status)"
  sleep 2
done
exit 1
`;

/**
 * Defines the Job that makes a Secret in the cluster, with what it may do and whom it may reach.
 *
 * A Job cannot be changed, so its name carries a hash of what it does: the same manifest applies again and again.
 */
export function credentialsJob(parent: Construct, identity: Identity, keys: CredentialKeys, image: string): void {
  const scope = new Construct(parent, 'credentials');
  const { namespace } = identity;
  const account = `${identity.name}-credentials`;
  const podLabels = {
    'app.kubernetes.io/name': 'credentials',
    'app.kubernetes.io/instance': identity.podLabels['app.kubernetes.io/instance'],
  };
  const labels = { ...podLabels, 'app.kubernetes.io/managed-by': 'cdk8s' };
  const metadata = { name: account, namespace, labels };

  serviceAccount(scope, { ...metadata, podLabels });
  new ReadableApiObject(scope, 'Role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    // a name cannot be told from another when something is created; it may not read, change or delete any
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }],
  });
  new ReadableApiObject(scope, 'RoleBinding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: account },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
  });
  if (!isWaived(scope, 'network-policy')) {
    networkPolicy(scope, 'NetworkPolicy', { ...metadata, podLabels }, () => ({
      ingress: [],
      egress: [{ ports: tcp(...API_SERVER_PORTS) }],
    }));
  }

  const spec = jobSpec(scope, keys, image, { ...metadata, podLabels });
  const hash = createHash('sha256').update(JSON.stringify(spec, sorted)).digest('hex').slice(0, 10);
  new ReadableApiObject(scope, 'Job', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${account.slice(0, 52).replace(/-+$/, '')}-${hash}`, namespace, labels },
    spec,
  });
}

/** Keeps the order in which keys were set out of a hash. */
function sorted(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(compareBy(([key]) => key)))
    : value;
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
    shape: pod => {
      pod.restartPolicy = 'OnFailure';
    },
    runAsUser: 10001,
    runAsGroup: 10001,
    isReplicated: false,
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
