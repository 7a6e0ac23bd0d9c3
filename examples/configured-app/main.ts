import { App, Chart, Size } from 'cdk8s';
import { ConfiguredApp, ConfigFiles, HealthCheck } from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'configured-app', { namespace: 'shop' });

// all replicas read the same files at /app/config; a change of a file rolls out new pods with the same image
new ConfiguredApp(chart, 'my-app', {
  image: 'my-app-image:1.0.0',
  resources: { memory: { limit: Size.mebibytes(256) } },
  replicas: 3,
  port: 8080,
  healthCheck: HealthCheck.http('/ready'),
  config: ConfigFiles.fromDirectory(`${__dirname}/config`),
});

app.synth();
