import { AppWorkload, Controller, HealthCheck } from '../../src';
import { controlled } from '../controllers/fixtures';
import { synth } from '../synth';

const servicesOf = (props: object, extend: (app: AppWorkload) => unknown = () => {}) =>
  synth(chart => extend(controlled(chart, Controller.statefulSet(), props))).filter(({ kind }) => kind === 'Service');

test('a StatefulSet has a headless Service, which admits pods that are not ready', () => {
  expect(servicesOf({})).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'test-app-headless',
        labels: expect.objectContaining({
          'app.kubernetes.io/name': 'app',
          'app.kubernetes.io/component': 'headless',
        }),
      },
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: { 'app.kubernetes.io/name': 'app', 'app.kubernetes.io/instance': 'test-app' },
      },
    },
  ]);
});

test('the headless Service has the ports of the app, next to the Service for clients', () => {
  const services = servicesOf({ port: 5672, healthCheck: HealthCheck.tcp() });
  expect(services.map(({ metadata }) => metadata.name).sort()).toEqual(['test-app', 'test-app-headless']);
  const headless = services.find(({ metadata }) => metadata.name === 'test-app-headless');
  expect(headless.spec.ports).toEqual([expect.objectContaining({ name: 'http', port: 5672, targetPort: 5672 })]);
});

test('the names of a Service and of the replicas fit the longest name', () => {
  const [headless] = servicesOf({ metadata: { name: 'a'.repeat(52) } });
  expect(headless.metadata.name).toHaveLength(61);
});
