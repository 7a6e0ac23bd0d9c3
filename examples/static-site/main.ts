import { App, Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { ConfigFiles, ConfiguredApp, HealthCheck } from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'static-site', { namespace: 'web' });

const site = new ConfiguredApp(chart, 'site', {
  image: 'docker.io/nginxinc/nginx-unprivileged:1.29.3-alpine',
  port: 8080,
  servicePort: 80,
  healthCheck: HealthCheck.http('/healthz'),
  resources: {
    cpu: { request: Cpu.millis(50), limit: Cpu.millis(500) },
    memory: { limit: Size.mebibytes(64) },
  },
  // the configuration of the server replaces the default site of the image
  config: ConfigFiles.fromDirectory(`${__dirname}/conf.d`, { mountPath: '/etc/nginx/conf.d' }),
});

// the pages, with their directories
site.add(ConfigFiles.fromDirectory(`${__dirname}/site`, { mountPath: '/usr/share/nginx/html' }));

site.service.exposeViaIngress('/');

app.synth();
