import { App, Chart, Size } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-28';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  EnvValues,
  ExistingRollout,
  HealthCheck,
  NetworkPeer,
  SecretSource,
  ServiceTrafficPolicy,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'nginx', { namespace: 'edge', disableResourceNameHashes: true });

const proxy = new AppWorkload(chart, 'proxy', {
  image: 'docker.io/nginxinc/nginx-unprivileged:1.29.3-alpine',
  replicas: 3,
  ports: [
    { name: 'https', port: 8443, servicePort: 443 },
    { name: 'http', port: 8080, servicePort: 80 },
  ],
  // the load balancer passes the address of the client in the PROXY protocol
  service: {
    type: ServiceType.LOAD_BALANCER,
    annotations: {
      'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
      'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol': '*',
    },
    externalTrafficPolicy: ServiceTrafficPolicy.LOCAL,
    loadBalancerSourceRanges: ['0.0.0.0/0'],
  },
  runAsUser: 101,
  runAsGroup: 101,
  healthCheck: HealthCheck.http('/healthz', { port: 8081 }),
  resources: { memory: { limit: Size.mebibytes(256) } },
  // the entrypoint writes the files that it renders from the templates
  writableDirectories: [{ path: '/etc/nginx/conf.d', sizeLimit: Size.mebibytes(1) }],
  env: EnvValues.fromStrings({ SERVER_NAME: 'www.example.com', UPSTREAM: 'api.shop.svc:8080' }),
});
proxy.add(ConfigFiles.fromDirectory(`${__dirname}/templates`, { mountPath: '/etc/nginx/templates' }));
proxy.add(
  new ConfigFiles({
    mountPath: '/etc/nginx/tls',
    sources: [ConfigSource.fromSecret(SecretSource.fromName('www-tls'), { rollout: ExistingRollout.reloader() })],
  }),
);
proxy.allowTo(NetworkPeer.pods({ 'app.kubernetes.io/name': 'api' }, 'shop'), 8080);

app.synth();
