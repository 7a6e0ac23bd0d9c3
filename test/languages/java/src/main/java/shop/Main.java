package shop;

import io.github.cdk8s_storage_patterns.*;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.Duration;
import org.cdk8s.Size;
import org.cdk8s.plus28.EnvValue;
import org.cdk8s.plus28.NetworkPolicyIpBlock;

public final class Main {
    public static void main(String[] args) {
        App app = new App();
        KubernetesVersion.setMinimum(app, KubernetesVersion.V1_31);
        SafetyRules.of(app).add(new Owned());
        Chart chart = Chart.Builder.create(app, "shop").namespace("shop").labels(Map.of("team", "shop")).build();

        StatefulDatabase orders = StatefulDatabase.Builder.create(chart, "orders")
            .engine(DatabaseEngine.postgres(PostgresEngineOptions.builder().version(PostgresVersion.V17).build()))
            .storage(DatabaseStorage.provisioned(Size.gibibytes(20)))
            .memory(Size.gibibytes(1))
            .credentials(DatabaseCredentials.fromGeneratedSecret())
            .settings(Map.of("log_min_duration_statement", "500ms"))
            .build();
        ExternalDatabase stock = ExternalDatabase.Builder.create(chart, "stock")
            .engine(DatabaseEngine.mysql(MysqlEngineOptions.builder().version(MysqlVersion.V8_4).build()))
            .address(DatabaseAddress.host("stock.example.com", DatabaseHostOptions.builder()
                .cidrs(List.of("10.20.0.0/16"))
                .build()))
            .credentials(DatabaseCredentials.fromSecret(SecretSource.fromName("stock-db")))
            .caCertificate(CaCertificate.fromConfigMapName("stock-ca"))
            .build();

        ConfiguredApp api = ConfiguredApp.Builder.create(chart, "api")
            .image("ghcr.io/acme/api:1.4.2")
            .replicas(3)
            .port(8080)
            .healthCheck(HealthCheck.http("/ready"))
            .shutdownTimeout(Duration.seconds(20))
            .env(Map.of("GREETING", EnvValue.fromValue("Grüß Gott")))
            .config(ConfigFiles.Builder.create()
                .mountPath("/srv/api/config")
                .sources(List.of(
                    ConfigSource.fromDirectory("config"),
                    ConfigSource.yaml("application.yaml", Map.of(
                        "server", Map.of("port", 8080, "tls", false),
                        "currencies", List.of("EUR", "CHF"),
                        "fee", 0.25)),
                    ConfigSource.text("motd.txt", "Willkommen!\n", ConfigFileOptions.builder().mode(0444).build()),
                    ConfigSource.fromSecret(SecretSource.fromName("api-tls"), ExistingSourceOptions.builder()
                        .rollout(ExistingRollout.reloader())
                        .items(List.of(KeyToPath.builder().key("tls.key").path("tls/key.pem").build()))
                        .build())))
                .build())
            .waivers(List.of(
                Waiver.readOnlyRootFilesystem("writes its licence file beside the binary"),
                Waiver.noServiceAccountToken("reads its own Service"),
                Waiver.of("acme-owner-label", "a demo without an owner")))
            .build();
        api.add(LogShipping.Builder.create()
            .directory("/var/log/api")
            .collector(LogCollector.openTelemetry())
            .format(LogFormat.json())
            .rotation(LogRotation.byApp(AppLogRotationOptions.builder()
                .maxFileSize(Size.mebibytes(20))
                .maxFiles(5)
                .build()))
            .sinks(List.of(LogSink.otlp(UrlLogSinkOptions.builder()
                .url("https://otlp.example.com")
                .auth(LogAuth.bearer(TokenAuthOptions.builder().secret(SecretSource.fromName("otlp")).build()))
                .build())))
            .build());
        api.add(EnvironmentVariables.fromMap(Map.of("LOG_LEVEL", "info")));
        api.add(orders.client());
        api.add(stock.client());
        api.add(new Cache());
        api.add(new Uploads());
        api.allowTo(NetworkPolicyIpBlock.ipv4(chart, "payments", "10.30.0.0/16"), 443);
        api.getService().exposeViaIngress("/");

        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(app.synthYaml());
        out.print(SafetyAudit.run(app).toJson());
    }
}
