import sys

from cache import Cache
from cdk8s import App, Chart, Duration, Size
from cdk8s_plus_28 import EnvValue, NetworkPolicyIpBlock
from cdk8s_storage_patterns import (
    CaCertificate, ConfigFiles, ConfigSource, ConfiguredApp, DatabaseAddress, DatabaseCredentials, DatabaseEngine,
    DatabaseStorage, EnvironmentVariables, ExistingRollout, ExternalDatabase, HealthCheck, KeyToPath, KubernetesVersion,
    LogAuth, LogCollector, LogFormat, LogRotation, LogShipping, LogSink, MysqlVersion, PostgresVersion, SafetyAudit,
    SafetyRules, SecretSource, StatefulDatabase, Waiver,
)
from owned import Owned
from uploads import Uploads

app = App()
KubernetesVersion.set_minimum(app, KubernetesVersion.V1_31)
SafetyRules.of(app).add(Owned())
chart = Chart(app, "shop", namespace="shop", labels={"team": "shop"})

orders = StatefulDatabase(
    chart, "orders",
    engine=DatabaseEngine.postgres(version=PostgresVersion.V17),
    storage=DatabaseStorage.provisioned(Size.gibibytes(20)),
    memory=Size.gibibytes(1),
    credentials=DatabaseCredentials.from_generated_secret(),
    settings={"log_min_duration_statement": "500ms"},
)
stock = ExternalDatabase(
    chart, "stock",
    engine=DatabaseEngine.mysql(version=MysqlVersion.V8_4),
    address=DatabaseAddress.host("stock.example.com", cidrs=["10.20.0.0/16"]),
    credentials=DatabaseCredentials.from_secret(SecretSource.from_name("stock-db")),
    ca_certificate=CaCertificate.from_config_map_name("stock-ca"),
)

api = ConfiguredApp(
    chart, "api",
    image="ghcr.io/acme/api:1.4.2",
    replicas=3,
    port=8080,
    health_check=HealthCheck.http("/ready"),
    shutdown_timeout=Duration.seconds(20),
    env={"GREETING": EnvValue.from_value("Grüß Gott")},
    config=ConfigFiles(
        mount_path="/srv/api/config",
        sources=[
            ConfigSource.from_directory("config"),
            ConfigSource.yaml("application.yaml", {
                "server": {"port": 8080, "tls": False},
                "currencies": ["EUR", "CHF"],
                "fee": 0.25,
            }),
            ConfigSource.text("motd.txt", "Willkommen!\n", mode=0o444),
            ConfigSource.from_secret(
                SecretSource.from_name("api-tls"),
                rollout=ExistingRollout.reloader(),
                items=[KeyToPath(key="tls.key", path="tls/key.pem")],
            ),
        ],
    ),
    waivers=[
        Waiver.read_only_root_filesystem("writes its licence file beside the binary"),
        Waiver.no_service_account_token("reads its own Service"),
        Waiver.of("acme-owner-label", "a demo without an owner"),
    ],
)
api.add(LogShipping(
    directory="/var/log/api",
    collector=LogCollector.open_telemetry(),
    format=LogFormat.json(),
    rotation=LogRotation.by_app(max_file_size=Size.mebibytes(20), max_files=5),
    sinks=[LogSink.otlp(url="https://otlp.example.com", auth=LogAuth.bearer(secret=SecretSource.from_name("otlp")))],
))
api.add(EnvironmentVariables.from_map({"LOG_LEVEL": "info"}))
api.add(orders.client())
api.add(stock.client())
api.add(Cache())
api.add(Uploads())
api.allow_to(NetworkPolicyIpBlock.ipv4(chart, "payments", "10.30.0.0/16"), 443)
api.service.expose_via_ingress("/")

sys.stdout.write(app.synth_yaml())
sys.stdout.write(SafetyAudit.run(app).to_json())
