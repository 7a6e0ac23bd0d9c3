import type { Row } from './model';
import type { JsonPath } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/** A row without its findings. */
export interface Draft {
  readonly row: Omit<Row, 'findings'>;
  /** The values of the pod's own object whose findings concern the row. */
  readonly anchors: readonly JsonPath[];
  /** Other objects whose findings concern the row. */
  readonly objects: readonly ManifestObject[];
}
