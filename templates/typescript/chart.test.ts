import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Testing } from 'cdk8s';
import { AppChart } from './chart';

test('the pages are mounted from an immutable ConfigMap', () => {
  const objects = Testing.synth(new AppChart(Testing.app(), '{{name}}'));
  const pages = objects.find(({ kind }) => kind === 'ConfigMap');
  assert.equal(pages.immutable, true);
  assert.match(Object.values(pages.data).join(), /{{name}} works/);
});
