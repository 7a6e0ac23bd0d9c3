import jsii
from cdk8s_storage_patterns import ISafetyRule, SafetyProblem, SafetyRule, SafetySeverity


@jsii.implements(ISafetyRule)
class Owned:
    @property
    def definition(self):
        return SafetyRule(
            id="acme-owner-label",
            summary="Every Deployment names the team that owns it.",
            rationale="Alerts of a Deployment without an owner reach no team.",
            severity=SafetySeverity.ERROR,
            yaml_fix="Set the label 'owner'.",
        )

    def check(self, resources):
        return [
            SafetyProblem(
                resource=resource,
                json_pointer="/metadata/labels",
                message="The Deployment has no owner label.",
            )
            for resource in resources
            if resource.kind == "Deployment" and "owner" not in resource.manifest["metadata"].get("labels", {})
        ]
