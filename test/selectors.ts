type Labels = Readonly<Record<string, string>>;

/** The template of the pods of an object, if it has pods. */
function templateOf(object: any): any {
  const { kind, spec } = object;
  return kind === 'Pod' ? object : (spec?.jobTemplate?.spec.template ?? spec?.template);
}

function matches(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** The selectors of pods in an object: those of a Service or policy, and those of peers and spread constraints. */
function* selectorsOf(value: any, kind: string): Generator<Labels> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, child] of Object.entries<any>(value)) {
    if (key === 'volumeClaimTemplates' || key === 'volumes') {
      // these select volumes
      continue;
    }
    if (key === 'podSelector' && value.namespaceSelector !== undefined) {
      // the pods of another namespace are not in the manifest
      continue;
    }
    if (kind === 'Service' && key === 'selector') {
      yield child;
    } else if (
      !['ServiceMonitor', 'PersistentVolumeClaim'].includes(kind) &&
      ['podSelector', 'labelSelector', 'selector'].includes(key)
    ) {
      yield child.matchLabels ?? {};
    } else {
      yield* selectorsOf(child, kind);
    }
  }
}

/**
 * Returns the controllers whose selector does not match their own pods, which the API server refuses, and the selectors
 * that match no pods of the manifest.
 */
export function strayingSelectors(objects: readonly any[]): string[] {
  const pods = objects.flatMap(object => templateOf(object)?.metadata?.labels ?? []);
  return objects.flatMap(object => {
    const template = templateOf(object);
    const candidates = template ? [template.metadata?.labels ?? {}] : pods;
    return [...selectorsOf(object.spec, object.kind)]
      .filter(selector => !candidates.some(labels => matches(labels, selector)))
      .map(selector => `${object.kind} ${object.metadata.name}: ${JSON.stringify(selector)}`);
  });
}
