import { Size } from 'cdk8s';

/** The default ephemeral storage of a container for its writable layer and its log. */
export const WRITABLE_LAYER = { app: Size.mebibytes(128), sidecar: Size.mebibytes(64) };

/** The default memory of a container. */
export const MEMORY = { app: Size.mebibytes(256), sidecar: Size.mebibytes(64) };
