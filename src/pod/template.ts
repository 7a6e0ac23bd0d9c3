import { harden, HardenOptions } from './harden';
import type { Identity } from './identity';
import type { AppContainer, MergedParts } from './merge';
import type { SecretSource } from './secret-source';
import type { PodSpec, PodTemplate } from '../checks/pod-spec';
import { seconds } from '../checks/values';

/** What a template adds to a rendered pod. */
export interface TemplateOptions extends Pick<
  HardenOptions,
  'scope' | 'runAsUser' | 'runAsGroup' | 'revisionLabel' | 'serves' | 'isReplicated'
> {
  readonly identity: Identity;
  readonly app: AppContainer;
  readonly merged: MergedParts;
  readonly imagePullSecrets?: readonly SecretSource[];
}

/** Names and hardens a rendered pod, for whatever controls it. */
export function podTemplate(
  pod: PodSpec,
  { identity, app, merged, imagePullSecrets, ...facts }: TemplateOptions,
): PodTemplate {
  pod.serviceAccountName = identity.name;
  pod.imagePullSecrets =
    imagePullSecrets && [...new Set(imagePullSecrets.map(({ secretName }) => secretName))].map(name => ({ name }));
  const stopping = [app, ...merged.sidecars].map(({ shutdownTimeout, preStopDelay }) => ({
    time: shutdownTimeout ? seconds(shutdownTimeout) : 0,
    delay: preStopDelay ? seconds(preStopDelay) : 0,
  }));
  // sidecars stop one after another, once the app has; none may be told to wait for longer than all of it takes
  const stopSeconds = Math.max(
    stopping.reduce((sum, { time }) => sum + time, 0),
    ...stopping.map(({ delay }) => delay),
  );
  return {
    metadata: {
      labels: identity.labels,
      annotations: merged.podAnnotations.size > 0 ? Object.fromEntries(merged.podAnnotations) : undefined,
    },
    spec: harden(pod, { ...facts, podLabels: identity.podLabels, volumes: merged.volumes, stopSeconds }),
  };
}
