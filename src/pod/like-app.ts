import type { EnvValue } from 'cdk8s-plus-28';
import { MEMORY } from './default-resources';
import type { PodEnvFrom, PodMount, SidecarContainer } from './pod-parts';

/** The app container with everything that additions set. */
export interface CompleteApp {
  readonly image: string;
  readonly resources?: SidecarContainer['resources'];
  readonly env: Record<string, EnvValue>;
  readonly envFrom: readonly PodEnvFrom[];
  readonly mounts: readonly PodMount[];
}

/** Returns a container with what it takes from the app. */
export function withAppParts<T extends SidecarContainer>(container: T, app: CompleteApp): T {
  const { likeApp, image, env, envFrom = [], mounts = [], resources } = container;
  if (!likeApp) {
    return container;
  }
  const paths = new Set(mounts.map(({ path }) => path));
  return {
    ...container,
    image: image ?? app.image,
    env: { ...app.env, ...env },
    envFrom: [...app.envFrom, ...envFrom],
    mounts: [...app.mounts.filter(({ path }) => !paths.has(path)), ...mounts],
    resources: resources ?? app.resources ?? { memory: { limit: MEMORY.app } },
  };
}
