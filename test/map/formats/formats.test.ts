import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { hostileModel } from './hostile';
import { readYaml } from '../../../src/inspect/read-yaml';
import { mapStorage } from '../../../src/map/build';
import { toHtml } from '../../../src/map/formats/html';
import { toJson } from '../../../src/map/formats/json';
import { toMarkdown } from '../../../src/map/formats/markdown';
import { toMermaid } from '../../../src/map/formats/mermaid';
import { toSvg } from '../../../src/map/formats/svg';
import { toText } from '../../../src/map/formats/text';
import { shorten, visible } from '../../../src/map/markup/visible';
import { synthExample } from '../../synth-example';
import { mapYaml, withVolume } from '../fixtures';

const MODEL = mapYaml(withVolume('emptyDir: {}', { mount: 'readOnly: true' }));

test('the text is a table for each container, with the findings below', () => {
  expect(toText(MODEL)).toMatchInlineSnapshot(`
"Deployment shop/api · 3 replicas · app.yaml:1

  app
  PATH                  WHAT                  SHARED BY           LIFETIME   MAY WRITE  LIMIT  ROLLS
  /                     image layers          replicas on a node  node       nobody            yes
                        acme/app:1
  /                     writable layer        nobody              container  app        none
  /dev/shm              shared memory         nobody              pod        app        64Mi
  /it !                 emptyDir              nobody              pod        nobody     none
  /var/run/secrets/     token                 nobody              pod        nobody
  kubernetes.io/
  serviceaccount !
  ! error empty-dir-size-limit: the emptyDir 'it' has no size limit (/it)
  ! warning no-service-account-token: the pod gets a token of the account 'default', to which
    nothing is granted here (/var/run/secrets/kubernetes.io/serviceaccount)
"
`);
});

test('whatever the names, the text fits 100 columns and has no control character', () => {
  fc.assert(
    fc.property(hostileModel, model => {
      for (const line of toText(model).split('\n')) {
        expect([...line].length).toBeLessThanOrEqual(100);
        // eslint-disable-next-line no-control-regex
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      }
    }),
  );
});

test('the Markdown is a section for each workload', () => {
  expect(toMarkdown(MODEL)).toMatchInlineSnapshot(`
"## Deployment shop/api

3 replicas, app.yaml:1

| container | path | what | shared by | lifetime | may write | limit | rolls | notes |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| app | / | image layers acme/app:1 | replicas on a node | node | nobody |  | yes |  |
| app | / | writable layer | nobody | container | app | none |  |  |
| app | /dev/shm | shared memory | nobody | pod | app | 64Mi |  | the runtime makes it, unasked |
| app | /it | emptyDir | nobody | pod | nobody | none |  |  |
| app | /var/run/secrets/kubernetes.io/serviceaccount | token | nobody | pod | nobody |  |  |  |

- **error** empty-dir-size-limit: the emptyDir 'it' has no size limit (/it)
- **warning** no-service-account-token: the pod gets a token of the account 'default', to which nothing is granted here (/var/run/secrets/kubernetes.io/serviceaccount)
"
`);
});

test('whatever the names, the Markdown has no markup but its own', () => {
  fc.assert(
    fc.property(hostileModel, model => {
      for (const line of toMarkdown(model).split('\n').filter(Boolean)) {
        // a table has as many cells as its head, and each line begins with what we write
        expect(line).toMatch(
          /^(\| |## |> \*\*Not read:\*\* |- \*\*(error|warning)\*\* |(\d+ replicas?|one on each node)(,|$))/,
        );
        expect(line.startsWith('|') ? line.split('|').length : 11).toBe(11);
        const rest = line
          .replace(/^(\| --- )+\|$|^## |^> \*\*Not read:\*\*|^- \*\*(error|warning)\*\*/, '')
          .replace(/&#\d+;/g, '')
          .replace(/ \| /g, '');
        expect(rest).not.toMatch(/[<>`*_[\]\\]|!\[|:\/\/|www\./);
      }
    }),
  );
});

test('whatever the names, every label of the Mermaid flowchart stays a label', () => {
  const own =
    /^(flowchart LR|  classDef \w+ [\w#:,]+|    end|  end| +subgraph w\d+(pod)?\["L"\]|  problem\d+\[\/"L"\/\]| +w\d+c\d+\["L"\]| +w\d+v\d+\[\("L"\)\]:::\w+|  w\d+c\d+ [=-]{2}>\|"L"\| w\d+v\d+|)$/;
  fc.assert(
    fc.property(hostileModel, model => {
      for (const line of toMermaid(model).split('\n')) {
        // a label holds letters, digits, harmless signs and codes of characters only
        expect(line.replace(/"(?:[\p{L}\p{N} .,/:-]|#\d+;|<br\/>)*"/gu, '"L"')).toMatch(own);
      }
    }),
  );
});

test('the JSON has a version, and findings by rule', () => {
  expect(JSON.parse(toJson(MODEL))).toMatchObject({
    version: 1,
    workloads: [
      {
        kind: 'Deployment',
        name: 'api',
        rows: expect.arrayContaining([
          expect.objectContaining({
            path: '/it',
            findings: [
              { rule: 'empty-dir-size-limit', severity: 'error', message: "the emptyDir 'it' has no size limit" },
            ],
          }),
        ]),
      },
    ],
  });
});

test('what cannot be seen is written out, and what is long loses its middle', () => {
  expect(visible('a\u202eb\u001b[1m\n')).toBe('a\\u202eb\\u001b[1m\\u000a');
  expect(shorten('/var/lib/postgresql/data', 12)).toBe('/var/…l/data');
  expect(shorten('short', 5)).toBe('short');
});

// every tag and attribute that the writers use; a text or a value holds no character that could end it
const TAG = /<(?:!doctype html|\/[a-z\d]+|[a-zA-Z\d]+(?:\s+[a-zA-Z:-]+(?:\d?)(?:="[^"<>]*")?)*\s*\/?)>/g;

test.each([
  ['SVG', toSvg],
  ['HTML', toHtml],
])('whatever the names, the %s has no markup but its own', (_, format) => {
  const own = new Set([
    'html',
    'head',
    'meta',
    'title',
    'style',
    'body',
    'header',
    'h1',
    'h2',
    'p',
    'ul',
    'li',
    'nav',
    'a',
    'small',
    'span',
    'code',
    'main',
    'div',
    'label',
    'input',
    'output',
    'section',
    'details',
    'summary',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'script',
    'svg',
    'g',
    'rect',
    'circle',
    'path',
    'line',
    'text',
    '!doctype',
  ]);
  fc.assert(
    fc.property(hostileModel, model => {
      const page = format(model)
        .replace(/<style>[^]*?<\/style>/g, '')
        .replace(/<script>[^]*<\/script>/g, '');
      for (const [tag] of page.matchAll(TAG)) {
        expect(own).toContain(/^<\/?(!?[a-z\d]+)/i.exec(tag)![1]);
        expect(tag.replace(/="[^"]*"/g, '')).not.toMatch(/\s(on\w+|src|srcdoc|action)\b/);
        expect(tag).not.toMatch(/\shref="(?!#w\d+(r\d+)?")/);
      }
      const rest = page.replace(TAG, '');
      expect(rest).not.toMatch(/[<>"']/);
      expect(rest).not.toMatch(/&(?!amp;|lt;|gt;|quot;|nbsp;|#39;)/);
    }),
    { numRuns: 60 },
  );
});

test('the page runs its own script only, and asks nothing of the network', () => {
  const page = toHtml(MODEL);
  const script = /<script>([^]*)<\/script>/.exec(page)![1];
  expect(page).toContain(
    `default-src 'none'; style-src 'unsafe-inline'; script-src ` +
      `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
});

test("the README's picture is the map of the composed example", () => {
  const map = mapStorage(readYaml(synthExample('composed-app'), 'composed-app.k8s.yaml'));
  // npm run docs:map writes it
  expect(readFileSync(join(__dirname, '..', '..', '..', 'docs', 'composed-app.svg'), 'utf8')).toBe(toSvg(map));
});
