import type { ImageFacts } from './image-facts';

/** Databases of vectors. */
export const VECTOR_DATABASE_IMAGES: readonly ImageFacts[] = [
  {
    id: 'qdrant',
    title: 'Qdrant',
    repositories: ['docker.io/qdrant/qdrant'],
    sources: [
      'https://github.com/qdrant/qdrant/blob/master/Dockerfile',
      'https://github.com/qdrant/qdrant/blob/master/config/config.yaml',
    ],
    layouts: [{ volume: '/qdrant/storage', data: '/qdrant/storage' }],
    dataVariable: 'QDRANT__STORAGE__STORAGE_PATH',
    configuration: /\.ya?ml$|^\/qdrant\/config(?:\/|$)/m,
  },
  {
    id: 'weaviate',
    title: 'Weaviate',
    repositories: ['docker.io/semitechnologies/weaviate', 'cr.weaviate.io/semitechnologies/weaviate'],
    sources: ['https://docs.weaviate.io/deploy/configuration/persistence'],
    layouts: [{ volume: '/var/lib/weaviate', data: '/data' }],
    dataVariable: 'PERSISTENCE_DATA_PATH',
    configuration: /\.ya?ml$/m,
  },
  {
    id: 'milvus',
    title: 'Milvus',
    repositories: ['docker.io/milvusdb/milvus'],
    sources: ['https://milvus.io/docs/configure_localstorage.md'],
    layouts: [{ volume: '/var/lib/milvus', data: '/var/lib/milvus' }],
    // the components of a cluster keep their data in object storage
    stateful: /\bstandalone\b/,
    configuration: /\.ya?ml$/m,
  },
];
