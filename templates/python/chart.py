from cdk8s import Chart
from cdk8s_storage_patterns import ConfigFiles, ConfiguredApp, HealthCheck


class AppChart(Chart):
    def __init__(self, scope, id):
        super().__init__(scope, id)

        ConfiguredApp(
            self, "web",
            image="docker.io/nginxinc/nginx-unprivileged:1.29.3-alpine",
            port=8080,
            health_check=HealthCheck.http("/"),
            config=ConfigFiles.from_directory("site", mount_path="/usr/share/nginx/html"),
        )
