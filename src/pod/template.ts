import { accountName } from './companions';
import { harden, HardenOptions } from './harden';
import type { Identity } from './identity';
import type { AppContainer, MergedAdditions } from './merge';
import { checkPodResources } from './pod-resources-check';
import type { PodSettings } from './pod-settings';
import type { SecretSource } from './secret-source';
import type { PodSpec, PodTemplate } from '../checks/pod-spec';
import { seconds } from '../checks/values';

/** Options of a pod template. */
export interface TemplateOptions extends Pick<
  HardenOptions,
  'scope' | 'runAsUser' | 'runAsGroup' | 'revisionLabel' | 'serves' | 'isReplicated'
> {
  readonly identity: Identity;
  readonly app: AppContainer;
  readonly merged: MergedAdditions;
  readonly imagePullSecrets?: readonly SecretSource[];
  readonly settings: PodSettings;
}

/** Completes a rendered pod with its account, labels and safe defaults. */
export function podTemplate(
  pod: PodSpec,
  { identity, app, merged, imagePullSecrets, settings, ...options }: TemplateOptions,
): PodTemplate {
  pod.serviceAccountName = accountName(identity, settings.serviceAccount);
  pod.imagePullSecrets =
    imagePullSecrets && [...new Set(imagePullSecrets.map(({ secretName }) => secretName))].map(name => ({ name }));
  const { podAnnotations, volumes } = merged;
  harden(pod, { ...options, podLabels: identity.podLabels, volumes, stopSeconds: stopSeconds(app, merged) });
  checkPodResources(options.scope, pod);
  return {
    metadata: {
      labels: { ...identity.labels, ...settings.podLabels },
      annotations: podAnnotations.size > 0 ? Object.fromEntries(podAnnotations) : undefined,
    },
    spec: pod,
  };
}

/** Sidecars stop one after another after the app, but each delay before SIGTERM starts when the pod is deleted. */
function stopSeconds(app: AppContainer, { sidecars }: MergedAdditions): number {
  const containers = [app, ...sidecars];
  const timeouts = containers.map(({ shutdownTimeout }) => (shutdownTimeout ? seconds(shutdownTimeout) : 0));
  const delays = containers.map(({ preStopDelay }) => (preStopDelay ? seconds(preStopDelay) : 0));
  return Math.max(
    timeouts.reduce((total, timeout) => total + timeout, 0),
    ...delays,
  );
}
