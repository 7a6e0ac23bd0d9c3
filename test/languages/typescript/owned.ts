import { ISafetyRule, SafetyProblem, SafetyResource, SafetyRule, SafetySeverity } from 'cdk8s-storage-patterns';

export class Owned implements ISafetyRule {
  public readonly definition: SafetyRule = {
    id: 'acme-owner-label',
    summary: 'Every Deployment names the team that owns it.',
    rationale: 'Alerts of a Deployment without an owner reach no team.',
    severity: SafetySeverity.ERROR,
    yamlFix: "Set the label 'owner'.",
  };

  public check(resources: SafetyResource[]): SafetyProblem[] {
    return resources
      .filter(({ kind, manifest }) => kind === 'Deployment' && !manifest.metadata.labels?.owner)
      .map(resource => ({ resource, jsonPointer: '/metadata/labels', message: 'The Deployment has no owner label.' }));
  }
}
