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

/** Characters that terminals and browsers act on. */
export const UNSEEN_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.string());

/** Maps of workloads in which every name and value can be hostile. */
export const hostileModel: fc.Arbitrary<Model> = fc
  .record({
    kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet'),
    replicas: fc.integer({ min: 0, max: 5 }),
    strings: fc.array(hostile, { minLength: 12, maxLength: 12 }),
  })
  .map(
    ({
      kind,
      replicas,
      strings: [name, namespace, container, image, path, volume, source, subPath, variable, limit, path2, extra],
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
                  initContainers: [{ name: `${container}1`, image: extra }],
                  containers: [
                    {
                      name: container,
                      image,
                      env: [{ name: variable, valueFrom: { secretKeyRef: { name: source, key: 'k' } } }],
                      volumeMounts: [
                        { name: volume, mountPath: path, subPath },
                        { name: 'b', mountPath: path2 },
                        { name: extra, mountPath: `${path}/in` },
                      ],
                    },
                  ],
                  volumes: [
                    { name: volume, emptyDir: { sizeLimit: limit } },
                    { name: 'b', configMap: { name: source } },
                    { name: 'c', [extra]: { server: source } },
                  ],
                },
              },
              volumeClaimTemplates: [
                { metadata: { name: path2 }, spec: { resources: { requests: { storage: limit } } } },
              ],
            },
          },
          { constructPath: extra, locate: () => ({ file: source, line: 1, column: 1 }) },
        ),
        problems: [{ file: source, line: 1, column: 1, message: extra }],
      }),
  );

// the tags that the writers produce; no name or value contains a character that could end them
const TAG = /<(?:!doctype html|\/[a-z\d]+|[a-zA-Z\d]+(?:\s+[a-zA-Z:-]+(?:\d?)(?:="[^"<>]*")?)*\s*\/?)>/g;

const TAG_NAMES = new Set(
  [
    'html head meta title style body header h1 h2 p ul li nav a small span code main div label input output',
    'section details summary table thead tbody tr th td script svg g rect circle path line text',
  ]
    .join(' ')
    .split(' ')
    .concat('!doctype html'),
);

/** Expects that a format writes only its own tags, attributes and links, whatever the names. */
export function expectNoForeignMarkup(format: (model: Model) => string): void {
  fc.assert(
    fc.property(hostileModel, model => {
      const page = format(model)
        .replace(/<style>[^]*?<\/style>/g, '')
        .replace(/<script>[^]*<\/script>/g, '');
      expect(page.match(TAG)!.filter(isForeign)).toEqual([]);
      const rest = page.replace(TAG, '');
      expect(rest).not.toMatch(/[<>"']/);
      expect(rest).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
    }),
    { numRuns: 60 },
  );
}

function isForeign(tag: string): boolean {
  return (
    !TAG_NAMES.has(/^<\/?(!?[a-z\d]+(?: html)?)/i.exec(tag)![1]) ||
    /\s(on\w+|src|srcdoc|action)\b/.test(tag.replace(/="[^"]*"/g, '')) ||
    /\shref="(?!#w\d+(r\d+)?")/.test(tag)
  );
}
