import { processRows, Row } from './rows';
import { inTurns, Program } from './runs';
import { findProgram, PLUS, SINGLE_PASS, Workshop } from './workshop';

const APPS = 1000;
/** `kubectl kustomize` takes minutes for the objects of 1,000 apps. */
const APPS_OF_KUSTOMIZE = 100;
const ROUNDS = 5;

/** A chart with one template that writes the objects of each app, and no other feature. */
function chart(workshop: Workshop): string {
  const [oneApp] = workshop.synthesis(1, 1);
  const template = workshop.manifestsOf(oneApp).replaceAll('app-0', '{{ $name }}');
  workshop.write('chart/Chart.yaml', 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  const file = workshop.write(
    'chart/templates/apps.yaml',
    `{{- range $index := until ${APPS} }}\n{{- $name := printf "app-%d" $index }}\n---\n${template}{{- end }}\n`,
  );
  return file.replace(/\/templates\/apps\.yaml$/, '');
}

/** A kustomization with the objects of all apps in one file, and no other feature. */
function kustomization(workshop: Workshop): string {
  const [apps] = workshop.synthesis(1, APPS_OF_KUSTOMIZE);
  workshop.write('kustomization/objects.yaml', workshop.manifestsOf(apps));
  const file = workshop.write('kustomization/kustomization.yaml', 'resources: [objects.yaml]\n');
  return file.replace(/\/kustomization\.yaml$/, '');
}

async function compare(apps: number, workshop: Workshop, peers: readonly Program[]): Promise<Row[]> {
  const [ours, singlePass] = workshop.charts(1, apps, false);
  const [runs, singlePassRuns, ...peerRuns] = await inTurns([ours, singlePass, ...peers], ROUNDS);
  const measurement = `whole process, ${apps} apps`;
  return peers.flatMap(({ name }, index) => [
    ...processRows(measurement, runs, name, peerRuns[index]),
    ...processRows(`${measurement} in ${SINGLE_PASS}`, singlePassRuns, name, peerRuns[index]),
  ]);
}

/** The whole process, from its start to the written manifests, beside other programs that write the same objects. */
export async function measureProcesses(workshop: Workshop, leaveOut: (reason: string) => void): Promise<Row[]> {
  const helm = findProgram('helm', 'HELM');
  const kubectl = findProgram('kubectl', 'KUBECTL');
  if (helm === undefined) {
    leaveOut("'helm' is not installed. Set HELM to its path.");
  }
  if (kubectl === undefined) {
    leaveOut("'kubectl' is not installed. Set KUBECTL to its path.");
  }
  const plus = workshop.synthesis(1, APPS).filter(({ name }) => name === PLUS);
  return [
    ...(await compare(APPS, workshop, [
      ...plus,
      ...(helm === undefined ? [] : [{ name: 'helm template', command: [helm, 'template', chart(workshop)] }]),
    ])),
    ...(kubectl === undefined
      ? []
      : await compare(APPS_OF_KUSTOMIZE, workshop, [
          { name: 'kubectl kustomize', command: [kubectl, 'kustomize', kustomization(workshop)] },
        ])),
  ];
}
