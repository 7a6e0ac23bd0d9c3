import type { ImageFacts } from './image-facts';

/** Stores of secrets and of the state of clusters. */
export const SECRET_STORE_IMAGES: readonly ImageFacts[] = [
  {
    id: 'vault',
    title: 'Vault',
    repositories: ['docker.io/hashicorp/vault', 'docker.io/library/vault'],
    sources: ['https://github.com/hashicorp/docker-vault/blob/master/0.X/Dockerfile'],
    layouts: [{ volume: '/vault/file', data: '/vault/file' }],
    stateless: /(?:^|\s)(?:agent|proxy)\b|(?:^|\s)-dev\b/m,
    dataSetting: /"?path"?\s*[=:]\s*"(\/[^"]+)"/,
    // the configuration chooses the storage, which can be another server
    configuration: /^/,
    canKeepStateElsewhere: true,
    volumes: ['/vault/file', '/vault/logs'],
  },
  {
    id: 'consul',
    title: 'Consul',
    repositories: ['docker.io/hashicorp/consul', 'docker.io/library/consul'],
    sources: ['https://github.com/hashicorp/docker-consul/blob/master/0.X/Dockerfile'],
    layouts: [{ volume: '/consul/data', data: '/consul/data' }],
    stateful: /(?:^|\s)-server\b|"server"\s*:\s*true|-bootstrap/m,
    stateless: /(?:^|\s)-dev\b/m,
    dataSetting: /-data-dir[ =](\/\S+)/,
    replicates: /-bootstrap-expect\b|-retry-join\b/,
    volumes: ['/consul/data'],
  },
  {
    id: 'etcd',
    title: 'etcd',
    repositories: ['quay.io/coreos/etcd', 'gcr.io/etcd-development/etcd', 'registry.k8s.io/etcd', 'k8s.gcr.io/etcd'],
    sources: [
      'https://github.com/etcd-io/etcd/blob/main/Dockerfile',
      'https://etcd.io/docs/latest/op-guide/configuration/',
    ],
    programs: ['etcd'],
    port: 2379,
    serverVariables: ['ETCD_INITIAL_CLUSTER', 'ETCD_INITIAL_CLUSTER_STATE', 'ETCD_LISTEN_PEER_URLS'],
    layouts: [{ volume: '/var/lib/etcd', data: '/var/lib/etcd/default.etcd' }],
    dataVariable: 'ETCD_DATA_DIR',
    dataOption: '--data-dir',
    configuration: /--config-file|\.ya?ml$/m,
    replicates: /--initial-cluster\b|^ETCD_INITIAL_CLUSTER=/m,
  },
  {
    id: 'keycloak',
    title: 'Keycloak',
    repositories: ['quay.io/keycloak/keycloak', 'docker.io/keycloak/keycloak'],
    sources: [
      'https://github.com/keycloak/keycloak/blob/main/quarkus/container/Dockerfile',
      'https://www.keycloak.org/server/db',
    ],
    layouts: [{ volume: '/opt/keycloak/data', data: '/opt/keycloak/data/h2' }],
    // the database in a file is for development
    stateless: /--db(?:-url|-url-host)?[ =]|^KC_DB/m,
    stateful: /(?:^|\s)start-dev\b/m,
    configuration: /keycloak\.conf$|^\/opt\/keycloak\/conf(?:\/|$)/m,
    canKeepStateElsewhere: true,
    user: 1000,
  },
];
