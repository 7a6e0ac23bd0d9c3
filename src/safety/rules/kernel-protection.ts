import { KERNEL_SETTINGS_OF_PODS, SELINUX_TYPES } from '../../facts/pod-security';
import { at, list, record, text } from '../../inspect/json';
import type { RareField } from '../../inspect/pod-fields';
import type { Container, Pod } from '../../inspect/pods';
import { debugContainers, isWindows, securityAt, securityOf } from '../../inspect/security';
import { eachPodWith, Found, Rule } from '../rule';

const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io';

/** The fields and the annotation that weaken the protection. */
const FIELDS: readonly RareField[] = [
  'sysctls',
  'procMount',
  'appArmorProfile',
  'seLinuxOptions',
  APP_ARMOR_ANNOTATION,
];

export const kernelProtection: Rule<'kernel-protection'> = {
  id: 'kernel-protection',
  summary: 'Pods keep the kernel protection of their container runtime.',
  rationale:
    'Otherwise, a container can read or change settings of the kernel that it shares with all pods of its node. The ' +
    'kubelet rejects a pod with a kernel setting that its node does not allow.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  fix: {
    construct: "Use 'AppWorkload', which sets none of these fields.",
    yaml:
      "Remove 'procMount', 'seLinuxOptions' and 'appArmorProfile', and set only 'sysctls' that are safe, such as " +
      "'net.ipv4.ip_unprivileged_port_start'.",
  },
  safeDefault: { what: 'no `procMount`, `sysctls`, SELinux or AppArmor settings' },
  ...eachPodWith(FIELDS, function* (pod) {
    for (const problem of isWindows(pod) ? [] : kernelProblems(pod)) {
      // agents of a node need access to its kernel
      yield { ...problem, severity: pod.object.kind === 'DaemonSet' ? 'info' : undefined };
    }
  }),
};

function* kernelProblems(pod: Pod): Iterable<Found> {
  const containers = [...pod.containers, ...debugContainers(pod)];
  yield* kernelSettings(pod);
  for (const container of containers) {
    yield* processFiles(container);
    yield* annotatedAppArmor(pod, container);
  }
  for (const setting of SETTINGS) {
    yield* confinement(pod, containers, setting);
  }
}

function* kernelSettings(pod: Pod): Iterable<Found> {
  for (const [i, sysctl] of list(at(pod.spec, 'securityContext', 'sysctls')).entries()) {
    const name = text(at(sysctl, 'name'));
    // a name can have slashes in place of dots
    if (name !== undefined && !KERNEL_SETTINGS_OF_PODS.includes(name.replace(/\//g, '.'))) {
      yield {
        at: [...pod.at, 'securityContext', 'sysctls', i, 'name'],
        message: `The pod sets '${name}', which the kubelet does not allow by default.`,
      };
    }
  }
}

function* processFiles({ name, content, at: containerAt }: Container): Iterable<Found> {
  const path = ['securityContext', 'procMount'];
  const procMount = text(at(content, ...path));
  if (procMount !== undefined && procMount !== 'Default') {
    yield {
      at: [...containerAt, ...path],
      message: `Container '${name}' sees the files in /proc that the container runtime hides.`,
    };
  }
}

/** The annotation sets the profile before Kubernetes 1.30. */
function* annotatedAppArmor(pod: Pod, { name }: Container): Iterable<Found> {
  const annotation = `${APP_ARMOR_ANNOTATION}/${name}`;
  const profile = pod.annotations[annotation];
  if (profile !== undefined && !/^(?:runtime\/default|localhost\/.*)?$/.test(profile)) {
    yield {
      at: [...pod.metadataAt, 'annotations', annotation],
      message: `No AppArmor profile restricts container '${name}'.`,
    };
  }
}

/** A setting of the security context of a container, or of the pod for all of its containers. */
interface Setting {
  readonly path: readonly string[];
  readonly isForbidden: (value: unknown) => boolean;
  readonly message: (subject: string) => string;
}

const SETTINGS: readonly Setting[] = [
  {
    path: ['appArmorProfile', 'type'],
    isForbidden: type => type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost',
    message: subject => `No AppArmor profile restricts ${subject}.`,
  },
  {
    path: ['seLinuxOptions'],
    isForbidden: options => {
      const { type, user, role } = record(options);
      return !SELINUX_TYPES.includes(text(type) ?? '') || Boolean(user) || Boolean(role);
    },
    message: subject => `${capitalized(subject)} has a custom SELinux context.`,
  },
];

/** Reports the containers, or the setting of the pod if all of its containers override it. */
function* confinement(
  pod: Pod,
  containers: readonly Container[],
  { path, isForbidden, message }: Setting,
): Iterable<Found> {
  const forbidden = containers.filter(container => isForbidden(securityOf(pod, container, ...path)));
  for (const container of forbidden) {
    yield { at: securityAt(pod, container, ...path), message: message(`container '${container.name}'`) };
  }
  if (forbidden.length === 0 && isForbidden(at(pod.spec, 'securityContext', ...path))) {
    yield { at: [...pod.at, 'securityContext', ...path], message: message('the pod') };
  }
}

function capitalized(subject: string): string {
  return subject.charAt(0).toUpperCase() + subject.slice(1);
}
