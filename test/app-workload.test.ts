import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import {
  ConfigMap,
  Cpu,
  EmptyDirMedium,
  EnvValue,
  NetworkPolicy,
  NetworkPolicyIpBlock,
  NetworkPolicyPort,
  Secret,
} from 'cdk8s-plus-28';
import { containerOf, kind, podOf, synth, workload } from './synth';
import {
  HealthCheck,
  IPodExtension,
  KubernetesVersion,
  PodAdditions,
  PodVolume,
  SecretSource,
  Waiver,
  InitContainer,
} from '../src';

function extension(id: string, contribution: PodAdditions): IPodExtension {
  return { id, bind: () => contribution };
}

describe('the objects of a workload', () => {
  test('are a Deployment, an account, a policy, a budget and a Service, all of one name', () => {
    const objects = synth(chart => workload(chart));
    expect(objects.map(object => [object.kind, object.metadata.name])).toEqual([
      ['Deployment', 'test-app'],
      ['ServiceAccount', 'test-app'],
      ['PodDisruptionBudget', 'test-app'],
      ['NetworkPolicy', 'test-app'],
      ['Service', 'test-app'],
    ]);
  });

  test('the smallest use', () => {
    expect(synth(chart => workload(chart))).toMatchSnapshot();
  });

  test('have no budget with one replica, which it would keep from ever being drained', () => {
    expect(
      kind(
        synth(chart => workload(chart, { replicas: 1 })),
        'PodDisruptionBudget',
      ),
    ).toBeUndefined();
  });

  test('have no Service without a port', () => {
    const objects = synth(chart => workload(chart, { port: undefined, healthCheck: HealthCheck.command(['alive']) }));
    expect(kind(objects, 'Service')).toBeUndefined();
    expect(kind(objects, 'NetworkPolicy').spec.ingress).toBeUndefined();
  });

  test('carry the labels and the namespace that were given', () => {
    const objects = synth(chart =>
      workload(chart, {
        metadata: { name: 'shop', namespace: 'sales', labels: { team: 'a' }, annotations: { note: 'b' } },
      }),
    );
    for (const { metadata } of objects) {
      expect(metadata).toMatchObject({
        name: 'shop',
        namespace: 'sales',
        labels: { 'team': 'a', 'app.kubernetes.io/instance': 'shop' },
      });
    }
    expect(kind(objects, 'Deployment').metadata.annotations).toEqual({ note: 'b' });
  });

  test('take any JSON patch, with fields that no schema of 1.28 has', () => {
    const objects = synth(chart => {
      ApiObject.of(workload(chart)).addJsonPatch(
        JsonPatch.add('/spec/template/spec/resources', { limits: { memory: '1Gi' } }),
      );
    });
    expect(podOf(objects).resources).toEqual({ limits: { memory: '1Gi' } });
  });
});

describe('interop with cdk8s-plus-28', () => {
  test('the Service can be exposed through an Ingress', () => {
    const ingress = kind(
      synth(chart => workload(chart, { servicePort: 80 }).service.exposeViaIngress('/')),
      'Ingress',
    );
    expect(ingress.spec.rules[0].http.paths[0].backend.service).toEqual({ name: 'test-app', port: { number: 80 } });
  });

  test('a workload is a pod selector and a peer of network policies', () => {
    const [, policy] = synth(chart => {
      const app = workload(chart);
      const other = workload(chart, {}, 'other');
      new NetworkPolicy(chart, 'policy', {
        selector: app,
        ingress: { rules: [{ peer: other, ports: [NetworkPolicyPort.tcp(8080)] }] },
      });
    }).filter(object => object.kind === 'NetworkPolicy' && object.metadata.name !== 'test-other');
    expect(policy.spec).toMatchObject({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'app' } },
      ingress: [
        { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'other' } } }], ports: [{ port: 8080 }] },
      ],
    });
  });

  test('environment variables, resources and sizes are those of cdk8s-plus-28', () => {
    const objects = synth(chart => {
      const map = new ConfigMap(chart, 'map', { data: { key: 'value' } });
      const secret = Secret.fromSecretName(chart, 'secret', 'passwords');
      workload(chart, {
        env: {
          A: EnvValue.fromValue('a'),
          B: EnvValue.fromConfigMap(map, 'key'),
          C: secret.envValue('c'),
          FIRST: EnvValue.fromValue('$(A)'),
        },
        resources: { cpu: { request: Cpu.millis(250) }, memory: { limit: Size.mebibytes(512) } },
      });
    });
    const container = containerOf(objects);
    expect(container.env).toEqual([
      { name: 'A', value: 'a' },
      { name: 'B', valueFrom: { configMapKeyRef: { key: 'key', name: 'test-map' } } },
      { name: 'C', valueFrom: { secretKeyRef: { key: 'c', name: 'passwords' } } },
      { name: 'FIRST', value: '$(A)' },
    ]);
    expect(container.resources).toEqual({
      requests: { 'cpu': '250m', 'memory': '512Mi', 'ephemeral-storage': '192Mi' },
      limits: { 'memory': '512Mi', 'ephemeral-storage': '192Mi' },
    });
  });

  test('variables that refer to others stand below them', () => {
    const container = containerOf(
      synth(chart => workload(chart, { env: { A: EnvValue.fromValue('$(B)'), B: EnvValue.fromValue('b') } })),
    );
    expect(container.env.map((variable: any) => variable.name)).toEqual(['B', 'A']);
  });

  test('images are pulled with the secrets given', () => {
    expect(
      podOf(synth(chart => workload(chart, { imagePullSecrets: [SecretSource.fromName('registry')] })))
        .imagePullSecrets,
    ).toEqual([{ name: 'registry' }]);
  });
});

describe('the network', () => {
  test('lets everybody reach the port, and the app reach DNS alone', () => {
    expect(
      kind(
        synth(chart => workload(chart)),
        'NetworkPolicy',
      ).spec,
    ).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 8080, protocol: 'TCP' }] }],
      egress: [
        {
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
      ],
    });
  });

  test('lets only the named peers in once one is named', () => {
    const policies = synth(chart => workload(chart).allowFrom(workload(chart, {}, 'web'))).filter(({ metadata }) =>
      metadata.name.startsWith('test-app'),
    );
    const [base, added] = policies.filter(object => object.kind === 'NetworkPolicy');
    expect(base.spec.ingress).toBeUndefined();
    expect(added.spec.ingress).toEqual([
      {
        from: [
          {
            podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'test-web', 'app.kubernetes.io/name': 'web' } },
          },
        ],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ]);
  });

  test('lets the app reach what is declared', () => {
    const policies = synth(chart =>
      workload(chart).allowTo(NetworkPolicyIpBlock.ipv4(chart, 'pay', '10.1.0.0/16'), 443),
    ).filter(object => object.kind === 'NetworkPolicy');
    expect(policies[1].spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 443, protocol: 'TCP' }] },
    ]);
  });
});

describe('health', () => {
  test('over HTTP asks for readiness by path and for liveness only whether the port is open', () => {
    const container = containerOf(synth(chart => workload(chart, { healthCheck: HealthCheck.http('/ready') })));
    expect(container.readinessProbe).toEqual({
      httpGet: { path: '/ready', port: 8080 },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    });
    expect(container.livenessProbe.tcpSocket).toEqual({ port: 8080 });
    expect(container.startupProbe).toEqual({
      tcpSocket: { port: 8080 },
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 60,
    });
  });

  test('takes paths, commands and times of its own', () => {
    const options = {
      startupTimeout: Duration.minutes(20),
      period: Duration.seconds(2),
      timeout: Duration.seconds(1),
      failureThreshold: 5,
    };
    const http = containerOf(
      synth(chart =>
        workload(chart, { healthCheck: HealthCheck.http('/ready', { ...options, livenessPath: '/live', port: 9000 }) }),
      ),
    );
    expect(http.livenessProbe).toEqual({
      httpGet: { path: '/live', port: 9000 },
      periodSeconds: 2,
      timeoutSeconds: 1,
      failureThreshold: 5,
    });
    expect(http.startupProbe).toMatchObject({ periodSeconds: 2, failureThreshold: 600 });
    const command = containerOf(
      synth(chart =>
        workload(chart, {
          port: undefined,
          healthCheck: HealthCheck.command(['ready'], { livenessCommand: ['live'] }),
        }),
      ),
    );
    expect([command.readinessProbe.exec, command.livenessProbe.exec]).toEqual([
      { command: ['ready'] },
      { command: ['live'] },
    ]);
    expect(
      containerOf(synth(chart => workload(chart, { healthCheck: HealthCheck.grpc() }))).readinessProbe.grpc,
    ).toEqual({
      port: 8080,
    });
  });
});

describe('The oldest cluster to serve', () => {
  const stop = (oldest?: KubernetesVersion) => containerOf(synth(chart => workload(chart), oldest)).lifecycle.preStop;
  const sidecar = extension('helper', {
    sidecars: [{ name: 'helper', image: 'acme/helper:1', shutdownTimeout: Duration.seconds(7) }],
  });

  test('is 1.30, which sleeps before a stop and starts sidecars first', () => {
    const pod = podOf(synth(chart => workload(chart).add(sidecar)));
    expect(pod.containers[0].lifecycle.preStop).toEqual({ sleep: { seconds: 5 } });
    expect(pod.initContainers).toMatchObject([{ name: 'helper', restartPolicy: 'Always' }]);
    expect(pod.terminationGracePeriodSeconds).toBe(30 + 5 + 7);
  });

  test('1.29 has native sidecars, but no sleep action', () => {
    expect(stop(KubernetesVersion.V1_29)).toEqual({ exec: { command: ['sleep', '5'] } });
    expect(podOf(synth(chart => workload(chart).add(sidecar), KubernetesVersion.V1_29)).initContainers).toHaveLength(1);
  });

  test('1.28 has plain containers for sidecars', () => {
    const pod = podOf(synth(chart => workload(chart).add(sidecar), KubernetesVersion.V1_28));
    expect(pod.containers.map((container: any) => container.name)).toEqual(['app', 'helper']);
    expect(pod.initContainers).toBeUndefined();
  });

  test('is set before anything is defined', () => {
    const app = new App();
    new Chart(app, 'shop');
    expect(() => KubernetesVersion.setMinimum(app, KubernetesVersion.V1_28)).toThrow(
      '[shop] The oldest cluster to serve is set to 1.28 after this was defined. Call ' +
        "'KubernetesVersion.setMinimum' before anything is added to the app",
    );
  });
});

describe('what a workload refuses', () => {
  const refuses = (props: Parameters<typeof workload>[1], sentence: string) =>
    expect(() => synth(chart => workload(chart, props))).toThrow(`[test/app] ${sentence}`);

  test.each([
    ['acme/app', "Image 'acme/app' has no tag or digest. Pin it, for example 'acme/app:1.4.2'"],
    [
      'acme/app:latest',
      "Image 'acme/app:latest' has the tag 'latest', which moves. Pin it, for example 'acme/app:1.4.2'",
    ],
    [
      'Acme App:1',
      "Image 'Acme App:1' is not an image reference. Write it as 'registry/repository:tag', for example " +
        "'ghcr.io/acme/api:1.4.2'",
    ],
    [
      '',
      "Image '' is not an image reference. Write it as 'registry/repository:tag', for example 'ghcr.io/acme/api:1.4.2'",
    ],
  ])('the image %p', (image, sentence) => refuses({ image }, sentence));

  test('no image that a digest pins', () => {
    const image = `acme/app:latest@sha256:${'a'.repeat(64)}`;
    expect(containerOf(synth(chart => workload(chart, { image }))).image).toBe(image);
  });

  test('an app that nobody could see hang', () => {
    refuses(
      { port: undefined },
      "It has neither a 'port' nor a 'health' check, so that a hung app would go unseen. Give it 'health: " +
        "HealthCheck.command([...])', or waive it with 'Waiver.healthCheck(reason)'",
    );
  });

  test.each([
    [{ replicas: 1.5 }, "'replicas' is 1.5. Give a whole number from 0 to 100000"],
    [{ port: 0 }, "'port' is 0. Give a whole number from 1 to 65535"],
    [
      { port: 80 },
      "'port' is 80, which a process that is not root cannot listen on everywhere. Use one from 1024, for " +
        "example 8080, with 'servicePort: 80'",
    ],
    [
      { portName: 'HTTP' },
      "Port name 'HTTP' is not one. Use at most 15 lower-case letters, digits and single '-', with at least one letter",
    ],
    [{ runAsUser: 0 }, "'runAsUser' is 0. Give a whole number from 1 to 2147483647"],
    [
      { metadata: { name: '1app' } },
      "Name '1app' cannot name a Service. Use at most 63 lower-case letters, digits and '-', beginning with a letter",
    ],
    [
      { metadata: { name: 'a.b' } },
      "Name 'a.b' is not a DNS label. Use at most 63 lower-case letters, digits and '-', beginning and ending " +
        'with a letter or digit',
    ],
    [
      { metadata: { labels: { 'a b': 'c' } } },
      "The key of a label 'a b' is not one. Write it as 'name' or 'example.com/name', with at most 63 letters, " +
        "digits, '-', '_' and '.' in the name",
    ],
    [
      { metadata: { labels: { a: 'b c' } } },
      "The label 'a' has the value 'b c'. Use at most 63 letters, digits, '-', '_' and '.', beginning and " +
        'ending with a letter or digit',
    ],
    [
      { podAnnotations: { constructor: 'c' } },
      "The key of an annotation 'constructor' is not one. Write it as 'name' or 'example.com/name', with at " +
        "most 63 letters, digits, '-', '_' and '.' in the name",
    ],
    [
      { env: { '1A': EnvValue.fromValue('') } },
      "Environment variable '1A' has no legal name. Use letters, digits, '_', '-' and '.', not beginning with a digit",
    ],
    [
      { writableDirectories: [{ path: 'cache' }] },
      "The scratch directory 'cache' is not an absolute path in a container. Write it from '/', without '.', " +
        "'..', ':', '//' or a slash at the end",
    ],
    [
      { writableDirectories: [{ path: '/etc' }] },
      "'scratch-etc' is mounted at '/etc', which hides the files that the image has there. Mount a directory of " +
        "its own, such as '/etc/config', or single files beside the image's ('MountStyle.SUB_PATH'), or waive " +
        "it with 'Waiver.mountHidesImageFiles(reason)'",
    ],
    [
      { writableDirectories: [{ path: '/proc/x' }] },
      "'scratch-proc-x' is mounted at '/proc/x', in the kernel's '/proc', and the container would not start. " +
        'Mount it elsewhere',
    ],
    [
      { writableDirectories: [{ path: '/cache', sizeLimit: Size.kibibytes(0) }] },
      "The size limit of volume 'scratch-cache' is 0Ki. Give a size of at least 1Ki",
    ],
    [
      { resources: { memory: { request: Size.gibibytes(2), limit: Size.gibibytes(1) } } },
      "Container 'app' requests 2Gi of memory, more than its limit of 1Gi. Raise the limit or lower the request",
    ],
    [
      { resources: { ephemeralStorage: { limit: Size.mebibytes(32) } } },
      'Its volumes may hold 64Mi (scratch-tmp 64Mi), more than the 32Mi of ephemeral storage that its ' +
        "containers may use. Raise 'resources.ephemeralStorage.limit' or make the volumes smaller",
    ],
    [
      { writableDirectories: [{ path: '/tmp', sizeLimit: Size.gibibytes(1), medium: EmptyDirMedium.MEMORY }] },
      'Its volumes in memory may hold 1Gi (scratch-tmp 1Gi), more than its memory limit of 256Mi, which they ' +
        "count against. Raise 'resources.memory.limit' or make the volumes smaller",
    ],
    [
      { waivers: [Waiver.drainBeforeStop('because')] },
      "The reason of the waiver of 'drain-before-stop' is 'because'. Say why in at least three words",
    ],
    [
      { waivers: [Waiver.drainBeforeStop('it has no state'), Waiver.drainBeforeStop('it has no state')] },
      "The rule 'drain-before-stop' is waived twice. Keep one waiver with one reason",
    ],
    [{ healthCheck: HealthCheck.http('ready') }, "The health check's path is 'ready'. Begin it with '/'"],
    [
      { healthCheck: HealthCheck.command([]) },
      "The health check's command is empty. Give the program and its arguments",
    ],
    [
      { healthCheck: HealthCheck.tcp({ period: Duration.seconds(0) }) },
      "The health check's period in seconds is 0. Give a whole number from 1 to 3600",
    ],
  ])('%j', (props, sentence) => refuses(props, sentence));

  test('its Service when it has no port', () => {
    expect(() =>
      synth(chart => workload(chart, { port: undefined, healthCheck: HealthCheck.command(['x']) }).service),
    ).toThrow("[test/app] It has no Service, because it has no 'port'. Give it one");
  });
});

describe('what merging refuses', () => {
  const volume = (name: string) => PodVolume.emptyDir(name, { sizeLimit: Size.mebibytes(1) });
  const refuses = (one: PodAdditions, other: PodAdditions, sentence: string) => {
    for (const parts of [
      [extension('one', one), extension('other', other)],
      [extension('other', other), extension('one', one)],
    ]) {
      expect(() =>
        synth(chart => {
          const app = workload(chart);
          parts.forEach(part => app.add(part));
        }),
      ).toThrow(`[test/app] ${sentence}`);
    }
  };

  test('two mounts at one path, naming both', () =>
    refuses(
      { mounts: [{ path: '/data', volume: volume('a') }] },
      { mounts: [{ path: '/data', volume: volume('b') }] },
      "Extension 'one' mounts 'a' at '/data', where extension 'other' already does with 'b'. Give one of them " +
        'another path',
    ));

  test('two variables of one name', () =>
    refuses(
      { env: { A: EnvValue.fromValue('1') } },
      { env: { A: EnvValue.fromValue('2') } },
      "Extension 'one' sets the variable 'A', where extension 'other' already does. Give one of them another name",
    ));

  test('two containers of one name', () =>
    refuses(
      { sidecars: [{ name: 'helper', image: 'a:1' }] },
      { initContainers: [{ name: 'helper', image: 'b:1' }] },
      "Extension 'one' adds the container 'helper', where extension 'other' already does. Give one of them " +
        'another name',
    ));

  test('two containers on one port', () =>
    refuses(
      { sidecars: [{ name: 'a', image: 'a:1', ports: { metrics: 9000 } }] },
      { sidecars: [{ name: 'b', image: 'b:1', ports: { admin: 9000 } }] },
      "Extension 'one' listens on port '9000', where extension 'other' already does. Containers of a pod " +
        'share its ports, so give one of them another',
    ));

  test('two ports of one name', () =>
    refuses(
      { sidecars: [{ name: 'a', image: 'a:1', ports: { metrics: 9000 } }] },
      { sidecars: [{ name: 'b', image: 'b:1', ports: { metrics: 9001 } }] },
      "Extension 'one' has the port 'metrics', where extension 'other' already does. A Service or probe could " +
        'not tell them apart, so give one of them another name',
    ));

  test('two annotations of one key', () =>
    refuses(
      { podAnnotations: { key: '1' } },
      { podAnnotations: { key: '2' } },
      "Extension 'one' annotates the pods with 'key', where extension 'other' already does. Give one of them " +
        'another key',
    ));

  test('a mount below a read-only one', () =>
    refuses(
      { mounts: [{ path: '/data', volume: volume('a'), readOnly: true }] },
      { mounts: [{ path: '/data/b', volume: volume('b') }] },
      "'b' is mounted at '/data/b', below the read-only 'a' at '/data', where no directory can be made for it. " +
        'Mount it elsewhere',
    ));

  test('an emptyDir that may be without a limit', () => {
    expect(() =>
      synth(chart =>
        workload(chart).add(
          extension('one', { mounts: [{ path: '/a', volume: PodVolume.fromSource('a', { emptyDir: {} }) }] }),
        ),
      ),
    ).toThrow(
      "[test/app] Extension 'one' has the emptyDir 'a', which may be without a limit. Make it with " +
        "'PodVolume.emptyDir', which takes its size",
    );
  });

  test('a probe of an init container, and an extension of no or a used name', () => {
    expect(() =>
      synth(chart =>
        workload(chart).add(
          extension('one', {
            initContainers: [{ name: 'a', image: 'a:1', healthCheck: HealthCheck.command(['x']) } as InitContainer],
          }),
        ),
      ),
    ).toThrow(
      "[test/app] Init container 'a' has 'healthCheck', and runs to its end before the app starts. Leave it " +
        'out, or make it a sidecar',
    );
    expect(() => synth(chart => workload(chart).add(extension('One', {})))).toThrow(
      "[test/app] An extension has the id 'One'. Use at most 50 lower-case letters, digits and '-', beginning " +
        'and ending with a letter or digit',
    );
    expect(() => synth(chart => workload(chart).add(extension('one', {})).add(extension('one', {})))).toThrow(
      "[test/app] An extension 'one' is there already. Give one of the two another id",
    );
  });

  test('an image of a sidecar that moves', () => {
    expect(() =>
      synth(chart => workload(chart).add(extension('one', { sidecars: [{ name: 'a', image: 'a' }] }))),
    ).toThrow("[test/app] Image 'a' has no tag or digest. Pin it, for example 'a:1.4.2'");
  });
});
