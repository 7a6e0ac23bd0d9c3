import { readFileSync } from 'fs';
import { join } from 'path';
import { withImages } from './image-facts-page';
import { dataLayout, ImageFacts } from '../../src/facts/images/image-facts';
import { KNOWN_IMAGES } from '../../src/facts/images/known-images';
import { imageVolumes, isCopyOf, knownImage } from '../../src/inspect/known-image';
import { podOf } from '../../src/inspect/pods';
import { readYaml } from '../../src/inspect/read-yaml';
import type { RuleId } from '../../src/safety/rules';
import { mapYaml } from '../map/fixtures';
import { auditWith, messagesOf } from '../safety/rules/fixtures';

/** Settings with which an image keeps state, if it does not by default. */
const STATEFUL_ARGS: Readonly<Record<string, string>> = {
  cockroachdb: 'start',
  consul: 'agent, -server',
  keycloak: 'start-dev',
  milvus: 'milvus, run, standalone',
  minio: 'server, /data',
  nats: '-js',
  seaweedfs: 'server',
  surrealdb: 'start, "rocksdb:///data/store"',
  thanos: 'receive, --tsdb.path=/data',
  typesense: '--data-dir=/data',
  vault: 'server',
};

interface Options {
  readonly pod?: string;
  readonly container?: string;
  /** The path of a mount, and the source of its volume. */
  readonly mount?: readonly [path: string, source: string];
  readonly kind?: 'Deployment' | 'StatefulSet';
}

/** A workload with a container of an image, in a version for which a layout without `upTo` applies. */
function workload({ id, repositories: [repository] }: ImageFacts, options: Options = {}): string {
  const { pod = '', container = '', mount, kind = 'StatefulSet' } = options;
  const args = STATEFUL_ARGS[id] === undefined ? '' : `args: [${STATEFUL_ARGS[id]}], `;
  const mounts = mount ? `, volumeMounts: [{name: data, mountPath: ${mount[0]}}]` : '';
  const volumes = mount ? `, volumes: [{name: data, ${mount[1]}}]` : '';
  return `apiVersion: apps/v1
kind: ${kind}
metadata: {name: server, namespace: shop}
spec:
  template:
    spec: {${pod}containers: [{name: app, ${args}${container}image: "${repository}:99.1.0"${mounts}}]${volumes}}
`;
}

const CLAIM = 'persistentVolumeClaim: {claimName: data}';

function having<Key extends keyof ImageFacts>(key: Key): [string, ImageFacts, NonNullable<ImageFacts[Key]>][] {
  return KNOWN_IMAGES.filter(image => image[key] !== undefined).map(image => [
    image.repositories[0],
    image,
    image[key] as NonNullable<ImageFacts[Key]>,
  ]);
}

function layoutOf({ layouts = [] }: ImageFacts) {
  return dataLayout({ layouts }, 99);
}

function messages(rule: RuleId, image: ImageFacts, options: Options): string {
  return messagesOf(rule, workload(image, options)).join('\n');
}

function severities(rule: RuleId, image: ImageFacts, options: Options): string[] {
  return auditWith(rule, workload(image, options)).findings.map(({ severity }) => severity);
}

/** Settings with which the servers of an image replicate their data, if they do not by default. */
const REPLICATING: Readonly<Record<string, string>> = {
  'bitnami-etcd': 'env: [{name: ETCD_INITIAL_CLUSTER, value: "a=http://a:2380"}], ',
  'bitnami-zookeeper': 'env: [{name: ZOO_SERVERS, value: "a:2888:3888"}], ',
  'consul': 'command: [consul, agent, -server, -bootstrap-expect=3], ',
  'etcd': 'command: [etcd, --initial-cluster, "a=http://a:2380"], ',
  'mongodb': 'env: [{name: MONGODB_REPLICA_SET_MODE, value: primary}], command: [mongod, --replSet, rs0], ',
  'percona-xtradb-cluster': 'env: [{name: CLUSTER_NAME, value: shop}], ',
  'rqlite': 'args: [-bootstrap-expect=3], ',
  'zookeeper': 'env: [{name: ZOO_SERVERS, value: "a:2888:3888"}], ',
};

test('the page lists the images', () => {
  const page = readFileSync(join(__dirname, '../../docs/image-facts.md'), 'utf8');
  // `npx projen docs:images` writes it
  expect(page).toBe(withImages(page));
});

test.each(KNOWN_IMAGES.map(image => [image.repositories[0], image] as const))(
  '%s has sources and a use',
  (_, image) => {
    expect(image.sources.length).toBeGreaterThan(0);
    image.sources.forEach(source => expect(source).toMatch(/^https:\/\/[^ ]+$/));
    const { layouts, user, writablePaths, emptyDirectories } = image;
    expect(layouts ?? user ?? writablePaths ?? emptyDirectories).toBeDefined();
    image.repositories.forEach(repository => {
      expect(knownImage(`${repository}:1`)).toBe(image);
      expect(isCopyOf(repository, repository)).toBe(true);
    });
  },
);

test.each(having('layouts'))('state of %s in an emptyDir is found, and on a claim it is not', (_, image) => {
  const { volume, data } = layoutOf(image);
  const paths = data.startsWith(volume) ? [volume] : [data];
  paths.forEach(path => {
    expect(messages('state-on-claim', image, { mount: [path, 'emptyDir: {}'] })).toContain(
      `${image.title} in container`,
    );
    expect(messages('state-on-claim', image, { mount: [path, CLAIM] })).toBe('');
    expect(messages('data-directory-mount', image, { mount: [path, CLAIM] })).not.toContain('keeps its data');
  });
});

test.each(having('layouts').filter(([, image]) => layoutOf(image).others))(
  'a claim at the data of %s only does not contain all of its state',
  (_, image) => {
    const { data, others = [] } = layoutOf(image);
    const found = messages('data-directory-mount', image, { mount: [data, CLAIM] });
    others.forEach(({ path, content }) => expect(found).toContain(`its ${content} at '${path}'`));
  },
);

test.each(having('user'))('the user of %s cannot write to a new claim without a group', (_, image) => {
  const path = image.layouts ? layoutOf(image).volume : '/data';
  const rule = 'volumes-belong-to-the-group';
  const group = { pod: 'securityContext: {fsGroup: 1000, fsGroupChangePolicy: OnRootMismatch}, ' };
  expect(messages(rule, image, { mount: [path, CLAIM] })).toContain(`runs as user ${image.user} of its image`);
  expect(messages(rule, image, { mount: [path, CLAIM], ...group })).toBe('');
});

test.each(having('minimumGraceSeconds'))('%s needs its time to stop', (_, image, seconds) => {
  const { volume, data } = layoutOf(image);
  const mount = [data.startsWith(volume) ? volume : data, CLAIM] as const;
  const withGrace = (grace: number) =>
    messages('grace-covers-the-stop', image, { mount, pod: `terminationGracePeriodSeconds: ${grace}, ` });
  expect(withGrace(seconds - 1)).toContain(`needs ${seconds} or more`);
  expect(withGrace(seconds)).toBe('');
});

test.each(having('savesAtStop'))('%s can lose data with any grace period that is too short', (_, image) => {
  const seconds = image.minimumGraceSeconds!;
  const { volume } = layoutOf(image);
  const grace = (value: number) =>
    severities('grace-covers-the-stop', image, {
      mount: [volume, CLAIM],
      pod: `terminationGracePeriodSeconds: ${value}, `,
    });
  expect(grace(seconds - 1)).toEqual(['warning']);
});

test.each(having('minimumGraceSeconds').filter(([, { savesAtStop }]) => savesAtStop !== true))(
  '%s recovers after the grace period of Kubernetes, and a shorter one is a mistake',
  (_, image) => {
    const { volume, data } = layoutOf(image);
    const mount = [data.startsWith(volume) ? volume : data, CLAIM] as const;
    expect(severities('grace-covers-the-stop', image, { mount })).toEqual(['info']);
    const pod = 'terminationGracePeriodSeconds: 10, ';
    expect(severities('grace-covers-the-stop', image, { mount, pod })).toEqual(['warning']);
  },
);

test.each(having('replicates'))(
  'several servers of %s in emptyDirs lose their data one after the other',
  (_, image) => {
    const { volume, data } = layoutOf(image);
    const mount = [data.startsWith(volume) ? volume : data, 'emptyDir: {}'] as const;
    const settings = REPLICATING[image.id] ?? '';
    const yaml = workload(image, { mount, container: settings }).replace('spec:\n', 'spec:\n  replicas: 3\n');
    expect(messagesOf('state-on-claim', yaml).join('\n')).toContain('a restart of all pods loses it');
  },
);

test.each(having('group'))('the group of the user of %s gets its volumes', (_, image, group) => {
  const path = image.layouts ? layoutOf(image).volume : '/data';
  expect(messages('volumes-belong-to-the-group', image, { mount: [path, CLAIM] })).toContain(`'fsGroup: ${group}'`);
});

test.each(having('runsAsAnyUser'))('a platform can choose the user of %s', (_, image) => {
  const mount = [image.layouts ? layoutOf(image).volume : '/data', CLAIM] as const;
  const rule = 'volumes-belong-to-the-group';
  expect(severities(rule, image, { mount })).toEqual(['info']);
  expect(severities(rule, image, { mount, pod: 'securityContext: {runAsUser: 1001}, ' })).toEqual(['error']);
});

test.each(having('refusesLostAndFound'))('%s does not start next to lost+found', (_, image) => {
  expect(messages('no-lost-and-found', image, { mount: [layoutOf(image).data, CLAIM] })).toContain("'lost+found'");
});

test.each(having('writablePaths').filter(([, , paths]) => paths.length > 0))(
  '%s with a read-only root filesystem needs volumes at its paths',
  (_, image, paths) => {
    const container = 'securityContext: {readOnlyRootFilesystem: true}, ';
    const volumes = imageVolumes(podOf(readYaml(workload(image), 'app.yaml').objects[0])!.containers[0]);
    const found = messages('writable-paths-exist', image, { container });
    const { optionalPaths = [] } = image;
    const needed = paths.filter(path => !volumes.includes(path) && !optionalPaths.includes(path));
    needed.forEach(path => expect(found).toContain(`'${path}'`));
    optionalPaths.forEach(path => expect(found).not.toContain(`'${path}'`));
  },
);

test.each(
  KNOWN_IMAGES.filter(image => image.volumes ?? image.layouts?.some(({ volumes }) => volumes)).map(
    image => [image.repositories[0], image] as const,
  ),
)('the storage map has a row for each volume of %s', (_, image) => {
  const yaml = workload(image);
  const volumes = imageVolumes(podOf(readYaml(yaml, 'app.yaml').objects[0])!.containers[0]);
  const rows = mapYaml(yaml).workloads[0].rows.filter(({ kind }) => kind === 'anonymous-volume');
  expect(rows.map(({ path }) => path).sort()).toEqual([...volumes].sort());
});

test.each(having('hostDirectory'))('%s needs a stable host name', (_, image, { variable }) => {
  const mount = [layoutOf(image).volume, CLAIM] as const;
  const named = `env: [{name: ${variable}, value: node}], `;
  expect(messages('stable-host-name', image, { kind: 'Deployment', mount })).toContain('the name of its pod');
  expect(messages('stable-host-name', image, { kind: 'Deployment', mount, container: named })).toBe('');
  expect(messages('stable-host-name', image, { mount })).toBe('');
});

test.each(having('sharesDirectory'))('several servers of %s can use one directory', (_, image) => {
  const mount = [layoutOf(image).volume, 'nfs: {server: nas, path: /data}'] as const;
  const scaled = (yaml: string) => yaml.replace('spec:\n', 'spec:\n  replicas: 2\n');
  expect(messagesOf('claim-has-one-writer', scaled(workload(image, { mount })))).toEqual([]);
  const alone = KNOWN_IMAGES.find(({ id }) => id === 'ghost')!;
  expect(
    messagesOf('claim-has-one-writer', scaled(workload(alone, { mount: ['/var/lib/ghost/content', mount[1]] }))),
  ).toEqual(["2 servers of Ghost write to the volume 'data' (nfs)."]);
});

test.each(having('emptyDirectories'))('a volume hides nothing at the empty directories of %s', (_, image, paths) => {
  const emptyDir = 'emptyDir: {}';
  paths.forEach(path => expect(messages('mount-hides-image-files', image, { mount: [path, emptyDir] })).toBe(''));
  expect(messages('mount-hides-image-files', image, { mount: ['/usr', emptyDir] })).not.toBe('');
});

test.each(having('dataVariable').filter(([, { stateful }]) => stateful === undefined))(
  'a variable moves the data of %s',
  (_, image, variable) => {
    const container = `env: [{name: ${variable}, value: /srv/store}], `;
    const moved = { container, mount: ['/srv/store', 'emptyDir: {}'] as const };
    expect(messages('state-on-claim', image, moved)).toContain(`keeps its data at '/srv/store' in the emptyDir`);
  },
);

test.each(having('dataOption').filter(([, { id }]) => STATEFUL_ARGS[id] === undefined))(
  'an option moves the data of %s',
  (_, image, option) => {
    const container = `args: ["${option}=/srv/store"], `;
    const moved = { container, mount: ['/srv/store', 'emptyDir: {}'] as const };
    expect(messages('state-on-claim', image, moved)).toContain(`keeps its data at '/srv/store' in the emptyDir`);
  },
);
