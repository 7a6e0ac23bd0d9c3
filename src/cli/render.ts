import { spawnSync } from 'child_process';
import { basename, resolve } from 'path';
import { unreadable } from './files';
import { containedPaths, Roots } from './roots';
import { message } from '../checks/message';
import type { FileManifests } from '../inspect/manifest';
import { readYaml } from '../inspect/read-yaml';

const OPTIONS = { encoding: 'utf8', env: process.env, maxBuffer: 2 ** 30 } as const;

/** A program with the arguments that render a folder. */
type Program = readonly [name: string, ...args: string[]];

interface Renderer {
  /** The programs that render the folder, the first installed one counts. */
  readonly programs: readonly Program[];
  /** The cause if none of them is installed, as a clause. */
  readonly missing: string;
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
    missing: "neither 'kustomize' nor 'kubectl' is installed",
  };
}

function helmRenderer(folder: string): Renderer {
  const release = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return {
    programs: [['helm', 'template', release.replace(/^-|-$/g, '') || 'release', folder]],
    missing: "'helm' is not installed",
  };
}

function render(folder: string, { programs, missing }: Renderer): FileManifests {
  for (const [name, ...args] of programs) {
    const { error, status, stdout, stderr } = spawnSync(name, args, OPTIONS);
    if (error && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      continue;
    }
    if (error || status !== 0) {
      const reason = (stderr || String(error?.message ?? `exit status ${status}`)).trim().split('\n')[0];
      const command = [name, ...args].join(' ');
      return failed(folder, message(`'${command}' failed: ${reason}`, 'Run it to see the whole output.'));
    }
    return readYaml(stdout, folder);
  }
  const remedy = `Install ${programs.length > 1 ? 'one of them' : 'it'}, or omit '--render'.`;
  return failed(folder, message(`The folder cannot be rendered, because ${missing}.`, remedy));
}

function failed(folder: string, text: string): FileManifests {
  return { objects: [], problems: [unreadable(folder, text)], patches: 0 };
}
