import { messagesOf } from './fixtures';

const statefulSet = (labels: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template: {spec: {containers: [{name: db, image: i}]}}
  volumeClaimTemplates: [{metadata: {name: data, labels: {${labels}}}}]
`;

test.each([
  ['chart: harbor', 0],
  ['helm.sh/chart: harbor', 0],
  ['helm.sh/chart: s3-cache', 0],
  ['chart: harbor-1.18.0', 1],
  ['helm.sh/chart: postgresql-ha-14.2.1', 1],
  ['app.kubernetes.io/version: "17"', 1],
  ['app.kubernetes.io/version: v1.4.2', 1],
  ['app.kubernetes.io/version: stable', 0],
  ['version: 1.4.2', 1],
  ['app.kubernetes.io/name: orders-2.0', 0],
])('a claim template with the labels {%s} has %i findings', (labels, count) => {
  expect(messagesOf('claim-template-stays', statefulSet(labels))).toHaveLength(count);
});
