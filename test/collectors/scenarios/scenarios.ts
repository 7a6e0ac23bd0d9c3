import { CONTENTS } from './contents';
import { FAILING_SINKS } from './failing-sinks';
import { ROTATIONS } from './rotation';
import type { Scenario } from './scenario';

export const SCENARIOS: readonly Scenario[] = [...ROTATIONS, ...FAILING_SINKS, ...CONTENTS];
