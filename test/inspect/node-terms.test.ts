import { commonTerms, HOST_NAME, selectorTerms, termsOfPod, topologyTerms } from '../../src/inspect/node-terms';

const inValues = (key: string, ...values: string[]) => ({ key, operator: 'In', values });
const selector = (...expressions: object[]) =>
  selectorTerms({ nodeSelectorTerms: expressions.map(expression => ({ matchExpressions: [expression] })) });
const ZONE = 'topology.kubernetes.io/zone';
const pod = (...expressions: object[]) =>
  termsOfPod({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: expressions.map(expression => ({ matchExpressions: [expression] })),
        },
      },
    },
  });

test.each<[string, ReturnType<typeof selector>, ReturnType<typeof selector>, boolean]>([
  ['one value', selector(inValues('a', '1')), selector(inValues('a', '1', '2')), true],
  ['other values', selector(inValues('a', '1')), selector(inValues('a', '2')), false],
  ['other labels', selector(inValues('a', '1')), selector(inValues('b', '2')), true],
  ['an alternative', selector(inValues('a', '1')), pod(inValues('a', '2'), inValues('a', '1')), true],
  ['an excluded value', selector(inValues('a', '1')), pod({ key: 'a', operator: 'NotIn', values: ['1'] }), false],
  ['no label', selector(inValues('a', '1')), pod({ key: 'a', operator: 'DoesNotExist' }), false],
  ['any value', selector(inValues('a', '1')), pod({ key: 'a', operator: 'Exists' }), true],
  ['the selector of a pod', selector(inValues('a', '1')), termsOfPod({ nodeSelector: { a: '2' } }), false],
  ['the node of a pod', selector(inValues(HOST_NAME, 'n1')), termsOfPod({ nodeName: 'n2' }), false],
  ['no requirement', selector(inValues('a', '1')), termsOfPod({}), true],
  [
    'the former name of a label',
    selector(inValues('failure-domain.beta.kubernetes.io/zone', 'a')),
    termsOfPod({ nodeSelector: { [ZONE]: 'b' } }),
    false,
  ],
  [
    'a topology',
    topologyTerms([{ matchLabelExpressions: [{ key: ZONE, values: ['a'] }] }]),
    termsOfPod({ nodeSelector: { [ZONE]: 'b' } }),
    false,
  ],
])('knows whether a node fits both: %s', (_, left, right, fits) => {
  expect(commonTerms(left, right).length > 0).toBe(fits);
});

test('reads the name of a node in matchFields', () => {
  const terms = selectorTerms({ nodeSelectorTerms: [{ matchFields: [inValues('metadata.name', 'n1')] }] });
  expect(commonTerms(terms, termsOfPod({ nodeSelector: { [HOST_NAME]: 'n2' } }))).toEqual([]);
});
