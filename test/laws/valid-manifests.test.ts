import { appendFileSync } from 'fs';
import * as fc from 'fast-check';
import { capability, kubernetesVersion, workloadProps } from './arbitraries';
import { KubernetesVersion } from '../../src';
import { schemaProblems } from '../schemas/kubernetes';
import { synth, workload } from '../synth';

// PROPERTY_RUNS=10000 runs more; PROPERTY_OUT=file keeps the manifests, for other validators
const { PROPERTY_RUNS = '300', PROPERTY_OUT } = process.env;

test('whatever the props, there is our own error or a manifest that the API takes', () => {
  let manifests = 0;
  fc.assert(fc.property(workloadProps, fc.array(capability, { maxLength: 3 }), kubernetesVersion, (props, capabilities, oldest) => {
    let objects: any[];
    try {
      objects = synth(chart => capabilities.reduce((app, part) => app.add(part), workload(chart, props)), oldest);
    } catch (error) {
      // path, what, remedy; nothing of JavaScript or cdk8s
      expect((error as Error).message).toMatch(/^\[test\/app(\/[^\]]*)?\] [^]+\. [^]+/);
      return;
    }
    manifests++;
    const served = oldest === KubernetesVersion.V1_28 ? '1.28' : oldest === KubernetesVersion.V1_37 ? '1.37' : '1.34';
    expect(objects.flatMap(object => schemaProblems(served, object))).toEqual([]);
    if (PROPERTY_OUT) {
      const inNamespace = objects.map(object => ({ ...object, metadata: { ...object.metadata, namespace: 'test' } }));
      appendFileSync(PROPERTY_OUT, inNamespace.map(object => `---\n${JSON.stringify(object)}\n`).join(''));
    }
  }), { numRuns: Number(PROPERTY_RUNS) });
  expect(manifests).toBeGreaterThan(Number(PROPERTY_RUNS) / 10);
}, 600_000);
