import { ISafetyRule, SafetyProblem, SafetyResource, SafetyRule, SafetySeverity } from '../../src';

/** The definition of a rule of a user. */
export const OWNER_LABEL: SafetyRule = {
  id: 'acme-owner-label',
  summary: 'Every Deployment names the team that owns it.',
  rationale: 'Alerts of a Deployment without an owner reach no team.',
  severity: SafetySeverity.ERROR,
  yamlFix: "Set the label 'acme.example/owner'.",
};

/** A rule of a user: every object of some kinds has a label. */
export class OwnerLabel implements ISafetyRule {
  public readonly definition: SafetyRule;

  public constructor(
    definition: Partial<SafetyRule> = {},
    private readonly isOwned = ({ manifest }: SafetyResource) =>
      manifest.metadata.labels?.['acme.example/owner'] !== undefined,
    private readonly kinds = ['Deployment'],
  ) {
    this.definition = { ...OWNER_LABEL, ...definition };
  }

  public check(resources: SafetyResource[]): SafetyProblem[] {
    return resources
      .filter(resource => this.kinds.includes(resource.kind) && !this.isOwned(resource))
      .map(resource => ({
        resource,
        jsonPointer: '/metadata/labels',
        message: `The ${resource.kind} has no owner label.`,
      }));
  }
}
