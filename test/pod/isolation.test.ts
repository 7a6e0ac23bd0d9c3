import { Construct } from 'constructs';
import { Waiver } from '../../src';
import { isIsolated, recordIsolation } from '../../src/pod/isolation';
import { synth, workload } from '../synth';

const directionsOf = (scope: Construct) => (['Ingress', 'Egress'] as const).filter(each => isIsolated(scope, each));

test('the pods of a workload are isolated unless it waives its network policy', () => {
  synth(chart => {
    const waivers = [Waiver.networkPolicy('a mesh restricts the traffic')];
    expect(directionsOf(new Construct(workload(chart), 'logs'))).toEqual(['Ingress', 'Egress']);
    expect(directionsOf(new Construct(workload(chart, { waivers }, 'open'), 'logs'))).toEqual([]);
  });
});

test('the recorded directions of the nearest scope apply', () => {
  synth(chart => {
    recordIsolation(chart, new Set());
    const scope = new Construct(chart, 'extensions');
    const extension = new Construct(scope, 'logs');
    expect(directionsOf(extension)).toEqual([]);
    recordIsolation(scope, new Set(['Egress']));
    expect(directionsOf(extension)).toEqual(['Egress']);
  });
});
