import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkImage } from '../checks/image';
import { misread } from '../checks/misread';
import { checkLabel, checkMetadata, isLabelValue } from '../checks/values';

/** What the objects of one workload have in common. */
export interface Identity {
  readonly name: string;
  readonly namespace?: string;
  /** On every object. */
  readonly labels: Record<string, string>;
  /** On the pods, and enough to select them. */
  readonly podLabels: Record<string, string>;
}

/** Names and labels in Kubernetes' recommended form; the object that is named first lends its name to the others. */
export function identify(
  scope: Construct,
  controller: ApiObject,
  image: string,
  metadata?: ApiObjectMetadata,
): Identity {
  // the name is a label of the pods too
  checkLabel(scope, 'name', controller.name);
  checkMetadata(scope, metadata);
  const podLabels = {
    'app.kubernetes.io/name': labelValue(scope.node.id),
    'app.kubernetes.io/instance': labelValue(controller.name),
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

function labelValue(text: string): string {
  return text
    .replace(/[^-A-Za-z0-9_.]/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
