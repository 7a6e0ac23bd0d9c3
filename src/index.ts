export * from './kubernetes-version';
export * from './workload';
export * from './workload-props';
export * from './pod/capability';
export * from './pod/health-check';
export * from './pod/pod-parts';
export * from './pod/secret-source';
export { Waiver } from './safety/waiver';
