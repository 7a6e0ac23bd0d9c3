package shop;

import io.github.cdk8s_storage_patterns.ExistingClaimVolumeOptions;
import io.github.cdk8s_storage_patterns.IPodExtension;
import io.github.cdk8s_storage_patterns.PodAdditions;
import io.github.cdk8s_storage_patterns.PodExtensionContext;
import io.github.cdk8s_storage_patterns.PodMount;
import io.github.cdk8s_storage_patterns.PodVolume;
import java.util.List;
import org.cdk8s.plus28.PersistentVolumeAccessMode;
import software.constructs.Construct;

public class Uploads implements IPodExtension {
    @Override
    public String getId() {
        return "uploads";
    }

    @Override
    public PodAdditions bind(Construct scope, PodExtensionContext context) {
        PodVolume volume = PodVolume.fromClaimName("uploads", ExistingClaimVolumeOptions.builder()
            .accessMode(PersistentVolumeAccessMode.READ_WRITE_MANY)
            .build());
        return PodAdditions.builder()
            .mounts(List.of(PodMount.builder().path("/srv/uploads").volume(volume).build()))
            .build();
    }
}
