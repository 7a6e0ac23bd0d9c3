/**
 * The digests of the default images, of the index for all platforms. The task `images:update` writes them as the
 * registries serve them; an image whose digest is not known yet has an empty string, and is pinned by its tag only.
 */
export const IMAGE_DIGESTS: Readonly<Record<string, string>> = {
  'cr.fluentbit.io/fluent/fluent-bit:5.1.1': '',
  'cr.fluentbit.io/fluent/fluent-bit:5.1.1-debug': '',
  'docker.io/curlimages/curl:8.16.0': 'sha256:463eaf6072688fe96ac64fa623fe73e1dbe25d8ad6c34404a669ad3ce1f104b6',
  'docker.io/fluent/fluentd:v1.19.3-debian-2.2': '',
  'docker.io/library/busybox:1.37.0': 'sha256:bdf57e528e45e4433820e045b29b4597825a1c9e38353532d90a01445013f82e',
  'docker.io/library/mariadb:11.4.12-noble': 'sha256:a794d9eb009e20de605858a11f32f63b4075cbd197c650436f0e3b457e4caed7',
  'docker.io/library/mariadb:11.8.8-noble': '',
  'docker.io/library/mongo:7.0.40-jammy': '',
  'docker.io/library/mongo:8.0.29-noble': '',
  'docker.io/library/mysql:8.4.11-oraclelinux9':
    'sha256:6ea90827b1100f8f2ae306a539f86d2c264a26ed435a2a9f75551dd5c3aeb242',
  'docker.io/library/mysql:9.7.2-oraclelinux9':
    'sha256:257388edf9c84dbc04c763625446d5f3fa6ed60d1b0873bc552c614ba0a7ab4e',
  'docker.io/library/postgres:14.24-trixie': '',
  'docker.io/library/postgres:15.19-trixie': '',
  'docker.io/library/postgres:16.15-trixie': 'sha256:65b16a8b326e0cfbdf33fa7e783f2a0cb352a61448616ccccfd616ef42aa0f65',
  'docker.io/library/postgres:17.11-trixie': 'sha256:f4c66b820c6f974249089d3d16d86a3698eae11e8746eb6644b2271031e91232',
  'docker.io/library/postgres:18.6-trixie': 'sha256:5a5a84b19854a9ffaa54082c166ff4ec27473a361e496e5ea167f298f2da9722',
  'docker.io/library/redis:7.4.11-bookworm': 'sha256:c6eabf748fc7a61dbb5a705c78bcf3d6377b1127a97d0ce965c11c44ba46896f',
  'docker.io/library/redis:8.2.9-bookworm': 'sha256:7d1e4ce8b9395088377ab382d1f6cfdbd13b3690795198a0399ab8d683064d6d',
  'docker.io/oliver006/redis_exporter:v1.88.0': '',
  'docker.io/otel/opentelemetry-collector-contrib:0.159.0':
    'sha256:1f2c54a30e713fac6b3ae77a1ec84010c2007e29ced8ec666214fc2f6739c1cc',
  'docker.io/percona/mongodb_exporter:0.53': '',
  'docker.io/prom/mysqld-exporter:v0.20.0': 'sha256:abed8dac117b4ae5b70757f988e44795935b9a72c3b58d720c67ba688f8cb79e',
  'docker.io/rclone/rclone:1.75.1': 'sha256:45401ad7410db1d67ffdb58e19059ad20b0d8e0285a60e38bbec55cc1019c7a5',
  'docker.io/timberio/vector:0.57.0-alpine': 'sha256:19e3526faf4d4b1ed0c28a0d68d4cc3a1e13e437099986a5b7a768707907497c',
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
