import { DatabaseStorage } from '../../../src';
import { creating, objectsOf, statefulSet } from '../fixtures';

test('refuses replicas without a reason for different data', () => {
  expect(creating({ replicas: 3 })).toThrow(
    "[test/orders] 'replicas' is 3, but replicas are not copies of each other: each has a volume with different " +
      "data. Set it to 1, or explain in 'independentReplicas' why you need different data.",
  );
});

test('refuses a reason of one word', () => {
  expect(creating({ replicas: 3, independentReplicas: 'because' })).toThrow(
    "[test/orders] The reason 'because' for 'independentReplicas' is too short. Explain why in at least three words.",
  );
});

test('refuses replicas on one existing claim', () => {
  const storage = DatabaseStorage.fromClaimName('my-db-pvc');
  expect(creating({ replicas: 2, independentReplicas: 'each shard its own', storage })).toThrow(
    "[test/orders] 'replicas' is 2, but all replicas would write to the claim 'my-db-pvc' and destroy the data. Set " +
      "it to 1, or use 'DatabaseStorage.provisioned'.",
  );
});

test.each([0, 1, 2])('accepts %d replicas', replicas => {
  const objects = objectsOf({ replicas, independentReplicas: 'each shard its own' });
  expect(statefulSet(objects).spec.replicas).toBe(replicas);
});
