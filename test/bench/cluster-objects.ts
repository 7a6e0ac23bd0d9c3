import { stringify } from 'yaml';

/**
 * The objects of an app, about seven: every tenth has a database, every fifth a job, every third an ingress. As in the
 * repository of a cluster, many small teams have mostly correct workloads, and some with findings.
 */
export function appObjects(index: number): object[] {
  const name = `app-${index}`;
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': `${name}-live`,
    'app.kubernetes.io/managed-by': 'Helm',
  };
  const metadata = (objectName = name) => ({ name: objectName, namespace: `team-${index % 40}`, labels });
  const selector = { matchLabels: { 'app.kubernetes.io/name': name } };
  const pod = template(index, name, labels);
  const objects: object[] = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(),
      spec: { replicas: 1 + (index % 4), selector, template: pod },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(),
      spec: { selector: selector.matchLabels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(`${name}-config`),
      data: { 'application.yaml': configuration(index) },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(), automountServiceAccountToken: false },
  ];
  if (index % 4 > 0) {
    objects.push({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata(),
      spec: {
        podSelector: selector,
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ ports: [{ port: 8080 }] }],
        egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }],
      },
    });
  }
  if (index % 4 > 1) {
    objects.push({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(),
      spec: { maxUnavailable: 1, selector },
    });
  }
  if (index % 3 === 0) {
    const backend = { service: { name, port: { number: 80 } } };
    objects.push({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata(),
      spec: { rules: [{ host: `${name}.example.com`, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
    });
    objects.push({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata(),
      spec: { minReplicas: 2, maxReplicas: 6, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } },
    });
  }
  if (index % 4 === 3) {
    objects.push({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata(`${name}-uploads`),
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
    });
  }
  if (index % 5 === 0) {
    const jobTemplate = { spec: { template: { ...pod, spec: { ...pod.spec, restartPolicy: 'Never' } } } };
    objects.push({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: metadata(`${name}-nightly`),
      spec: { schedule: '15 3 * * *', jobTemplate },
    });
  }
  if (index % 10 === 0) {
    objects.push(...database(index, metadata));
  }
  return objects;
}

function template(index: number, name: string, labels: object) {
  const hardened = index % 3 !== 1;
  return {
    metadata: { labels },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: hardened ? false : undefined,
      securityContext: hardened
        ? { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } }
        : undefined,
      containers: [
        {
          name: 'app',
          image: `registry.example.com/${name}:${index % 7 === 0 ? 'latest' : `1.${index}.0`}`,
          ports: [{ name: 'http', containerPort: 8080 }],
          env: [
            { name: 'LOG_LEVEL', value: 'info' },
            { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          ],
          resources:
            index % 5 === 1
              ? undefined
              : {
                  requests: { 'cpu': '100m', 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
                  limits: { 'cpu': '1', 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
                },
          readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
          livenessProbe: index % 6 === 0 ? undefined : { tcpSocket: { port: 8080 } },
          securityContext: hardened
            ? { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }
            : undefined,
          volumeMounts: [
            { name: 'config', mountPath: '/app/config', readOnly: index % 4 !== 0 || undefined },
            { name: 'tmp', mountPath: '/tmp' },
            { name: 'logs', mountPath: '/var/log/app' },
            ...(index % 4 === 3 ? [{ name: 'uploads', mountPath: '/var/lib/uploads' }] : []),
          ],
        },
        {
          name: 'logs',
          image: 'registry.example.com/collector:5.1.1',
          args: ['--config=/etc/collector/config.yaml'],
          resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
          volumeMounts: [{ name: 'logs', mountPath: '/var/log/app', readOnly: true }],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: `${name}-config` } },
        { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
        { name: 'logs', emptyDir: index % 2 === 0 ? { sizeLimit: '128Mi' } : {} },
        ...(index % 4 === 3 ? [{ name: 'uploads', persistentVolumeClaim: { claimName: `${name}-uploads` } }] : []),
      ],
    },
  };
}

function database(index: number, metadata: (name: string) => object): object[] {
  const name = `db-${index}`;
  const labels = { 'app.kubernetes.io/name': name };
  const ports = [{ name: 'postgres', port: 5432 }];
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: metadata(name),
      spec: {
        serviceName: name,
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            securityContext: { fsGroup: 999, runAsUser: 999, runAsGroup: 999, runAsNonRoot: true },
            containers: [
              {
                name: 'postgres',
                image: 'docker.io/library/postgres:17.11-trixie',
                ports: [{ containerPort: 5432 }],
                env: [
                  { name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' },
                  { name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name, key: 'password' } } },
                ],
                resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } },
                livenessProbe: { exec: { command: ['pg_isready', '-U', 'app'] } },
                volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql/data' }],
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
          },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(name),
      spec: { clusterIP: 'None', selector: labels, ports },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata(name),
      type: 'Opaque',
      stringData: { password: `example-${index}` },
    },
  ];
}

function configuration(index: number): string {
  const routes = Array.from(
    { length: 8 },
    (_, route) =>
      `  - path: /v${route}\n    upstream: http://app-${index + route}.team-${index % 40}.svc:80\n    timeout: ` +
      `${route + 1}s`,
  );
  return `server:\n  port: 8080\n  workers: ${index % 8}\nroutes:\n${routes.join('\n')}\n`;
}

/** The first objects of a repository with as many apps as that takes. */
export function clusterObjects(count: number): object[] {
  const objects: object[] = [];
  for (let index = 0; objects.length < count; index++) {
    objects.push(...appObjects(index));
  }
  return objects.slice(0, count);
}

/** Writes objects as a stream of YAML documents. */
export function toStream(objects: readonly object[]): string {
  return objects.map(object => `---\n${stringify(object, { aliasDuplicateObjects: false })}`).join('');
}
