import { mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, AppProps, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { ConfigFiles, ConfigSource, ConfiguredApp, SinglePassApp } from '../src';

/** Defines apps in charts that depend on each other, and a chart in a chart. */
function define(app: App): void {
  const [first, second] = ['b', 'a'].map(id => {
    const chart = new Chart(app, id, { namespace: 'shop', labels: { team: id } });
    const web = new ConfiguredApp(chart, 'web', {
      image: 'acme/app:1.0.0',
      port: 8080,
      config: new ConfigFiles({ sources: [ConfigSource.text('app.conf', `id = ${id}\n`)] }),
    });
    const late = new ApiObject(chart, 'late', { apiVersion: 'v1', kind: 'ConfigMap' });
    new ApiObject(chart, 'early', { apiVersion: 'v1', kind: 'ConfigMap' });
    late.node.addDependency(web);
    return chart;
  });
  first.addDependency(second);
  new ApiObject(new Chart(second, 'inner'), 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
}

type AppClass = new (props?: AppProps) => App;

function filesOf(type: AppClass, props: AppProps, defineCharts = define): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'app-'));
  const app = new type({ outdir, ...props });
  defineCharts(app);
  app.synth();
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter(name => /\.(yaml|json)$/.test(name));
  return Object.fromEntries(files.sort().map(name => [name, readFileSync(join(outdir, name), 'utf8')]));
}

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterAll(() => jest.restoreAllMocks());

test.each(Object.values(YamlOutputType).filter(type => typeof type === 'string'))(
  'writes the same files as cdk8s with the output type %s',
  type => {
    const props = {
      yamlOutputType: YamlOutputType[type as keyof typeof YamlOutputType],
      outputFileExtension: '.yaml',
      recordConstructMetadata: true,
    };
    const files = filesOf(SinglePassApp, props);
    expect(files).toEqual(filesOf(App, props));
    expect(Object.keys(files).length).toBeGreaterThan(1);
  },
);

test('returns the same YAML as cdk8s', () => {
  const [ours, theirs] = [SinglePassApp, App].map(type => {
    const app = new type();
    define(app);
    return app.synthYaml();
  });
  expect(ours).toBe(theirs);
  expect(ours).toContain('id = a');
});

/** Counts how often it is validated, and reports errors. */
class Validated extends Construct {
  public count = 0;

  constructor(scope: Construct, id: string, errors: string[] = []) {
    super(scope, id);
    this.node.addValidation({
      validate: () => {
        this.count++;
        return errors;
      },
    });
  }
}

test('validates each construct once, however many charts there are', () => {
  const counts = [SinglePassApp, App].map(type => {
    const app = new type({ outdir: mkdtempSync(join(tmpdir(), 'app-')) });
    const [validated] = Array.from({ length: 20 }, (_, i) => new Validated(new Chart(app, `chart-${i}`), 'check'));
    app.synth();
    return validated.count;
  });
  expect(counts).toEqual([1, 21]);
});

test('throws the same error as cdk8s, and writes nothing', () => {
  const [ours, theirs] = [SinglePassApp, App].map(type => {
    const outdir = mkdtempSync(join(tmpdir(), 'app-'));
    const app = new type({ outdir });
    const chart = new Chart(app, 'chart');
    new Validated(chart, 'one', ['a is missing', 'b is missing']);
    new Validated(chart, 'two', ['c is missing']);
    expect(() => app.synthYaml()).toThrow('c is missing');
    let message = '';
    try {
      app.synth();
    } catch (error) {
      ({ message } = error as Error);
    }
    return { message, files: readdirSync(outdir) };
  });
  expect(ours).toEqual(theirs);
  expect(ours.message).toContain('[chart/one] b is missing');
});

test('keeps a method of a chart that renders it in another way', () => {
  class Labeled extends Chart {
    public toJson(): any[] {
      return super.toJson().map(object => ({ ...object, labeled: true }));
    }
  }
  const defineLabeled = (app: App) =>
    void new ApiObject(new Labeled(app, 'chart'), 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
  const files = filesOf(SinglePassApp, {}, defineLabeled);
  expect(files['chart.k8s.yaml']).toContain('labeled: true');
  expect(files).toEqual(filesOf(App, {}, defineLabeled));
});

test('leaves the charts as they were', () => {
  const app = new SinglePassApp({ outdir: mkdtempSync(join(tmpdir(), 'app-')) });
  const chart = new Chart(app, 'chart');
  new Validated(chart, 'check', ['a is missing']);
  expect(() => app.synth()).toThrow('a is missing');
  expect(() => chart.toJson()).toThrow('a is missing');
  expect(Object.hasOwn(chart, 'toJson')).toBe(false);
});
