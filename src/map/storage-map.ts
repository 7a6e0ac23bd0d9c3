import type { IConstruct } from 'constructs';
import { mapStorage } from './build';
import { toHtml } from './formats/html';
import { toJson } from './formats/json';
import { toMarkdown } from './formats/markdown';
import { toMermaid } from './formats/mermaid';
import { toSvg } from './formats/svg';
import { toText } from './formats/text';
import type { Model } from './model';
import { readConstructs } from '../inspect/read-constructs';

/**
 * Shows the storage behind every path of every container: its kind, its lifetime, its size limit, the containers that
 * share it and can write to it, and whether a change rolls out new pods.
 *
 * The map includes constructs of other libraries. The command `cdk8s-storage-patterns map` maps YAML files.
 */
export class StorageMap {
  /**
   * Maps all workloads in a scope.
   *
   * @param scope an app, a chart or a construct. Objects outside the scope are read but not shown, so the map knows
   * which claims are shared with other workloads.
   */
  public static of(scope: IConstruct): StorageMap {
    const included = new Set(scope.node.findAll().map(({ node }) => node.path));
    const manifests = { objects: readConstructs(scope.node.root), problems: [] };
    return new StorageMap(mapStorage(manifests, { included: ({ source }) => included.has(source.constructPath!) }));
  }

  private constructor(private readonly model: Model) {}

  /** Returns tables in plain text. Each path is one line, so that tools such as `grep` find it. */
  public toText(): string {
    return toText(this.model);
  }

  /** Returns a Markdown section with a table for each workload. */
  public toMarkdown(): string {
    return toMarkdown(this.model);
  }

  /**
   * Returns a Mermaid flowchart of containers, volumes and paths.
   *
   * @see https://mermaid.js.org/syntax/flowchart.html
   */
  public toMermaid(): string {
    return toMermaid(this.model);
  }

  /** Returns the complete map as JSON. */
  public toJson(): string {
    return toJson(this.model);
  }

  /**
   * Returns a picture as SVG. Replicas are drawn side by side, shared storage spans them, and storage further down
   * lives longer.
   */
  public toSvg(): string {
    return toSvg(this.model);
  }

  /**
   * Returns the picture and the tables as an HTML page. The page makes no network requests, supports light and dark
   * mode, and can be used with the keyboard.
   */
  public toHtml(): string {
    return toHtml(this.model);
  }
}
