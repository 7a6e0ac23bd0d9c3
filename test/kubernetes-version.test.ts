import { App, Chart } from 'cdk8s';
import { KubernetesVersion } from '../src';

test('is 1.30 by default', () => {
  expect(KubernetesVersion.minimumOf(new Chart(new App(), 'shop')).toString()).toBe('1.30');
});

test('applies to the constructs of the app', () => {
  const app = new App();
  KubernetesVersion.setMinimum(app, KubernetesVersion.V1_28);
  const minimum = KubernetesVersion.minimumOf(new Chart(app, 'shop'));
  expect(minimum.minor).toBe(28);
  expect([KubernetesVersion.V1_28, KubernetesVersion.V1_29].map(version => minimum.isAtLeast(version))).toEqual([
    true,
    false,
  ]);
});

test('refuses a minimum that is set after a chart is defined', () => {
  const app = new App();
  new Chart(app, 'shop');
  expect(() => KubernetesVersion.setMinimum(app, KubernetesVersion.V1_28)).toThrow(
    '[shop] The minimum cluster version is set to 1.28 after this construct is defined. Call ' +
      "'KubernetesVersion.setMinimum' before you add charts to the app.",
  );
});
