import { Duration } from 'cdk8s';
import { extended, podWith } from './fixtures';
import { SecretSource, SidecarContainer } from '../../src';
import { kind, podOf } from '../synth';

const sidecar = (name: string, times: Partial<SidecarContainer>): SidecarContainer => ({
  name,
  image: 'a:1',
  ...times,
});
const gracePeriod = (...sidecars: SidecarContainer[]) => podOf(extended({ sidecars })).terminationGracePeriodSeconds;

test('adds up the shutdown timeouts, because sidecars stop one after another', () => {
  expect(gracePeriod()).toBe(5 + 30);
  expect(
    gracePeriod(
      sidecar('a', { shutdownTimeout: Duration.seconds(7) }),
      sidecar('b', { shutdownTimeout: Duration.seconds(8) }),
    ),
  ).toBe(5 + 30 + 7 + 8);
});

test('covers the longest delay, because delays start at the same time', () => {
  expect(
    gracePeriod(
      sidecar('a', { preStopDelay: Duration.seconds(40) }),
      sidecar('b', { preStopDelay: Duration.seconds(60) }),
    ),
  ).toBe(5 + 60);
});

test('lists each pull secret once', () => {
  const imagePullSecrets = ['registry', 'mirror', 'registry'].map(name => SecretSource.fromName(name));
  expect(podWith({ imagePullSecrets }).imagePullSecrets).toEqual([{ name: 'registry' }, { name: 'mirror' }]);
});

test('names the account after the workload, and omits annotations if there are none', () => {
  const { template } = kind(extended({}), 'Deployment').spec;
  expect(template.spec.serviceAccountName).toBe('test-app');
  expect(template.metadata).not.toHaveProperty('annotations');
});
