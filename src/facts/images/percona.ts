import type { ImageFacts } from './image-facts';
import { MONGODB_IMAGE } from './mongodb';
import { MYSQL_IMAGE } from './mysql';

const MYSQL_LAYOUTS = [{ volume: '/var/lib/mysql', data: '/var/lib/mysql' }];
const MYSQL_VOLUMES = ['/var/lib/mysql', '/var/log/mysql'];

/** Percona's distributions of MySQL and MongoDB. */
export const PERCONA_IMAGES: readonly ImageFacts[] = [
  {
    id: 'percona-server',
    title: 'Percona Server',
    repositories: ['docker.io/library/percona', 'docker.io/percona/percona-server'],
    sources: ['https://github.com/percona/percona-docker/blob/main/percona-server-8.0/Dockerfile'],
    programs: MYSQL_IMAGE.programs,
    layouts: MYSQL_LAYOUTS,
    dataOption: '--datadir',
    volumes: MYSQL_VOLUMES,
    user: 1001,
    group: 1001,
    refusesLostAndFound: true,
    acceptsLostAndFoundIn: MYSQL_IMAGE.acceptsLostAndFoundIn,
    minimumGraceSeconds: MYSQL_IMAGE.minimumGraceSeconds,
  },
  {
    id: 'percona-xtradb-cluster',
    title: 'Percona XtraDB Cluster',
    repositories: ['docker.io/percona/percona-xtradb-cluster'],
    sources: ['https://github.com/percona/percona-docker/blob/main/percona-xtradb-cluster-8.0/Dockerfile'],
    programs: MYSQL_IMAGE.programs,
    layouts: MYSQL_LAYOUTS,
    dataOption: '--datadir',
    volumes: MYSQL_VOLUMES,
    user: 1001,
    group: 1001,
    minimumGraceSeconds: MYSQL_IMAGE.minimumGraceSeconds,
    replicates: /^CLUSTER_(?:JOIN|NAME)=|^PXC_SERVICE=/m,
  },
  {
    id: 'percona-server-mongodb',
    title: 'Percona Server for MongoDB',
    repositories: ['docker.io/percona/percona-server-mongodb'],
    sources: ['https://github.com/percona/percona-docker/blob/main/percona-server-mongodb-8.0/Dockerfile'],
    programs: MONGODB_IMAGE.programs,
    layouts: MONGODB_IMAGE.layouts,
    dataOption: '--dbpath',
    volumes: ['/data/db'],
    user: 1001,
    group: 1001,
    minimumGraceSeconds: MONGODB_IMAGE.minimumGraceSeconds,
  },
];
