import type { Chart } from 'cdk8s';
import { AppWorkloadProps, Controller, KubernetesVersion, MountOptions, PodVolume } from '../../../src';
import { controlled } from '../../controllers/fixtures';
import { podOf, synth } from '../../synth';

/** Renders the objects of a Deployment that mounts a volume at `/data`. */
export function mounting(
  volume: PodVolume,
  options?: MountOptions,
  { minimum, ...props }: Partial<AppWorkloadProps> & { readonly minimum?: KubernetesVersion } = {},
): any[] {
  const controller = props.controller ?? Controller.deployment();
  return synth(chart => controlled(chart, controller, props).mount('/data', volume, options), minimum);
}

/** The volume and the mount at `/data` in the pods of a Deployment, and the claim that it defines. */
export function rendering(volume: PodVolume, options?: MountOptions, minimum?: KubernetesVersion): any {
  const objects = mounting(volume, options, { minimum });
  const { volumes, containers } = podOf(objects);
  return {
    volume: volumes.find(({ name }: any) => name === volume.name),
    mount: containers[0].volumeMounts.find(({ mountPath }: any) => mountPath === '/data'),
    claim: objects.find(({ kind }) => kind === 'PersistentVolumeClaim'),
  };
}

/** Creates a Deployment that mounts a volume at `/data`. */
export function mountedBy(chart: Chart, id: string, volume: PodVolume, props: Partial<AppWorkloadProps> = {}) {
  return controlled(chart, Controller.deployment(), props, id).mount('/data', volume);
}
