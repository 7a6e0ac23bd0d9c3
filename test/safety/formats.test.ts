import { ApiObject, App, Chart } from 'cdk8s';
import { SafetyAudit } from '../../src';

function report() {
  const chart = new Chart(new App(), 'shop');
  new ApiObject(chart, 'web', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { volumes: [{ name: 'cache', emptyDir: {} }] },
  });
  return SafetyAudit.run(chart);
}

test('the text of a tree names the construct, and the remedy that a construct has', () => {
  const text = report().toText();
  expect(text).toMatch(
    /^\[shop\/web\] error empty-dir-size-limit Pod web: the emptyDir 'cache' has no size limit\n    fix mount a 'PodVolume\.emptyDir'/m,
  );
});

test('the Markdown and the JSON of a tree name the construct too', () => {
  expect(report().toMarkdown()).toContain(
    "| \\[shop/web\\] | empty-dir-size-limit (error) | Pod web: the emptyDir 'cache' has no size limit | mount " +
      "a 'PodVolume.emptyDir'",
  );
  const { findings } = JSON.parse(report().toJson());
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'empty-dir-size-limit',
      pointer: '/spec/volumes/0',
      object: expect.objectContaining({ constructPath: 'shop/web' }),
    }),
  );
});
