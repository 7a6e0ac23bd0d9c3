import { ApiObject, Chart, Testing } from 'cdk8s';
import { Container, Cpu, Deployment, PersistentVolumeAccessMode, PersistentVolumeClaim, Volume } from 'cdk8s-plus-28';
import { parse } from 'yaml';
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

/** A CronJob with a volume of each type. */
const VOLUMES = `apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "15 2 * * 1"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: app
              image: acme/report:1
              volumeMounts:
                - {name: claim, mountPath: /claim}
                - {name: scratch, mountPath: /scratch}
                - {name: media, mountPath: /media}
                - {name: secrets, mountPath: /secrets}
                - {name: model, mountPath: /model}
                - {name: logs, mountPath: /logs}
                - {name: info, mountPath: /info}
                - {name: memory, mountPath: /memory}
          volumes:
            - {name: claim, persistentVolumeClaim: {claimName: reports}}
            - {name: scratch, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 2Gi}}}}}}
            - {name: media, nfs: {server: nas, path: /media}}
            - {name: secrets, csi: {driver: secrets.example.com}}
            - {name: model, image: {reference: "acme/model:1"}}
            - {name: logs, hostPath: {path: /var/log}}
            - {name: info, downwardAPI: {items: []}}
            - {name: memory, emptyDir: {medium: Memory, sizeLimit: 1Gi}}
`;

const LABELS = [
  'schedule 15 2 * * 1',
  '1 pod per run',
  'claim reports',
  'ephemeral claim',
  'NFS nas:/media',
  'CSI volume secrets.example.com',
  'image volume acme/model:1',
  'hostPath /var/log',
  'downward API',
  'emptyDir in memory',
];

test.each(['toText', 'toMarkdown', 'toMermaid', 'toSvg', 'toHtml'] as const)(
  '%s describes the volumes of each type, and the schedule of a CronJob',
  format => {
    const chart = Testing.chart();
    new ApiObject(chart, 'report', parse(VOLUMES));
    const written = StorageMap.of(chart)
      [format]()
      .replace(/&?#(\d+);/g, (_, code) => String.fromCodePoint(code));
    // tables in plain text wrap their cells
    const labels = format === 'toText' ? LABELS.map(label => label.split(' ')[0]) : LABELS;
    expect(labels.filter(label => !written.includes(label))).toEqual([]);
  },
);
