import type { k8s } from 'cdk8s-plus-28';

/** The classes of quantities and ports, but not a header of a probe, which has a `value` and a `name`. */
type Scalar = (k8s.Quantity | k8s.IntOrString) & { readonly name?: never };

/**
 * A type of the Kubernetes API as in a manifest, derived from an interface of cdk8s-plus-28: writable, with quantities
 * and ports as plain strings and numbers.
 */
export type Plain<T> = T extends Scalar
  ? string | number
  : T extends Date
    ? string
    : T extends (infer U)[]
      ? Plain<U>[]
      : T extends object
        ? { -readonly [K in keyof T]: Plain<T[K]> }
        : T;

// the interfaces of 1.28 lack the sleep action
type LifecycleHandler = Plain<k8s.LifecycleHandler> & { sleep?: { seconds: number } };

export type ContainerSpec = Omit<Plain<k8s.Container>, 'lifecycle'> & {
  lifecycle?: { preStop?: LifecycleHandler; postStart?: LifecycleHandler };
};
export type PodSpec = Omit<Plain<k8s.PodSpec>, 'containers' | 'initContainers'> & {
  containers: ContainerSpec[];
  initContainers?: ContainerSpec[];
};
export type PodTemplate = {
  metadata: { labels: Record<string, string>; annotations?: Record<string, string> };
  spec: PodSpec;
};
export type Probe = Plain<k8s.Probe>;
export type EnvVar = Plain<k8s.EnvVar>;
