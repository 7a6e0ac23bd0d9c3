import * as fc from 'fast-check';
import { hostileModel } from './hostile';
import { toMermaid } from '../../../src/map/formats/mermaid';
import { mapYaml, withVolume } from '../fixtures';

test('connects containers to their storage by path, with thick arrows for writable mounts', () => {
  const lines = toMermaid(mapYaml(withVolume('emptyDir: {}'))).split('\n');
  expect(lines).toContain('      w0c0["app"]');
  expect(lines).toContain('      w0v2[("emptyDir<br/>pod, none #33;")]:::pod');
  expect(lines).toContain('  w0c0 ==>|"/it"| w0v2');
  expect(lines).toContain('  w0c0 -->|"/"| w0v0');
});

/** The lines of a flowchart, with each label replaced by "L". */
const LINES = [
  /^flowchart LR$/,
  /^ {2}classDef \w+ [\w#:,]+$/,
  /^ +subgraph w\d+(pod)?\["L"\]$/,
  /^ {2}( {2})?end$/,
  /^ {2}problem\d+\[\/"L"\/\]$/,
  /^ +w\d+c\d+\["L"\]$/,
  /^ +w\d+v\d+\[\("L"\)\]:::\w+$/,
  /^ {2}w\d+c\d+ [=-]{2}>\|"L"\| w\d+v\d+$/,
  /^$/,
];

test('labels stay labels, whatever the names', () => {
  const line = new RegExp(LINES.map(({ source }) => source).join('|'));
  fc.assert(
    fc.property(hostileModel, model => {
      for (const written of toMermaid(model).split('\n')) {
        // labels contain letters, digits, harmless punctuation and character codes only
        expect(written.replace(/"(?:[\p{L}\p{N} .,/:-]|#\d+;|<br\/>)*"/gu, '"L"')).toMatch(line);
      }
    }),
  );
});
