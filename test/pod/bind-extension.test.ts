import { Chart } from 'cdk8s';
import type { IPodExtension, PodExtensionContext } from '../../src';
import { bindExtension } from '../../src/pod/bind-extension';
import { synth } from '../synth';

const context = { workloadName: 'app' } as PodExtensionContext;

function inChart(test: (chart: Chart) => void): void {
  synth(test);
}

test('binds an extension in a scope with its id, and names it as the owner', () => {
  inChart(chart => {
    const extension: IPodExtension = {
      id: 'cache',
      bind: (scope, { workloadName }) => ({ podAnnotations: { [workloadName]: scope.node.path } }),
    };
    expect(bindExtension(chart, extension, context)).toEqual({
      owner: "extension 'cache'",
      additions: { podAnnotations: { app: 'test/cache' } },
    });
  });
});

test.each<[string, unknown, string]>([
  ['no extension', {}, "[test] The argument of 'add' is not an extension."],
  ['an id with capitals', { id: 'Cache', bind: () => ({}) }, "[test] Invalid 'id' 'Cache' of an extension."],
  ['no additions', { id: 'cache', bind: () => undefined }, "[test/cache] 'bind' returned no PodAdditions."],
  ['unknown additions', { id: 'cache', bind: () => ({ mount: [] }) }, "[test/cache] Unknown prop 'mount'."],
])('refuses %s', (_, extension, error) => {
  inChart(chart => expect(() => bindExtension(chart, extension as IPodExtension, context)).toThrow(error));
});

test('refuses an id twice', () => {
  inChart(chart => {
    const extension: IPodExtension = { id: 'cache', bind: () => ({}) };
    bindExtension(chart, extension, context);
    expect(() => bindExtension(chart, extension, context)).toThrow("[test] Duplicate 'id' 'cache' of an extension.");
  });
});
