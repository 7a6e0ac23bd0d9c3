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
 * Says for every path of every container what is there, who shares it, how long it lives, who may write to it, how
 * large it may grow and whether a change of it rolls the pods.
 *
 * It reads what constructs render, those of other libraries too. `cdk8s-storage-patterns map` does the same for YAML.
 */
export class StorageMap {
  /**
   * The map of all workloads in a scope.
   *
   * @param scope an app, a chart or a construct; what is outside it is looked at too, so that a claim that others
   * mount is known as shared
   */
  public static of(scope: IConstruct): StorageMap {
    const drawn = new Set(scope.node.findAll().map(({ node }) => node.path));
    return new StorageMap(
      mapStorage({ objects: readConstructs(scope.node.root), problems: [] }, ({ source }) =>
        drawn.has(source.constructPath!),
      ),
    );
  }

  private constructor(private readonly model: Model) {}

  /** Tables that fit 100 columns. */
  public toText(): string {
    return toText(this.model);
  }

  /** A section with a table for each workload. */
  public toMarkdown(): string {
    return toMarkdown(this.model);
  }

  /**
   * A Mermaid flowchart of containers, volumes and paths.
   *
   * @see https://mermaid.js.org/syntax/flowchart.html
   */
  public toMermaid(): string {
    return toMermaid(this.model);
  }

  /** Everything the map knows, as JSON. */
  public toJson(): string {
    return toJson(this.model);
  }

  /** The picture: replicas side by side, what they share across them, and what lives longer further down. */
  public toSvg(): string {
    return toSvg(this.model);
  }

  /**
   * The picture and the tables as one page that needs nothing but itself: no network, light and dark, by keyboard too.
   */
  public toHtml(): string {
    return toHtml(this.model);
  }
}
