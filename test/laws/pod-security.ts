const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** A violation, and the rule whose waiver permits it. */
export interface Violation {
  readonly rule: string;
  readonly message: string;
}

/**
 * Returns where the pods of an object violate the Pod Security Standard "restricted".
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedViolations({ kind, spec }: any): Violation[] {
  const pod = kind === 'Pod' ? spec : (spec?.jobTemplate?.spec ?? spec)?.template?.spec;
  if (!pod) {
    return [];
  }
  const { hostNetwork, hostPID, hostIPC, volumes = [] } = pod;
  return [
    ...(hostNetwork || hostPID || hostIPC ? [{ rule: '', message: 'a namespace of the host' }] : []),
    ...volumes.flatMap(({ name, ...source }: any) =>
      Object.keys(source).every(type => VOLUMES.includes(type))
        ? []
        : [{ rule: 'no-host-path', message: `volume '${name}': ${Object.keys(source).join(', ')}` }],
    ),
    ...[...pod.containers, ...(pod.initContainers ?? [])].flatMap(container => containerViolations(pod, container)),
  ];
}

function containerViolations(pod: any, { name, ports = [], securityContext = {} }: any): Violation[] {
  const { privileged, allowPrivilegeEscalation, capabilities } = securityContext;
  const { runAsNonRoot, runAsUser, seccompProfile } = { ...pod.securityContext, ...securityContext };
  const allowed: Record<string, boolean> = {
    '': !privileged && ports.every(({ hostPort }: any) => hostPort === undefined),
    'no-privilege-escalation': allowPrivilegeEscalation === false,
    'drop-capabilities': (capabilities?.drop ?? []).includes('ALL') && capabilities?.add === undefined,
    'run-as-non-root': runAsNonRoot === true && runAsUser !== 0,
    'seccomp-profile': ['RuntimeDefault', 'Localhost'].includes(seccompProfile?.type),
  };
  return Object.entries(allowed)
    .filter(([, isAllowed]) => !isAllowed)
    .map(([rule]) => ({ rule, message: `container '${name}'` }));
}
