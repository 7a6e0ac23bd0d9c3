package app;

import io.github.cdk8s_storage_patterns.ConfigDirectoryOptions;
import io.github.cdk8s_storage_patterns.ConfigFiles;
import io.github.cdk8s_storage_patterns.ConfiguredApp;
import io.github.cdk8s_storage_patterns.HealthCheck;
import org.cdk8s.Chart;
import software.constructs.Construct;

public class AppChart extends Chart {
    public AppChart(Construct scope, String id) {
        super(scope, id);

        ConfiguredApp.Builder.create(this, "web")
            .image("docker.io/nginxinc/nginx-unprivileged:1.29.3-alpine")
            .port(8080)
            .healthCheck(HealthCheck.http("/"))
            .config(ConfigFiles.fromDirectory("site", ConfigDirectoryOptions.builder()
                .mountPath("/usr/share/nginx/html")
                .build()))
            .build();
    }
}
