import { App, Chart, Size } from 'cdk8s';
import {
  ConfigFiles,
  ConfigRollout,
  ConfigSource,
  ConfiguredApp,
  ExistingRollout,
  EnvValues,
  HealthCheck,
  NetworkPeer,
  PodVolume,
  SecretSource,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'grafana', { namespace: 'monitoring', disableResourceNameHashes: true });

const grafana = new ConfiguredApp(chart, 'grafana', {
  image: 'docker.io/grafana/grafana:12.2.0',
  port: 3000,
  servicePort: 80,
  runAsUser: 472,
  runAsGroup: 472,
  healthCheck: HealthCheck.http('/api/health'),
  resources: { memory: { limit: Size.mebibytes(512) } },
  writableDirectories: [{ path: '/var/log/grafana' }],
  env: EnvValues.fromStrings({
    GF_SERVER_ROOT_URL: 'https://grafana.example.com',
    GF_AUTH_GENERIC_OAUTH_ENABLED: 'true',
    GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/grafana/password',
  }),
  config: ConfigFiles.fromDirectory(`${__dirname}/provisioning`, { mountPath: '/etc/grafana/provisioning' }),
});
// Grafana reads changed dashboards again without a restart
grafana.add(
  ConfigFiles.fromDirectory(`${__dirname}/dashboards`, {
    mountPath: '/etc/grafana/dashboards',
    rollout: ConfigRollout.live(),
  }),
);
grafana.add(
  new ConfigFiles({
    mountPath: '/run/secrets/grafana',
    sources: [
      ConfigSource.fromSecret(SecretSource.fromName('grafana-admin'), {
        rollout: ExistingRollout.none('only the first start reads the password'),
      }),
    ],
  }),
);
// the SQLite database with users, sessions and dashboards that are edited in the browser
grafana.mount('/var/lib/grafana', PodVolume.newClaim('data', { size: Size.gibibytes(5) }));
grafana.allowTo(NetworkPeer.pods({ 'app.kubernetes.io/name': 'prometheus' }), 9090);
grafana.allowTo(NetworkPeer.internet(), 443);

app.synth();
