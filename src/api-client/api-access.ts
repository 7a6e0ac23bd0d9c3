import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { ACCOUNT_DIRECTORY } from './api-script';
import { withDigest } from '../facts/image-digests';
import { API_SERVER_PORTS } from '../facts/network';
import { ReadableApiObject } from '../objects/readable-api-object';
import type { Identity } from '../pod/identity';
import { tcp } from '../pod/network-policy';
import type { PodMount } from '../pod/pod-parts';
import { PodVolume } from '../pod/volumes/pod-volume';

/** The image of curl, which contains a shell. */
export const CURL_IMAGE = withDigest('docker.io/curlimages/curl:8.16.0');

/** The user of the containers with curl, which needs no entry in the image. */
export const CURL_USER = 10001;

/** The rule of a NetworkPolicy that opens the API server, whose address no manifest knows. */
export const API_SERVER_EGRESS: object = { ports: tcp(...API_SERVER_PORTS) };

/** A rule of a Role. */
export interface ApiPermission {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Returns the mount of the files of the ServiceAccount, as Kubernetes would mount them into all containers. */
export function accountMount(): PodMount {
  return {
    path: ACCOUNT_DIRECTORY,
    volume: PodVolume.fromSource('account', {
      projected: {
        defaultMode: 0o440,
        sources: [
          { serviceAccountToken: { path: 'token', expirationSeconds: 1800 } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    }),
    readOnly: true,
  };
}

/** Creates the Role with the permissions of a ServiceAccount, and its RoleBinding; all have the same name. */
export function apiPermissions(
  scope: Construct,
  { name, namespace, labels }: Pick<Identity, 'name' | 'namespace' | 'labels'>,
  rules: readonly ApiPermission[],
): void {
  bind(scope, 'Role', { name, namespace, labels }, { name, namespace }, rules);
}

/** Creates the ClusterRole with the permissions of a ServiceAccount. Its name begins with the namespace. */
export function clusterPermissions(
  scope: Construct,
  { name, labels }: Pick<Identity, 'name' | 'labels'>,
  namespace: string,
  rules: readonly ApiPermission[],
): void {
  bind(scope, 'ClusterRole', { name: `${namespace}-${name}`, labels }, { name, namespace }, rules);
}

function bind(
  scope: Construct,
  kind: 'Role' | 'ClusterRole',
  metadata: ApiObjectMetadata,
  account: { readonly name: string; readonly namespace?: string },
  rules: readonly ApiPermission[],
): void {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  new ReadableApiObject(scope, kind, { apiVersion, kind, metadata, rules });
  new ReadableApiObject(scope, `${kind}Binding`, {
    apiVersion,
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
}
