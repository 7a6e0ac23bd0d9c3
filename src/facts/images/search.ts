import type { ImageFacts } from './image-facts';

/** Matches settings that do not limit a cluster to one node. */
const UNLESS_SINGLE_NODE = /^(?![^]*discovery\.type=single-node)/;

/** Search engines. */
export const SEARCH_IMAGES: readonly ImageFacts[] = [
  {
    id: 'elasticsearch',
    title: 'Elasticsearch',
    repositories: ['docker.elastic.co/elasticsearch/elasticsearch', 'docker.io/library/elasticsearch'],
    sources: [
      'https://github.com/elastic/elasticsearch/blob/main/distribution/docker/src/docker/Dockerfile',
      'https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-prod',
    ],
    programs: ['eswrapper', 'elasticsearch'],
    layouts: [{ volume: '/usr/share/elasticsearch/data', data: '/usr/share/elasticsearch/data' }],
    dataVariable: 'path.data',
    stateless:
      /^node\.roles=(?!.*(?:data|master)).*$|^node\.data="?false"?\n(?:(?!node\.data=).*\n)*node\.master="?false"?$/m,
    configuration: /elasticsearch\.yml$/m,
    user: 1000,
    minimumGraceSeconds: 60,
    replicates: UNLESS_SINGLE_NODE,
  },
  {
    id: 'opensearch',
    title: 'OpenSearch',
    repositories: ['docker.io/opensearchproject/opensearch'],
    sources: [
      'https://github.com/opensearch-project/opensearch-build/blob/main/docker/release/dockerfiles/' +
        'opensearch.al2023.dockerfile',
    ],
    programs: ['opensearch', 'opensearch-docker-entrypoint.sh'],
    layouts: [{ volume: '/usr/share/opensearch/data', data: '/usr/share/opensearch/data' }],
    dataVariable: 'path.data',
    stateless: /^node\.roles=(?![^\n]*(?:data|master))[^\n]*$/m,
    configuration: /opensearch\.yml$/m,
    user: 1000,
    group: 1000,
    minimumGraceSeconds: 60,
    replicates: UNLESS_SINGLE_NODE,
  },
  {
    id: 'solr',
    title: 'Solr',
    repositories: ['docker.io/library/solr'],
    sources: ['https://solr.apache.org/guide/solr/latest/deployment-guide/solr-in-docker.html'],
    programs: ['solr', 'solr-foreground', 'solr-precreate', 'solr-create', 'solr-demo'],
    layouts: [{ volume: '/var/solr', data: '/var/solr/data' }],
    dataVariable: 'SOLR_HOME',
    user: 8983,
    group: 8983,
  },
  {
    id: 'meilisearch',
    title: 'Meilisearch',
    repositories: ['docker.io/getmeili/meilisearch'],
    sources: ['https://github.com/meilisearch/meilisearch/blob/main/Dockerfile'],
    layouts: [{ volume: '/meili_data', data: '/meili_data/data.ms' }],
    dataVariable: 'MEILI_DB_PATH',
    dataOption: '--db-path',
  },
  {
    id: 'typesense',
    title: 'Typesense',
    repositories: ['docker.io/typesense/typesense'],
    sources: [
      'https://github.com/typesense/typesense/blob/main/docker/deployment.Dockerfile',
      'https://typesense.org/docs/guide/install-typesense.html',
    ],
    layouts: [{ volume: '/data', data: '/data' }],
    stateful: /--data-dir\b|^TYPESENSE_DATA_DIR=/m,
    dataVariable: 'TYPESENSE_DATA_DIR',
    dataOption: '--data-dir',
  },
];
