import { ownValue } from '../../checks/own-value';
import type { MappedWorkload } from '../model';

/** The page that a picture is drawn for. */
export interface Frame {
  readonly width: number;
  /** Whether labels are drawn above their lane, because they do not fit next to it. */
  readonly isNarrow: boolean;
}

export const WIDE: Frame = { width: 1000, isNarrow: false };
export const NARROW: Frame = { width: 340, isNarrow: true };

/** A horizontal range in pixels. */
export interface Range {
  readonly x: number;
  readonly width: number;
}

/** The column of a pod; without a title, the ellipsis for pods that are not drawn. */
export interface Column extends Range {
  readonly title?: string;
}

/** The margin on each side of the picture. */
export const PADDING = 20;

const POD_GAP = 14;
const POD_PADDING = 8;
const ELLIPSIS_WIDTH = 26;
const LABEL_WIDTH = 312;
const SHARED_BY_WIDTH = 138;

/** Narrower slots show the number of their container instead of its name. */
const NAME_WIDTH = 58;

/** The positions of labels, pods and containers in the picture of one workload. */
export class Layout {
  /** The left end of the pods. */
  public readonly left: number;
  /** The right end of the pods. */
  public readonly right: number;
  public readonly sharedByWidth: number;
  public readonly laneHeight: number;
  /** The distance from the top of a lane to its bar. */
  public readonly barOffset: number;
  /** The columns of the pods, and of the ellipsis between them. */
  public readonly columns: readonly Column[];
  /** The columns of the pods. */
  public readonly pods: readonly (Column & { readonly title: string })[];
  /** Whether containers are numbered, because their names do not fit above them. */
  public readonly isNumbered: boolean;

  constructor(
    public readonly workload: MappedWorkload,
    public readonly frame: Frame,
  ) {
    const { width, isNarrow } = frame;
    this.sharedByWidth = isNarrow ? 0 : SHARED_BY_WIDTH;
    this.left = isNarrow ? PADDING : LABEL_WIDTH;
    this.right = width - PADDING - this.sharedByWidth;
    this.laneHeight = isNarrow ? 62 : 40;
    this.barOffset = isNarrow ? 38 : 10;
    this.columns = columnsOf(podTitles(workload), this.left, this.right);
    this.pods = this.columns.filter(isPod);
    this.isNumbered = this.slot(this.pods[0], 0).width < NAME_WIDTH;
  }

  /** Returns the part of a pod's column that belongs to a container, by its index. */
  public slot({ x, width }: Range, index: number): Range {
    const slotWidth = (width - 2 * POD_PADDING) / Math.max(this.workload.containers.length, 1);
    return { x: x + POD_PADDING + index * slotWidth, width: slotWidth };
  }

  /** Returns the part of a pod's column that belongs to a container, by its name. */
  public slotOf(column: Range, container: string): Range {
    return this.slot(column, this.indexOf(container));
  }

  public indexOf(container: string): number {
    return this.workload.containers.findIndex(({ name }) => name === container);
  }
}

function isPod(column: Column): column is Column & { readonly title: string } {
  return column.title !== undefined;
}

/** Returns the titles of the pods to draw, at most three; `undefined` stands for the pods between them. */
function podTitles(workload: MappedWorkload): (string | undefined)[] {
  const { kind, replicas } = workload;
  if (replicas === undefined) {
    return ['node 1', 'node 2', 'node 3'];
  }
  if (replicas === 0) {
    return ['no replicas'];
  }
  if (replicas === 1 && ownValue(NOUN, kind) === 'pod') {
    return ['pod'];
  }
  const title = (index: number) => podTitle(workload, index);
  return replicas <= 3
    ? Array.from({ length: replicas }, (_, index) => title(index))
    : [title(0), title(1), undefined, title(replicas - 1)];
}

/** The kinds whose pods are not replicas. */
const NOUN: Readonly<Record<string, string>> = { Pod: 'pod', Job: 'pod', CronJob: 'pod' };

function podTitle({ kind, name, startOrdinal = 0 }: MappedWorkload, index: number): string {
  return kind === 'StatefulSet'
    ? `${name}-${startOrdinal + index}`
    : `${ownValue(NOUN, kind) ?? 'replica'} ${index + 1}`;
}

function columnsOf(titles: readonly (string | undefined)[], left: number, right: number): Column[] {
  const pods = titles.filter(title => title !== undefined).length;
  const gaps = (titles.length - 1) * POD_GAP + (titles.length - pods) * ELLIPSIS_WIDTH;
  const podWidth = (right - left - gaps) / pods;
  let x = left;
  return titles.map(title => {
    const column = { x, width: title === undefined ? ELLIPSIS_WIDTH : podWidth, title };
    x += column.width + POD_GAP;
    return column;
  });
}
