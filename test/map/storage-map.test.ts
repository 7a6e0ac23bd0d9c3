import { Chart, Testing } from 'cdk8s';
import { Container, Cpu, Deployment, PersistentVolumeAccessMode, PersistentVolumeClaim, Volume } from 'cdk8s-plus-28';
import { StorageMap } from '../../src';

function charts() {
  const app = Testing.app();
  const [shop, batch] = ['shop', 'batch'].map(name => new Chart(app, name));
  const claim = new PersistentVolumeClaim(shop, 'media', {
    metadata: { name: 'media' },
    accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
  });
  for (const chart of [shop, batch]) {
    const container = new Container({ image: 'acme/app:1', resources: { cpu: { request: Cpu.millis(1) } } });
    container.mount('/media', Volume.fromPersistentVolumeClaim(chart, 'volume', claim));
    new Deployment(chart, 'app', { metadata: { name: chart.node.id } }).attachContainer(container);
  }
  return { app, shop };
}

const workloadsOf = (map: StorageMap): any[] => JSON.parse(map.toJson()).workloads;

test('maps the workloads of a scope', () => {
  const { app, shop } = charts();
  expect(workloadsOf(StorageMap.of(app)).map(({ name }) => name)).toEqual(['shop', 'batch']);
  expect(workloadsOf(StorageMap.of(shop))).toMatchObject([{ name: 'shop', constructPath: 'shop/app/Resource' }]);
});

test('knows the workloads outside the scope that share a claim', () => {
  const [{ rows }] = workloadsOf(StorageMap.of(charts().shop));
  expect(rows.find(({ path }: any) => path === '/media').sharedWith).toEqual(['Deployment batch']);
});

test('writes each format', () => {
  const map = StorageMap.of(charts().shop);
  expect(map.toText()).toMatch(/^Deployment shop · 2 replicas · shop\/app\/Resource\n/);
  expect(map.toMarkdown()).toMatch(/^## Deployment shop\n/);
  expect(map.toMermaid()).toMatch(/^flowchart LR\n/);
  expect(map.toSvg()).toMatch(/^<svg /);
  expect(map.toHtml()).toMatch(/^<!doctype html>\n/);
});
