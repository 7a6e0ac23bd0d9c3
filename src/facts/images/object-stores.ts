import type { ImageFacts } from './image-facts';

/** Stores of objects and of images. */
export const OBJECT_STORE_IMAGES: readonly ImageFacts[] = [
  {
    id: 'minio',
    title: 'MinIO',
    repositories: ['docker.io/minio/minio', 'quay.io/minio/minio'],
    sources: ['https://github.com/minio/minio/blob/master/Dockerfile.release'],
    port: 9000,
    serverVariables: ['MINIO_ROOT_USER', 'MINIO_ROOT_PASSWORD', 'MINIO_ROOT_PASSWORD_FILE'],
    layouts: [{ volume: '/data', data: '/data' }],
    stateful: /\bserver\b|^MINIO_VOLUMES=/m,
    stateless: /\bgateway\b/,
    dataSetting: /\bserver\s+(?:--?\S+\s+\S+\s+){0,9}(\/[^\s{"'$]+)|^MINIO_VOLUMES=(\/[^\s{"'$]+)/m,
    volumes: ['/data'],
  },
  {
    id: 'seaweedfs',
    title: 'SeaweedFS',
    repositories: ['docker.io/chrislusf/seaweedfs'],
    sources: ['https://github.com/seaweedfs/seaweedfs/blob/master/docker/entrypoint.sh'],
    layouts: [{ volume: '/data', data: '/data' }],
    stateful: /(?:^|\s)(?:server|volume|master)\b/m,
    dataSetting: /(?:^|\s)-(?:m?dir)[ =](\/[^\s,]+)/m,
    volumes: ['/data'],
  },
  {
    id: 'registry',
    title: 'the registry',
    repositories: ['docker.io/library/registry', 'docker.io/distribution/distribution'],
    sources: [
      'https://github.com/distribution/distribution/blob/main/Dockerfile',
      'https://distribution.github.io/distribution/about/configuration/',
    ],
    layouts: [{ volume: '/var/lib/registry', data: '/var/lib/registry' }],
    dataVariable: 'REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY',
    // a cache of another registry can be filled again
    stateless: /^REGISTRY_(?:STORAGE=(?!filesystem)|STORAGE_(?:S3|GCS|AZURE|SWIFT|OSS|INMEMORY)|PROXY_REMOTEURL=)/m,
    configuration: /^\/etc\/(?:docker\/registry|distribution)(?:\/|$)|\.ya?ml$/m,
    canKeepStateElsewhere: true,
    sharesDirectory: true,
    volumes: ['/var/lib/registry'],
  },
  {
    id: 'harbor-registry',
    title: "Harbor's registry",
    repositories: ['docker.io/goharbor/registry-photon'],
    sources: ['https://github.com/goharbor/harbor-helm/blob/main/templates/registry/registry-dpl.yaml'],
    layouts: [{ volume: '/storage', data: '/storage' }],
    configuration: /^\/etc\/registry(?:\/|$)/m,
    canKeepStateElsewhere: true,
    sharesDirectory: true,
  },
];
