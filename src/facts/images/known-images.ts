import { BASE_IMAGES } from './base-images';
import { BITNAMI_SERVERS } from './bitnami';
import { DATABASE_IMAGES } from './databases';
import { DISTRIBUTED_DATABASE_IMAGES } from './distributed-databases';
import { FORGE_IMAGES } from './forges';
import type { ImageFacts } from './image-facts';
import { OBJECT_STORE_IMAGES } from './object-stores';
import { OBSERVABILITY_IMAGES } from './observability';
import { PERCONA_IMAGES } from './percona';
import { QUEUE_IMAGES } from './queues';
import { SEARCH_IMAGES } from './search';
import { SECRET_STORE_IMAGES } from './secret-stores';
import { WEB_SERVER_IMAGES } from './servers';
import { TIME_SERIES_IMAGES } from './time-series';
import { VECTOR_DATABASE_IMAGES } from './vector-databases';
import { WEB_APP_IMAGES } from './web-apps';

/** All known images. If a container matches several by its settings only, the first of them counts. */
export const KNOWN_IMAGES: readonly ImageFacts[] = [
  ...DATABASE_IMAGES,
  ...PERCONA_IMAGES,
  ...DISTRIBUTED_DATABASE_IMAGES,
  ...QUEUE_IMAGES,
  ...SEARCH_IMAGES,
  ...TIME_SERIES_IMAGES,
  ...OBSERVABILITY_IMAGES,
  ...VECTOR_DATABASE_IMAGES,
  ...SECRET_STORE_IMAGES,
  ...OBJECT_STORE_IMAGES,
  ...FORGE_IMAGES,
  ...WEB_APP_IMAGES,
  ...BITNAMI_SERVERS,
  ...WEB_SERVER_IMAGES,
  ...BASE_IMAGES,
];
