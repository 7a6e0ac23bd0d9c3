/**
 * The digests of the default images, of the index for all platforms. The task `images:update` writes them as the
 * registries serve them; an image whose digest is not known yet has an empty string, and is pinned by its tag only.
 */
export const IMAGE_DIGESTS: Readonly<Record<string, string>> = {
  'cr.fluentbit.io/fluent/fluent-bit:5.1.1': '',
  'cr.fluentbit.io/fluent/fluent-bit:5.1.1-debug': '',
  'docker.io/curlimages/curl:8.16.0': 'sha256:463eaf6072688fe96ac64fa623fe73e1dbe25d8ad6c34404a669ad3ce1f104b6',
  'docker.io/fluent/fluentd:v1.19.3-debian-2.2': '',
  'docker.io/library/busybox:1.37.0': '',
  'docker.io/library/mariadb:11.4.12-noble': '',
  'docker.io/library/mariadb:11.8.8-noble': '',
  'docker.io/library/mongo:7.0.40-jammy': '',
  'docker.io/library/mongo:8.0.29-noble': '',
  'docker.io/library/mysql:8.4.11-oraclelinux9': '',
  'docker.io/library/mysql:9.7.2-oraclelinux9': '',
  'docker.io/library/postgres:14.24-trixie': '',
  'docker.io/library/postgres:15.19-trixie': '',
  'docker.io/library/postgres:16.15-trixie': '',
  'docker.io/library/postgres:17.11-trixie': '',
  'docker.io/library/postgres:18.6-trixie': '',
  'docker.io/library/redis:7.4.11-bookworm': '',
  'docker.io/library/redis:8.2.9-bookworm': '',
  'docker.io/oliver006/redis_exporter:v1.88.0': '',
  'docker.io/otel/opentelemetry-collector-contrib:0.159.0':
    'sha256:1f2c54a30e713fac6b3ae77a1ec84010c2007e29ced8ec666214fc2f6739c1cc',
  'docker.io/percona/mongodb_exporter:0.53': '',
  'docker.io/prom/mysqld-exporter:v0.20.0': '',
  'docker.io/rclone/rclone:1.75.1': '',
  'docker.io/timberio/vector:0.57.0-alpine': '',
  'docker.io/timberio/vector:0.57.0-distroless-libc': '',
  'docker.io/valkey/valkey:8.1.11-trixie': '',
  'docker.io/valkey/valkey:9.0.8-trixie': '',
  'quay.io/prometheuscommunity/postgres-exporter:v0.20.1':
    'sha256:ac5ec343104fae0e2d84a27bb8d69b38430a11910c5382cad85d478d2bab713e',
};

const BY_IMAGE: ReadonlyMap<string, string> = new Map(Object.entries(IMAGE_DIGESTS));

/** Returns a default image with its digest, if it is known. */
export function withDigest(image: string): string {
  const digest = BY_IMAGE.get(image);
  return digest ? `${image}@${digest}` : image;
}
