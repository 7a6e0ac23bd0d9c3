import type { Rule } from '../rule';
import { emptyDirSizeLimit } from './empty-dir-size-limit';

/** Every rule, by its id. */
export const RULES: readonly Rule[] = [
  emptyDirSizeLimit,
];
