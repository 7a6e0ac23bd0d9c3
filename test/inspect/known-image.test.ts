import { isCopyOf, knownImage } from '../../src/inspect/known-image';

test.each([
  ['redis:8.2.1', 'redis'],
  ['docker.io/redis:8.2.1', 'redis'],
  ['index.docker.io/library/redis:8.2.1', 'redis'],
  ['mirror.example.com:5000/dockerhub/library/redis:8.2.1', 'redis'],
  ['public.ecr.aws/docker/library/redis@sha256:0', 'redis'],
  ['registry.k8s.io/etcd:3.6.0', 'etcd'],
  ['quay.io/prometheus/prometheus:v3.5.0', 'prometheus'],
  ['docker.io/bitnamilegacy/kafka:4.0.0', 'bitnami-kafka'],
])('%s is a known image', (reference, id) => {
  expect(knownImage(reference)?.id).toBe(id);
});

test.each([
  'gcr.io/google_containers/redis:v1',
  'registry.example.com/redis:8.2.1',
  'acme/redis-exporter:1',
  'registry.example.com/etcd:3.6.0',
  'docker.io/bitnami/redis-exporter:1',
  'acme/nginx:1',
])('%s is an unknown image', reference => {
  expect(knownImage(reference)).toBeUndefined();
});

test.each([
  ['localhost/library/postgres', true],
  ['registry.example.com/library/postgres-operator', false],
  ['registry.example.com/my-library/postgres', false],
])('whether %s is a copy of the repository of PostgreSQL: %s', (repository, isCopy) => {
  expect(isCopyOf(repository, 'docker.io/library/postgres')).toBe(isCopy);
});
