package shop;

import io.github.cdk8s_storage_patterns.EmptyDirOptions;
import io.github.cdk8s_storage_patterns.IPodExtension;
import io.github.cdk8s_storage_patterns.PodAdditions;
import io.github.cdk8s_storage_patterns.PodExtensionContext;
import io.github.cdk8s_storage_patterns.PodMount;
import io.github.cdk8s_storage_patterns.PodVolume;
import io.github.cdk8s_storage_patterns.SidecarContainer;
import java.util.List;
import org.cdk8s.Size;
import software.constructs.Construct;

public class Cache implements IPodExtension {
    @Override
    public String getId() {
        return "cache";
    }

    @Override
    public PodAdditions bind(Construct scope, PodExtensionContext context) {
        PodVolume volume = PodVolume.emptyDir("cache", EmptyDirOptions.builder().sizeLimit(Size.gibibytes(1)).build());
        return PodAdditions.builder()
            .mounts(List.of(PodMount.builder().path("/var/cache/api").volume(volume).build()))
            .sidecars(List.of(SidecarContainer.builder()
                .name("cache-warmer")
                .image("ghcr.io/acme/warmer:2.0.1")
                .args(List.of("--app", context.getWorkloadName()))
                .mounts(List.of(PodMount.builder().path("/cache").volume(volume).build()))
                .build()))
            .build();
    }
}
