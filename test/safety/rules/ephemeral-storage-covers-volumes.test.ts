import { messagesOf, podOfKind } from './fixtures';

const container = 'resources: {limits: {ephemeral-storage: 1Gi}}';

test.each([
  ['emptyDir: {sizeLimit: 2Gi}', 1],
  ['emptyDir: {sizeLimit: 2Gi, medium: ""}', 1],
  ['emptyDir: {sizeLimit: 2Gi, medium: Memory}', 0],
  ['emptyDir: {sizeLimit: 2Gi, medium: HugePages-2Mi}', 0],
  ['ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 2Gi}}}}}', 0],
])('only counts volumes on the disk of the node: {%s}', (volume, count) => {
  expect(messagesOf('ephemeral-storage-covers-volumes', podOfKind('Pod', { container, volume }))).toHaveLength(count);
});
