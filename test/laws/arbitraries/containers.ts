import { Duration, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { optional } from './values';
import { HealthCheck, InitContainer, SidecarContainer } from '../../../src';

export const plainTexts = fc.constantFrom('a', '$$(A) b', 'ä\nb', '');
export const plainEnv = fc.dictionary(fc.stringMatching(/^[A-Z]{3,8}$/), plainTexts.map(EnvValue.fromValue), {
  maxKeys: 2,
});

const parts = optional({
  args: fc.array(plainTexts, { minLength: 1, maxLength: 1 }),
  env: plainEnv,
  resources: fc.constant({ memory: { limit: Size.mebibytes(512) } }),
});
const image = fc.constantFrom(
  { image: 'acme/helper:1.0.0' },
  { likeApp: true },
  { likeApp: true, image: 'acme/helper:2' },
);
const container = (name: string) =>
  fc.tuple(image, parts).map(([source, more]) => ({ name, command: ['/helper'], ...source, ...more }));
export const initContainers: fc.Arbitrary<InitContainer[]> = fc.oneof(
  fc.constant<InitContainer[]>([]),
  container('migrate').map(first => [first]),
  fc.tuple(container('second'), container('first')),
);
export const sidecars: fc.Arbitrary<SidecarContainer[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<SidecarContainer[]>([]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        container('proxy'),
        optional({
          ports: fc.constant({ proxy: 9000 }),
          healthCheck: fc.constant(HealthCheck.command(['/ready'])),
          preStopDelay: fc.constant(Duration.seconds(2)),
          shutdownTimeout: fc.constant(Duration.seconds(3)),
        }),
      )
      .map(([sidecar, more]) => [{ ...sidecar, ...more }]),
  },
);
