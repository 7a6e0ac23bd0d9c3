import { App, Chart, Size } from 'cdk8s';
import { KubernetesVersion, AppWorkload, AppWorkloadProps } from '../src';

/** Renders the objects that `define` adds to a chart named 'test'. */
export function synth(define: (chart: Chart) => void, minimum?: KubernetesVersion): any[] {
  const app = new App();
  if (minimum) {
    KubernetesVersion.setMinimum(app, minimum);
  }
  const chart = new Chart(app, 'test', { disableResourceNameHashes: true });
  define(chart);
  return chart.toJson();
}

/** The smallest accepted props, with the default memory limit, of which each program would be warned otherwise. */
export const APP = {
  image: 'acme/app:1.0.0',
  port: 8080,
  resources: { memory: { limit: Size.mebibytes(256) } },
};

/** Creates the smallest accepted workload, with further props. */
export function workload(chart: Chart, props: Partial<AppWorkloadProps> = {}, id = 'app'): AppWorkload {
  return new AppWorkload(chart, id, { ...APP, ...props });
}

export function kind(objects: any[], wanted: string): any {
  return objects.find(object => object.kind === wanted);
}

const CONTROLLERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

/** The only object that creates pods. */
export function controllerOf(objects: any[]): any {
  return objects.find(object => CONTROLLERS.includes(object.kind));
}

/** The pod spec of the only object that creates pods. */
export function podOf(objects: any[]): any {
  const { spec } = controllerOf(objects);
  return (spec.jobTemplate?.spec ?? spec).template.spec;
}

export function containerOf(objects: any[]): any {
  return podOf(objects).containers[0];
}
