import * as fc from 'fast-check';
import { objectsOf } from '../../../src/inspect/manifest';
import { mapStorage } from '../../../src/map/build';
import type { Model } from '../../../src/map/model';

export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; alert(1); '",
  '`id`',
  '</style><script>',
  '</svg>',
  '<!--',
  ']]>',
  '&lt;b&gt;',
  'a'.repeat(63),
  '\u202eevil',
  '‏שלום',
  '![x](javascript:alert(1))',
  '[x](http://example.com)',
  '| a | b |',
  '%%{init: {}}%%',
  'end',
  'click a href',
  '#quot;',
  '\u001b[31mred',
  'a\nb\r\nc',
  '\u0000',
  '😀',
  'https://example.com',
  '$&',
  '{{x}}',
];

const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.string());

/** Maps of workloads in which every name and value may be hostile. */
export const hostileModel: fc.Arbitrary<Model> = fc
  .record({
    kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet'),
    replicas: fc.integer({ min: 0, max: 5 }),
    texts: fc.array(hostile, { minLength: 12, maxLength: 12 }),
  })
  .map(
    ({
      kind,
      replicas,
      texts: [name, namespace, container, image, path, volume, source, subPath, variable, limit, path2, other],
    }) =>
      mapStorage({
        objects: objectsOf(
          {
            apiVersion: 'apps/v1',
            kind,
            metadata: { name, namespace },
            spec: {
              replicas,
              template: {
                spec: {
                  initContainers: [{ name: `${container}1`, image: other }],
                  containers: [
                    {
                      name: container,
                      image,
                      env: [{ name: variable, valueFrom: { secretKeyRef: { name: source, key: 'k' } } }],
                      volumeMounts: [
                        { name: volume, mountPath: path, subPath },
                        { name: 'b', mountPath: path2 },
                        { name: other, mountPath: `${path}/in` },
                      ],
                    },
                  ],
                  volumes: [
                    { name: volume, emptyDir: { sizeLimit: limit } },
                    { name: 'b', configMap: { name: source } },
                    { name: 'c', [other]: { server: source } },
                  ],
                },
              },
              volumeClaimTemplates: [
                { metadata: { name: path2 }, spec: { resources: { requests: { storage: limit } } } },
              ],
            },
          },
          { constructPath: other, locate: () => ({ file: source, line: 1, column: 1 }) },
        ),
        problems: [{ file: source, line: 1, column: 1, message: other }],
      }),
  );
