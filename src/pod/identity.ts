import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { LabelSelector, PodSelectorConfig } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { fail } from '../checks/fail';
import { checkImage } from '../checks/image';
import { misread } from '../checks/misread';
import { checkLabel, checkLabels, checkMetadata, isLabelValue } from '../checks/values';

/** The name, namespace and labels that the objects of one workload share. */
export interface Identity {
  readonly name: string;
  readonly namespace?: string;
  /** The labels of every object. */
  readonly labels: Record<string, string>;
  /** The labels that select the pods. */
  readonly podLabels: Record<string, string>;
}

const NAME = 'app.kubernetes.io/name';
const INSTANCE = 'app.kubernetes.io/instance';

/** The labels that controllers set on their pods. Other values are overridden or rejected. */
const CONTROLLER_LABELS = [
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
];

/**
 * Derives the recommended labels of Kubernetes and the common name, which is the name of the controller.
 *
 * Labels of the user take precedence. Those that select the pods are used in all selectors too.
 */
export function identify(
  scope: Construct,
  controller: ApiObject,
  image: string,
  metadata?: ApiObjectMetadata,
): Identity {
  // a label, because the pods have the name in a label too
  checkLabel(scope, 'name', controller.name);
  checkMetadata(scope, metadata);
  refuseControllerLabels(scope, metadata?.labels);
  const podLabels = {
    [NAME]: metadata?.labels?.[NAME] ?? labelValue(scope.node.id),
    [INSTANCE]: metadata?.labels?.[INSTANCE] ?? labelValue(controller.name),
  };
  const { tag } = checkImage(scope, image);
  const version: Record<string, string> =
    tag && isLabelValue(tag) && !misread(tag) ? { 'app.kubernetes.io/version': tag } : {};
  return {
    name: controller.name,
    namespace: metadata?.namespace,
    labels: { ...podLabels, ...version, 'app.kubernetes.io/managed-by': 'cdk8s', ...metadata?.labels },
    podLabels,
  };
}

/** Refuses labels of the pods that would change what their selector matches. */
export function checkPodLabels(scope: Construct, { podLabels }: Identity, labels: Record<string, string> = {}): void {
  checkLabels(scope, "'podLabels'", labels);
  const key = Object.keys(labels).find(label => Object.hasOwn(podLabels, label));
  if (key !== undefined) {
    fail(
      scope,
      `'podLabels' sets '${key}', which the selector of the workload matches.`,
      'Use another key, or another construct ID or name of the workload.',
    );
  }
}

/** Returns the selector of the pods for constructs of cdk8s-plus. */
export function podSelector({ podLabels }: Identity): PodSelectorConfig {
  return { labelSelector: LabelSelector.of({ labels: podLabels }) };
}

function refuseControllerLabels(scope: Construct, labels: Record<string, string> = {}): void {
  const key = CONTROLLER_LABELS.find(label => Object.hasOwn(labels, label));
  if (key !== undefined) {
    fail(scope, `'metadata.labels' contains '${key}', which Kubernetes sets on each pod.`, 'Use another key.');
  }
}

function labelValue(text: string): string {
  return text
    .replace(/[^-A-Za-z0-9_.]/g, '-')
    .slice(0, 63)
    .replace(/^[-_.]+/, '')
    .replace(/(?<![-_.])[-_.]+$/, '');
}
