import type { OperatorKind } from './operator-kind';

export const SEARCH_OPERATORS: readonly OperatorKind[] = [
  {
    group: 'elasticsearch.k8s.elastic.co',
    kind: 'Elasticsearch',
    source: 'https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/volume-claim-templates',
    state: [
      {
        set: 'spec.nodeSets[]',
        storage: ['volumeClaimTemplates[]'],
        ephemeral: [{ path: 'podTemplate.spec.volumes[].emptyDir', named: 'elasticsearch-data' }],
        missing: 'claim',
      },
    ],
    deletion: [{ path: 'spec.volumeClaimDeletePolicy', value: 'DeleteOnScaledownAndClusterDeletion' }],
    replicas: { paths: ['spec.nodeSets[].count'], missing: 1 },
  },
  ...['opensearch.opster.io', 'opensearch.org'].map((group): OperatorKind => ({
    group,
    kind: 'OpenSearchCluster',
    source: 'https://github.com/opensearch-project/opensearch-k8s-operator/blob/main/docs/userguide/main.md',
    state: [
      {
        set: 'spec.nodePools[]',
        storage: ['persistence.pvc', 'persistence.hostPath'],
        ephemeral: [{ path: 'persistence.emptyDir' }],
        missing: 'claim',
      },
    ],
    replicas: { paths: ['spec.nodePools[].replicas'], missing: 1 },
  })),
  {
    group: 'solr.apache.org',
    kind: 'SolrCloud',
    source: 'https://apache.github.io/solr-operator/docs/solr-cloud/solr-cloud-crd.html#data-storage',
    state: [
      {
        set: 'spec',
        storage: ['dataStorage.persistent'],
        ephemeral: [{ path: 'dataStorage.ephemeral' }],
        missing: 'deleted',
      },
    ],
    deletion: [{ path: 'spec.dataStorage.persistent.reclaimPolicy', value: 'Delete' }],
    replicas: { paths: ['spec.replicas'], missing: 3 },
  },
];
