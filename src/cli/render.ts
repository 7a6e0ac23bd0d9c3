import { spawnSync } from 'child_process';
import { basename, resolve } from 'path';
import { unreadable } from './files';
import { containedPaths, Roots } from './roots';
import { message } from '../checks/message';
import type { FileManifests } from '../inspect/manifest';
import { readYaml } from '../inspect/read-yaml';

/** A program with the arguments that render a folder. */
type Program = readonly [name: string, ...args: string[]];

interface Renderer {
  /** The programs that render the folder, the first installed one counts. */
  readonly programs: readonly Program[];
  readonly remedy: string;
}

/**
 * Renders each kustomization that no other one contains, and each chart that is not a dependency of another one. What
 * cannot be rendered becomes a problem.
 */
export function renderRoots(roots: Roots): FileManifests {
  const rendered = [
    ...topKustomizations(roots).map(folder => render(folder, kustomizeRenderer(folder))),
    ...topCharts(roots).map(folder => render(folder, helmRenderer(folder))),
  ];
  return {
    objects: rendered.flatMap(({ objects }) => objects),
    problems: rendered.flatMap(({ problems }) => problems),
    patches: 0,
  };
}

function topKustomizations(roots: Roots): string[] {
  const contained = containedPaths(roots);
  return [...roots.kustomizations]
    .filter(([folder, { isComponent }]) => !isComponent && !contained.has(folder))
    .map(([folder]) => folder);
}

function topCharts({ charts }: Roots): string[] {
  return [...charts].filter(chart => ![...charts].some(parent => chart.startsWith(`${parent}/charts/`)));
}

function kustomizeRenderer(folder: string): Renderer {
  return {
    programs: [
      ['kustomize', 'build', folder],
      ['kubectl', 'kustomize', folder],
    ],
    remedy: "Install 'kustomize' or 'kubectl', or omit '--render'.",
  };
}

function helmRenderer(folder: string): Renderer {
  const release = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return {
    programs: [['helm', 'template', release.replace(/^-|-$/g, '') || 'release', folder]],
    remedy: "Install 'helm', or omit '--render'.",
  };
}

function render(folder: string, { programs, remedy }: Renderer): FileManifests {
  for (const [name, ...args] of programs) {
    const { error, status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
    if (error && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      continue;
    }
    if (error || status !== 0) {
      const reason = (stderr || String(error?.message ?? `exit status ${status}`)).trim().split('\n').slice(-1)[0];
      return failed(
        folder,
        message(`'${[name, ...args].join(' ')}' failed: ${reason}`, `Run it to see the whole output.`),
      );
    }
    return readYaml(stdout, folder);
  }
  return failed(folder, message(`The folder cannot be rendered, because no program for it is installed.`, remedy));
}

function failed(folder: string, text: string): FileManifests {
  return { objects: [], problems: [unreadable(folder, text)], patches: 0 };
}
