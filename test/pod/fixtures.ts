import { Size } from 'cdk8s';
import { AppWorkloadProps, IPodExtension, PodAdditions, PodVolume } from '../../src';
import { podOf, synth, workload } from '../synth';

export function extension(id: string, additions: PodAdditions): IPodExtension {
  return { id, bind: () => additions };
}

/** The objects of a workload with these additions. */
export function extended(...all: PodAdditions[]): any[] {
  return synth(chart => all.reduce((app, additions, i) => app.add(extension(`e${i}`, additions)), workload(chart)));
}

export function expectRefusal(props: Partial<AppWorkloadProps>, error: string): void {
  expect(() => synth(chart => workload(chart, props))).toThrow(`[test/app] ${error}`);
}

/** Expects the same error for both orders of two extensions. */
export function expectConflict(first: PodAdditions, second: PodAdditions, error: string): void {
  const extensions = [extension('one', first), extension('other', second)];
  for (const ordered of [extensions, [...extensions].reverse()]) {
    expect(() => synth(chart => ordered.reduce((app, each) => app.add(each), workload(chart)))).toThrow(
      `[test/app] ${error}`,
    );
  }
}

export const podWith = (props: Partial<AppWorkloadProps>): any => podOf(synth(chart => workload(chart, props)));

export const emptyDir = (name: string): PodVolume => PodVolume.emptyDir(name, { sizeLimit: Size.mebibytes(1) });
