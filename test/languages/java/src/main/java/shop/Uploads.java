package shop;

import io.github.cdk8s_storage_patterns.IPodExtension;
import io.github.cdk8s_storage_patterns.PodAdditions;
import io.github.cdk8s_storage_patterns.PodExtensionContext;
import io.github.cdk8s_storage_patterns.PodMount;
import io.github.cdk8s_storage_patterns.PodVolume;
import java.util.List;
import software.constructs.Construct;

public class Uploads implements IPodExtension {
    @Override
    public String getId() {
        return "uploads";
    }

    @Override
    public PodAdditions bind(Construct scope, PodExtensionContext context) {
        PodVolume volume = PodVolume.fromClaimName("uploads");
        return PodAdditions.builder()
            .mounts(List.of(PodMount.builder().path("/srv/uploads").volume(volume).build()))
            .build();
    }
}
