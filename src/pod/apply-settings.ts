import type { IConstruct } from 'constructs';
import { checkMinimum } from './minimum-version';
import { dnsFields, renderHostAliases } from './name-resolution';
import type { PodResourceClaim, PodScheduling, PodSettings, Toleration } from './pod-settings';
import { renderResources } from './render-resources';
import { fail } from '../checks/fail';
import type { ContainerSpec, PodSpec } from '../checks/pod-spec';
import { checkProps, OPTIONAL, required, optional } from '../checks/props';
import { checkInteger, checkLabel, checkLabels, checkObjectName, checkQualifiedName } from '../checks/values';
import { KubernetesVersion } from '../kubernetes-version';

/** Sets the fields of a rendered pod that its settings define. */
export function applySettings(scope: IConstruct, pod: PodSpec, settings: PodSettings): void {
  const { scheduling, dns, hostAliases, imagePullPolicy, resourceClaims, podResources, userNamespace } = settings;
  Object.assign(pod, scheduling && schedulingFields(scope, scheduling), dns && dnsFields(scope, dns));
  if (hostAliases?.length) {
    pod.hostAliases = renderHostAliases(scope, hostAliases);
  }
  if (imagePullPolicy !== undefined) {
    [...pod.containers, ...(pod.initContainers ?? [])].forEach(container => {
      container.imagePullPolicy = imagePullPolicy;
    });
  }
  applyResources(scope, pod.containers[0], settings.extendedResources);
  if (resourceClaims?.length) {
    applyClaims(scope, pod, resourceClaims);
  }
  if (podResources) {
    checkMinimum(scope, "'podResources'", KubernetesVersion.V1_37);
    Object.assign(pod, { resources: renderResources(podResources) });
  }
  if (userNamespace) {
    checkMinimum(scope, "'userNamespace'", KubernetesVersion.V1_36);
    pod.hostUsers = false;
  }
  if (KubernetesVersion.minimumOf(scope).isAtLeast(KubernetesVersion.V1_35)) {
    pod.securityContext = { ...({ supplementalGroupsPolicy: 'Strict' } as object), ...pod.securityContext };
  }
}

function schedulingFields(scope: IConstruct, scheduling: PodScheduling): Partial<PodSpec> {
  checkProps<PodScheduling>(
    scope,
    scheduling,
    {
      nodeSelector: optional('string{}'),
      affinity: OPTIONAL,
      tolerations: optional('object[]'),
      priorityClassName: optional('string'),
      runtimeClassName: optional('string'),
      schedulerName: optional('string'),
    },
    "'scheduling'",
  );
  const { nodeSelector, affinity, tolerations = [], priorityClassName, runtimeClassName, schedulerName } = scheduling;
  checkLabels(scope, "'scheduling.nodeSelector'", nodeSelector);
  for (const [prop, name] of Object.entries({ priorityClassName, runtimeClassName, schedulerName })) {
    if (name !== undefined) {
      checkObjectName(scope, `'scheduling.${prop}'`, name);
    }
  }
  return {
    nodeSelector: nodeSelector && { ...nodeSelector },
    affinity,
    tolerations:
      tolerations.length > 0 ? tolerations.map((toleration, i) => rendered(scope, toleration, i)) : undefined,
    priorityClassName,
    runtimeClassName,
    schedulerName,
  };
}

function rendered(scope: IConstruct, toleration: Toleration, index: number): object {
  const subject = `'scheduling.tolerations[${index}]'`;
  checkProps<Toleration>(
    scope,
    toleration,
    { key: optional('string'), value: optional('string'), effect: optional('string') },
    subject,
  );
  const { key, value, effect } = toleration;
  if (key === undefined && value !== undefined) {
    fail(scope, `${subject} has the value '${value}' without a key.`, "Set 'key' too.");
  }
  if (key !== undefined) {
    checkLabels(scope, subject, { [key]: value ?? '' });
  }
  return { key, operator: value === undefined ? 'Exists' : 'Equal', value, effect };
}

function applyResources(scope: IConstruct, app: ContainerSpec, resources: Record<string, number> = {}): void {
  for (const [name, amount] of Object.entries(resources)) {
    checkQualifiedName(scope, "'extendedResources'", name);
    if (!name.includes('/')) {
      fail(
        scope,
        `'${name}' in 'extendedResources' has no domain, so it is not an extended resource.`,
        "Use a name such as 'nvidia.com/gpu', or set CPU and memory in 'resources'.",
      );
    }
    checkInteger(scope, `'${name}' in 'extendedResources'`, amount, 1, 100000);
    app.resources!.requests = { ...app.resources!.requests, [name]: String(amount) };
    app.resources!.limits = { ...app.resources!.limits, [name]: String(amount) };
  }
}

function applyClaims(scope: IConstruct, pod: PodSpec, claims: readonly PodResourceClaim[]): void {
  checkMinimum(scope, "'resourceClaims'", KubernetesVersion.V1_34);
  const resourceClaims = claims.map((claim, i) => {
    const subject = `'resourceClaims[${i}]'`;
    checkProps<PodResourceClaim>(
      scope,
      claim,
      {
        name: required('"gpu"', 'string'),
        resourceClaimName: optional('string'),
        resourceClaimTemplateName: optional('string'),
      },
      subject,
    );
    const { name, resourceClaimName, resourceClaimTemplateName } = claim;
    checkLabel(scope, `the name of ${subject}`, name);
    if ((resourceClaimName === undefined) === (resourceClaimTemplateName === undefined)) {
      fail(
        scope,
        `${subject} sets ${resourceClaimName === undefined ? 'neither' : 'both'} of 'resourceClaimName' and ` +
          "'resourceClaimTemplateName'.",
        'Set one of them.',
      );
    }
    checkObjectName(scope, subject, (resourceClaimName ?? resourceClaimTemplateName)!);
    return { name, resourceClaimName, resourceClaimTemplateName };
  });
  Object.assign(pod, { resourceClaims });
  Object.assign(pod.containers[0].resources!, { claims: claims.map(({ name }) => ({ name })) });
}
