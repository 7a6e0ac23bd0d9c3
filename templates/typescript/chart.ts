import { Chart } from 'cdk8s';
import { ConfigFiles, ConfiguredApp, HealthCheck } from 'cdk8s-storage-patterns';
import { Construct } from 'constructs';

export class AppChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new ConfiguredApp(this, 'web', {
      image: 'docker.io/nginxinc/nginx-unprivileged:1.29.3-alpine',
      port: 8080,
      healthCheck: HealthCheck.http('/'),
      config: ConfigFiles.fromDirectory('site', { mountPath: '/usr/share/nginx/html' }),
    });
  }
}
