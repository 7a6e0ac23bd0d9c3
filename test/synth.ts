import { App, Chart } from 'cdk8s';
import { KubernetesVersion, AppWorkload, AppWorkloadProps } from '../src';

/** The objects of a chart 'test' with what `define` puts into it. */
export function synth(define: (chart: Chart) => void, oldest?: KubernetesVersion): any[] {
  const app = new App();
  if (oldest) {
    KubernetesVersion.setMinimum(app, oldest);
  }
  const chart = new Chart(app, 'test', { disableResourceNameHashes: true });
  define(chart);
  return chart.toJson();
}

/** The smallest workload that is accepted, with other props over it. */
export function workload(chart: Chart, props: Partial<AppWorkloadProps> = {}, id = 'app'): AppWorkload {
  return new AppWorkload(chart, id, { image: 'acme/app:1.0.0', port: 8080, ...props });
}

export function kind(objects: any[], wanted: string): any {
  return objects.find(object => object.kind === wanted);
}

/** The pod of the only controller. */
export function podOf(objects: any[]): any {
  return (kind(objects, 'Deployment') ?? kind(objects, 'StatefulSet')).spec.template.spec;
}

export function containerOf(objects: any[]): any {
  return podOf(objects).containers[0];
}
