import { Pod, podOf } from '../../../src/inspect/pods';
import { readYaml } from '../../../src/inspect/read-yaml';
import { filesBelow, read } from '../source-files';

/** The names of the manifests that rules are tested with. */
export const CORPUS = filesBelow('test/corpus', /\.yaml$/).map(path => path.replace('test/corpus/', ''));

/** The pods of these manifests. */
export function corpusPods(): Pod[] {
  return CORPUS.flatMap(name => readYaml(read(`test/corpus/${name}`), name).objects).flatMap(
    object => podOf(object) ?? [],
  );
}
