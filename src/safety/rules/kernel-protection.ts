import { KERNEL_SETTINGS_OF_PODS, SELINUX_TYPES } from '../../facts/pod-security';
import { at, list, record, text, textMap } from '../../inspect/json';
import type { Container, Pod } from '../../inspect/pods';
import { isWindows, securityAt, securityOf } from '../../inspect/security';
import { eachPod, Found, Rule } from '../rule';

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
  ...eachPod(function* (pod) {
    if (isWindows(pod)) {
      return;
    }
    yield* kernelSettings(pod);
    for (const container of pod.containers) {
      yield* processFiles(container);
      yield* appArmor(pod, container);
      yield* seLinux(pod, container);
    }
  }),
};

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

const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

function* appArmor(pod: Pod, container: Container): Iterable<Found> {
  const message = `No AppArmor profile restricts container '${container.name}'.`;
  const annotation = `${APP_ARMOR_ANNOTATION}${container.name}`;
  const path = ['appArmorProfile', 'type'];
  if (securityOf(pod, container, ...path) === 'Unconfined') {
    yield { at: securityAt(pod, container, ...path), message };
  } else if (textMap(at(pod.object.content, ...pod.metadataAt, 'annotations'))[annotation] === 'unconfined') {
    yield { at: [...pod.metadataAt, 'annotations', annotation], message };
  }
}

function* seLinux(pod: Pod, container: Container): Iterable<Found> {
  const { type, user, role } = record(securityOf(pod, container, 'seLinuxOptions'));
  const isRestricted = SELINUX_TYPES.includes(text(type) ?? '') && !user && !role;
  if (!isRestricted) {
    yield {
      at: securityAt(pod, container, 'seLinuxOptions'),
      message: `Container '${container.name}' runs in an SELinux context that is not one of containers.`,
    };
  }
}
