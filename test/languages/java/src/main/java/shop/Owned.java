package shop;

import io.github.cdk8s_storage_patterns.ISafetyRule;
import io.github.cdk8s_storage_patterns.SafetyProblem;
import io.github.cdk8s_storage_patterns.SafetyResource;
import io.github.cdk8s_storage_patterns.SafetyRule;
import io.github.cdk8s_storage_patterns.SafetySeverity;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

public class Owned implements ISafetyRule {
    @Override
    public SafetyRule getDefinition() {
        return SafetyRule.builder()
            .id("acme-owner-label")
            .summary("Every Deployment names the team that owns it.")
            .rationale("Alerts of a Deployment without an owner reach no team.")
            .severity(SafetySeverity.ERROR)
            .yamlFix("Set the label 'owner'.")
            .build();
    }

    @Override
    public List<SafetyProblem> check(List<SafetyResource> resources) {
        return resources.stream()
            .filter(resource -> resource.getKind().equals("Deployment") && !isOwned(resource))
            .map(resource -> SafetyProblem.builder()
                .resource(resource)
                .jsonPointer("/metadata/labels")
                .message("The Deployment has no owner label.")
                .build())
            .collect(Collectors.toList());
    }

    private static boolean isOwned(SafetyResource resource) {
        Map<?, ?> manifest = (Map<?, ?>) resource.getManifest();
        Map<?, ?> metadata = (Map<?, ?>) manifest.get("metadata");
        Map<?, ?> labels = (Map<?, ?>) metadata.get("labels");
        return labels != null && labels.containsKey("owner");
    }
}
