import { Cron } from 'cdk8s';
import { controlled, expectRefusal, rendered } from './fixtures';
import { Controller, HealthCheck } from '../../src';
import { synth } from '../synth';

const KINDS: Record<string, () => Controller> = {
  Deployment: Controller.deployment,
  StatefulSet: Controller.statefulSet,
  DaemonSet: Controller.daemonSet,
  Job: Controller.job,
  CronJob: () => Controller.cronJob({ schedule: Cron.daily() }),
};

const templateOf = ({ kind, spec }: any) => (kind === 'CronJob' ? spec.jobTemplate.spec.template : spec.template);

test.each(Object.entries(KINDS))('a %s has the same pods', (kind, controller) => {
  const object = rendered(controller());
  const deployment = rendered(Controller.deployment());
  expect(object.kind).toBe(kind);
  const { topologySpreadConstraints, affinity, restartPolicy, ...pod } = templateOf(object).spec;
  const { topologySpreadConstraints: _, affinity: __, ...expected } = templateOf(deployment).spec;
  expect(pod).toEqual(expected);
  expect(templateOf(object).metadata).toEqual(templateOf(deployment).metadata);
});

test.each(Object.entries(KINDS))('a %s is selected by the NetworkPolicy', (_, controller) => {
  const objects = synth(chart => controlled(chart, controller()));
  const { podSelector } = objects.find(({ kind }) => kind === 'NetworkPolicy').spec;
  expect(templateOf(objects[0]).metadata.labels).toMatchObject(podSelector.matchLabels);
});

test.each(['deployment', Controller.job, {}])('refuses %s in place of a controller', controller => {
  const value =
    typeof controller === 'string' ? "'deployment'" : typeof controller === 'function' ? 'a function' : '{}';
  expectRefusal(
    controller as any,
    `'controller' is ${value}, which is not a Controller. Use a Controller, for example 'Controller.deployment()'.`,
  );
});

test.each(['job', 'cronJob'])('refuses a port of Controller.%s', name => {
  const controller = name === 'job' ? Controller.job() : KINDS.CronJob();
  expectRefusal(
    controller,
    `'port' is 8080, but the pods of a ${name === 'job' ? 'Job' : 'CronJob'} end, so no client can ` +
      `rely on them. Omit ` +
      `it, or use another controller than 'Controller.${name}'.`,
    { port: 8080, healthCheck: HealthCheck.tcp() },
  );
  expectRefusal(
    controller,
    `'replicas' is 3, but a ${name === 'job' ? 'Job' : 'CronJob'} has no replicas. Omit it, or set 'parallelism' and ` +
      `'completions' of 'Controller.${name}'.`,
    { replicas: 3 },
  );
});
