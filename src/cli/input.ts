import { basename, dirname, normalize } from 'path';
import { Option } from 'commander';
import { findFiles, FoundFiles, InputFile, nameOf, readText, unreadable } from './files';
import { renderRoots } from './render';
import { assignRoots, chartOf, containedPaths, patchFiles, rootFolderOf, Roots } from './roots';
import { plural } from '../checks/message';
import { isKustomizeConfig, KUSTOMIZATION_FILES, Kustomization, readKustomization } from '../inspect/kustomization';
import type { FileManifests, ManifestObject, ManifestProblem, PassedOver } from '../inspect/manifest';
import { readYaml } from '../inspect/read-yaml';
import { withoutUnreadFields } from '../inspect/unread-fields';
import { isPatch } from '../inspect/whole';

const CHART_FILE = 'Chart.yaml';

/** The contents of the files that the arguments of a command name. */
export interface Input {
  /** The whole objects. */
  readonly objects: readonly ManifestObject[];
  /** Documents and files that are unreadable. */
  readonly problems: readonly ManifestProblem[];
  /** The number of documents that patch objects: those that a kustomization names, or that lack required fields. */
  readonly patches: number;
  /** Other content of the files that is not audited. */
  readonly passedOver: readonly PassedOver[];
}

interface UnrenderedChart {
  /** The path of the chart. */
  readonly folder: string;
  /** The number of files that are templates. */
  readonly templates: number;
}

export interface InputOptions {
  /** Whether kustomizations and charts are rendered with the installed programs. */
  readonly render?: boolean;
  /** Whether a file is not read. */
  readonly isExcluded?: (file: string) => boolean;
  /** Whether objects keep the fields that only rules of the user can read. */
  readonly keepsAllFields?: boolean;
}

/** The help of the arguments. */
export const PATHS_HELP = 'YAML or JSON files, directories that contain such files, or - for standard input.';

/** `--render`. */
export function renderOption(): Option {
  return new Option('--render', "Render kustomizations with 'kustomize' or 'kubectl', and charts with 'helm'.");
}

/**
 * Reads files, directories with their subdirectories, and standard input for `-`. Each file is read once. Patches are
 * counted, and the templates of a chart are one problem.
 */
export async function readInput(paths: readonly string[], options: InputOptions = {}): Promise<Input> {
  const { render = false, isExcluded = () => false, keepsAllFields = false } = options;
  const found = findFiles(paths);
  const files = found.files.filter(({ path }) => !isExcluded(nameOf(path)));
  const content = new Content(found, found.files.length - files.length, keepsAllFields);
  const roots = await findRoots(files);
  if (render) {
    content.add(renderRoots(roots));
  }
  const patches = patchFiles(roots);
  const contained = containedPaths(roots);
  for (const file of files) {
    const isInRoot = rootFolderOf(file.path, roots) !== undefined || contained.has(normalize(file.path));
    const isRendered = render && isInRoot;
    if (!isRendered && !isRootFile(file, roots)) {
      await content.addFile(file, chartOf(file.path, roots), patches.has(normalize(file.path)));
    }
  }
  return content.toInput(paths, roots);
}

/** Whether a file in a directory describes a kustomization or chart, and contains no objects. */
function isRootFile({ path, isArgument }: InputFile, { kustomizations }: Roots): boolean {
  const isKustomization = KUSTOMIZATION_FILES.includes(basename(path)) && kustomizations.has(dirname(normalize(path)));
  return !isArgument && (isKustomization || basename(path) === CHART_FILE);
}

async function findRoots(files: readonly InputFile[]): Promise<Roots> {
  const kustomizations = new Map<string, Kustomization>();
  const charts = new Set<string>();
  for (const { path } of files.filter(({ isArgument }) => !isArgument)) {
    const folder = dirname(normalize(path));
    if (basename(path) === CHART_FILE) {
      charts.add(folder);
    } else if (KUSTOMIZATION_FILES.includes(basename(path))) {
      const text = await readText(path);
      const kustomization = typeof text === 'string' ? readKustomization(text) : undefined;
      if (kustomization) {
        kustomizations.set(folder, kustomization);
      }
    }
  }
  return { kustomizations, charts };
}

/** Collects the content of files. */
class Content {
  private readonly problems: ManifestProblem[];
  private readonly objects: ManifestObject[] = [];
  private readonly templates = new Map<string, number>();
  private patches = 0;
  private otherFiles = 0;

  constructor(
    private readonly found: FoundFiles,
    private readonly excludedFiles: number,
    private readonly keepsAllFields: boolean,
  ) {
    this.problems = [...found.problems];
  }

  public async addFile({ path, isArgument }: InputFile, chart: string | undefined, isPatchFile: boolean) {
    const text = await readText(path);
    if (typeof text !== 'string') {
      this.problems.push(text);
    } else if (chart !== undefined && text.includes('{{')) {
      this.templates.set(chart, (this.templates.get(chart) ?? 0) + 1);
    } else {
      const manifests = readYaml(text, nameOf(path));
      const patches = manifests.patches + (isPatchFile ? manifests.objects.length : 0);
      // directories also contain files of other formats, such as the values of a chart
      const isForeign = manifests.objects.length === 0 && manifests.problems.every(problem => problem.isForeign);
      if (isPatchFile || (isForeign && !isArgument)) {
        this.patches += patches;
        this.otherFiles += patches > 0 ? 0 : 1;
      } else {
        this.add(manifests);
      }
    }
  }

  public add({ objects, problems, patches }: FileManifests): void {
    // calls with so many arguments as there can be objects exceed the stack
    objects.forEach(object => {
      if (isPatch(object)) {
        this.patches++;
      } else if (!isKustomizeConfig(object)) {
        this.objects.push(this.keepsAllFields ? object : withoutUnreadFields(object));
      }
    });
    problems.forEach(problem => this.problems.push(problem));
    this.patches += patches;
  }

  public toInput(paths: readonly string[], roots: Roots): Input {
    const unrenderedCharts = [...this.templates].map(([folder, templates]) => ({ folder, templates }));
    const problems = [...this.problems, ...unrenderedCharts.map(unrendered)];
    const passedOver = [
      { count: this.otherFiles, reason: 'files without Kubernetes objects' },
      { count: this.excludedFiles, reason: 'files that the configuration excludes' },
      ...this.found.passedOver,
    ].filter(({ count }) => count > 0);
    const isEmpty = this.objects.length === 0 && this.patches === 0 && this.excludedFiles === 0;
    if (isEmpty && problems.length === 0) {
      problems.push(unreadable(paths.map(nameOf).join(', '), 'The input contains no Kubernetes object.'));
    }
    return {
      objects: assignRoots(this.objects, roots),
      problems,
      patches: this.patches,
      passedOver,
    };
  }
}

function unrendered({ folder, templates }: UnrenderedChart): ManifestProblem {
  return unreadable(
    `${folder}/Chart.yaml`,
    `The chart has ${plural(templates, 'template')} to render first. ` +
      `Audit the output of 'helm template ${folder}', or use '--render'.`,
  );
}
