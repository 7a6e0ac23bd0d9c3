import * as fc from 'fast-check';
import { hostileModel } from './hostile';
import { toMarkdown } from '../../../src/map/formats/markdown';
import { mapYaml, withContainerFields, withVolume } from '../fixtures';

test('writes a section with a table for each workload', () => {
  const yaml = withContainerFields(
    withVolume('emptyDir: {sizeLimit: 1Gi}', { pod: 'automountServiceAccountToken: false' }),
    'resources: {limits: {cpu: 1, memory: 1Gi, ephemeral-storage: 2Gi}}',
  );
  expect(toMarkdown(mapYaml(yaml))).toMatchInlineSnapshot(`
   "## Deployment shop/api

   3 replicas, app.yaml:1

   | container | path | storage | shared by | lifetime | writers | limit | rollout | notes |
   | --- | --- | --- | --- | --- | --- | --- | --- | --- |
   | app | / | image layers acme/app:1 | replicas on a node | node | none |  | yes |  |
   | app | / | writable layer | not shared | container | app | 2Gi |  |  |
   | app | /dev/shm | shared memory | not shared | pod | app | 64Mi |  | The container runtime mounts it by default. |
   | app | /it | emptyDir | not shared | pod | app | 1Gi |  |  |

   - **warning** read-only-root-filesystem: Container 'app' can write to its root filesystem. (/)
   "
  `);
});

test('writes each finding with its paths', () => {
  const markdown = toMarkdown(mapYaml(withVolume('emptyDir: {}')));
  expect(markdown).toMatch(/^- \*\*info\*\* empty-dir-size-limit: .+\. \(\/it\)$/m);
});

const LINE = new RegExp(
  [
    '^\\| ',
    '^## ',
    '^> \\*\\*Unreadable document:\\*\\* ',
    '^- \\*\\*(error|warning|info)\\*\\* ',
    '^(\\d+ replicas?|1 pod per node)(,|$)',
  ].join('|'),
);
const MARKUP_OF_LINES = /^(\| --- )+\|$|^## |^> \*\*Unreadable document:\*\*|^- \*\*(error|warning|info)\*\*/;

test('contains no markup but its own, whatever the names', () => {
  fc.assert(
    fc.property(hostileModel, model => {
      for (const line of toMarkdown(model).split('\n').filter(Boolean)) {
        expect(line).toMatch(LINE);
        // a row has as many cells as the head of the table
        expect(line.startsWith('|') ? line.split('|').length : 11).toBe(11);
        const rest = line
          .replace(MARKUP_OF_LINES, '')
          .replace(/&#\d+;/g, '')
          .replace(/ \| /g, '');
        expect(rest).not.toMatch(/[<>`*_[\]\\]|!\[|:\/\/|www\./);
      }
    }),
  );
});
