import { objectsOf } from '../../src/inspect/manifest';
import { keptBy } from '../../src/predicates/kept-by';

const ARGO = 'argocd.argoproj.io/sync-options';
const FLUX = 'kustomize.toolkit.fluxcd.io/prune';
const HELM = 'helm.sh/resource-policy';

const kept = (metadata: object) => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', ...metadata } };
  return keptBy(objectsOf(claim, { locate: () => undefined })[0]);
};

test.each([
  [{}, []],
  [{ [ARGO]: 'Prune=false,Delete=false' }, ['Argo CD']],
  [{ [ARGO]: 'Delete=false, Prune=false, ServerSideApply=true' }, ['Argo CD']],
  [{ [ARGO]: 'Prune=false' }, []],
  [{ [ARGO]: 'Delete=false' }, []],
  [{ [ARGO]: 'Prune=confirm,Delete=false' }, []],
  [{ [FLUX]: 'disabled' }, ['Flux']],
  [{ [FLUX]: 'Disabled' }, ['Flux']],
  [{ [FLUX]: 'enabled' }, []],
  [{ [HELM]: 'keep' }, ['Helm']],
  [{ [HELM]: 'delete' }, []],
  [{ [ARGO]: 'Prune=false', [HELM]: 'keep' }, ['Argo CD', 'Helm']],
])('the annotations %j keep an object with %j', (annotations, tools) => {
  expect(kept({ annotations })).toEqual(tools);
});

test('Flux reads a label too', () => {
  expect(kept({ labels: { [FLUX]: 'disabled' } })).toEqual(['Flux']);
  expect(kept({ labels: { [HELM]: 'keep' } })).toEqual([]);
});
