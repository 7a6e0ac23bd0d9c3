import { Lane, lanesOf, ZONE_TITLE, ZONES } from './lanes';
import { fitText, Font, widthOf } from './measure';
import { Markup, markup } from '../markup/markup';
import { visible } from '../markup/visible';
import type { MappedWorkload } from '../model';
import { describeReplicas, ROLE, titleOf } from '../words';

/** How a picture is drawn for a page of some width. */
export interface Frame {
  readonly width: number;
  /** Whether labels stand above their lane, for there is no room beside it. */
  readonly isNarrow: boolean;
}

export const WIDE: Frame = { width: 1000, isNarrow: false };
export const NARROW: Frame = { width: 340, isNarrow: true };

/** Wraps a lane in what leads to its rows. */
export type LinkLane = (lane: Lane, content: Markup) => Markup;

export interface Drawing {
  readonly height: number;
  readonly content: Markup;
}

const PADDING = 20;
const POD_GAP = 14;
const POD_PADDING = 8;
const ELLIPSIS_WIDTH = 26;
const BAR = 20;
const MONO: Font = { size: 12.5, isMono: true };
const TEXT: Font = { size: 11.5, isMono: false };
const SMALL: Font = { size: 10.5, isMono: false };
const BOLD: Font = { size: 11.5, isMono: false, isBold: true };
const TITLE: Font = { size: 17, isMono: false, isBold: true };

/** A replica that is drawn, or what stands for those that are not. */
interface Column {
  readonly x: number;
  readonly width: number;
  readonly title?: string;
}

/** Draws a workload on a card of its own. */
export function draw(workload: MappedWorkload, frame: Frame, link: LinkLane): Drawing {
  return new Card(workload, frame, link).draw();
}

class Card {
  private readonly gutter: number;
  private readonly columns: readonly Column[];
  private readonly right: number;
  private readonly sharedByWidth: number;
  private readonly laneHeight: number;
  private readonly parts: Markup[] = [];
  private y = 0;
  private headBottom = 0;

  constructor(
    private readonly workload: MappedWorkload,
    private readonly frame: Frame,
    private readonly link: LinkLane,
  ) {
    const { width, isNarrow } = frame;
    this.sharedByWidth = isNarrow ? 0 : 138;
    this.gutter = isNarrow ? PADDING : 312;
    this.right = width - PADDING - this.sharedByWidth;
    this.laneHeight = isNarrow ? 62 : 40;
    this.columns = columnsOf(workload, this.gutter, this.right);
  }

  public draw(): Drawing {
    this.header();
    const podTop = this.y;
    this.podTitles();
    this.headBottom = this.y - 6;
    const lanes = lanesOf(this.workload);
    const linesAt = this.parts.length;
    const reaches = new Map<number, number>();
    let podBottom = this.y;
    for (const zone of ZONES) {
      const own = lanes.filter(lane => lane.zone === zone);
      if (own.length > 0) {
        this.zoneTitle(ZONE_TITLE[zone], zone === 'node' || zone === 'beyond');
      }
      for (const lane of own) {
        for (const row of lane.rows) {
          reaches.set(this.indexOf(row.container), this.y + this.barAt() + BAR / 2);
        }
        this.lane(lane);
      }
      podBottom = zone === 'pod' ? this.y + 4 : podBottom;
    }
    this.parts.splice(linesAt, 0, ...this.pods(podTop, podBottom), ...this.lines(reaches));
    return { height: this.y + PADDING - 6, content: markup`${this.parts}` };
  }

  private header(): void {
    const { width } = this.frame;
    const replicas = describeReplicas(this.workload);
    const replicasWidth = widthOf(replicas, TEXT);
    const { name, kind, namespace } = this.workload;
    const prefix = `${kind}${namespace ? ` in ${namespace}` : ''}`;
    this.text(PADDING, 29, prefix, width - 2 * PADDING - replicasWidth - 12, TEXT, 'sm-muted');
    this.parts.push(
      markup`<text class="sm-muted" x="${width - PADDING}" y="${29}" text-anchor="end">${replicas}</text>`,
    );
    this.text(PADDING, 51, name || '(no name)', width - 2 * PADDING, TITLE, 'sm-title');
    this.y = 64;
    if (this.isNumbered()) {
      this.key();
    }
  }

  /** The names of the containers by their numbers, where there is no room above each. */
  private key(): void {
    const end = this.frame.width - PADDING;
    let x = PADDING;
    this.y += 12;
    this.workload.containers.forEach(({ name, role }, i) => {
      const text = fitText(`${name}${ROLE[role] ? ` (${ROLE[role]})` : ''}`, end - PADDING - 14, TEXT);
      const width = 14 + widthOf(text, TEXT);
      if (x > PADDING && x + width > end) {
        x = PADDING;
        this.y += 17;
      }
      this.parts.push(
        markup`<text class="sm-bold" x="${x}" y="${this.y}">${String(i + 1)}</text><text class="sm-muted" x="${x + 14}" y="${this.y}">${text}</text>`,
      );
      x += width + 18;
    });
    this.y += 12;
  }

  private podTitles(): void {
    const numbered = this.isNumbered();
    for (const column of this.columns) {
      if (column.title === undefined) {
        this.parts.push(
          markup`<text class="sm-muted" x="${column.x + column.width / 2}" y="${this.y + 18}" text-anchor="middle">…</text>`,
        );
        continue;
      }
      this.text(column.x + column.width / 2, this.y + 18, column.title, column.width - 10, BOLD, 'sm-bold', 'middle');
      this.workload.containers.forEach(({ name, role }, i) => {
        const slot = this.slot(column, i);
        this.text(
          slot.x + slot.width / 2,
          this.y + 37,
          numbered ? String(i + 1) : name,
          slot.width - 4,
          SMALL,
          'sm-small',
          'middle',
        );
        if (!numbered && ROLE[role]) {
          this.text(
            slot.x + slot.width / 2,
            this.y + 50,
            role === 'init' ? 'init' : 'sidecar',
            slot.width - 4,
            SMALL,
            'sm-small sm-muted',
            'middle',
          );
        }
      });
    }
    if (!this.frame.isNarrow) {
      this.parts.push(markup`<text class="sm-muted" x="${this.right + 14}" y="${this.y + 18}">shared by</text>`);
    }
    this.y +=
      numbered && this.frame.isNarrow
        ? 52
        : numbered || this.workload.containers.every(({ role }) => role === 'app')
          ? 46
          : 58;
  }

  private zoneTitle(title: string, isBelowPods: boolean): void {
    if (isBelowPods) {
      this.y += 14;
      this.parts.push(
        markup`<line class="sm-rule" x1="${PADDING}" x2="${this.frame.width - PADDING}" y1="${this.y}" y2="${this.y}"/>`,
      );
    }
    this.text(
      PADDING,
      this.y + 17,
      title,
      this.frame.isNarrow ? this.frame.width - 2 * PADDING : this.gutter - PADDING - 14,
      BOLD,
      'sm-bold sm-muted',
    );
    this.y += 24;
  }

  private lane(lane: Lane): void {
    const { width, isNarrow } = this.frame;
    const top = this.y;
    const parts: Markup[] = [
      markup`<rect class="sm-hit" x="${8}" y="${top + 1}" width="${width - 16}" height="${this.laneHeight - 2}" rx="6"/>`,
    ];
    const labelWidth = (isNarrow ? width - PADDING : this.gutter - 14) - PADDING - (lane.hasFindings ? 22 : 0);
    const [first, ...more] = lane.paths;
    const suffix = more.length > 0 ? ` +${more.length}` : '';
    const label = fitText(first, labelWidth - widthOf(suffix, MONO), MONO) + suffix;
    parts.push(
      markup`<text class="sm-mono" x="${PADDING}" y="${top + 17}">${label}</text>`,
      markup`<text class="sm-muted" x="${PADDING}" y="${top + 32}">${this.detail(lane)}</text>`,
    );
    if (lane.hasFindings) {
      const x = PADDING + labelWidth + 4;
      parts.push(
        markup`<path class="sm-sign" d="M${x + 8} ${top + 5}l8 14h-16z"/><text class="sm-on-sign sm-small sm-bold" x="${x + 8}" y="${top + 17}" text-anchor="middle">!</text>`,
      );
    }
    if (!isNarrow) {
      parts.push(
        markup`<text class="sm-muted" x="${this.right + 14}" y="${top + this.barAt() + 14}">${fitText(lane.sharedBy, this.sharedByWidth - 14, TEXT)}</text>`,
      );
    }
    this.parts.push(this.link(lane, markup`${[...parts, ...this.bars(lane, top + this.barAt())]}`));
    this.y += this.laneHeight;
  }

  /** What is there, with the name of it shortened rather than the rest. */
  private detail({ kind, name, facts, end, sharedBy }: Lane): string {
    const { width, isNarrow } = this.frame;
    const room = isNarrow ? width - 2 * PADDING : this.gutter - 14 - PADDING;
    const rest = [...facts, ...(isNarrow ? [sharedBy] : end === undefined ? [] : [end])]
      .map(fact => ` · ${fact}`)
      .join('');
    return fitText(
      `${kind}${name && ` ${fitText(name, Math.max(room - widthOf(`${kind} ${rest}`, TEXT), 60), TEXT)}`}${rest}`,
      room,
      TEXT,
    );
  }

  private bars(lane: Lane, y: number): Markup[] {
    const replicas = this.columns.filter(({ title }) => title !== undefined);
    const marks = replicas.flatMap(column =>
      lane.rows.map(row => {
        const { x, width } = this.slot(column, this.indexOf(row.container));
        return row.what === 'writable-layer'
          ? markup``
          : markup`<circle class="sm-t-${lane.tone} ${row.writable ? 'sm-writes' : 'sm-reads'}" cx="${x + width / 2}" cy="${y + BAR / 2}" r="4.5" stroke-width="1.5"/>`;
      }),
    );
    const bars =
      lane.reach === 'all'
        ? [this.bar(lane, this.gutter, this.right, y)]
        : replicas.flatMap(column =>
            lane.reach === 'container'
              ? lane.rows.map(row => this.strip(row.writable, lane, this.slot(column, this.indexOf(row.container)), y))
              : [this.podBar(lane, column, y)],
          );
    return [...bars, ...marks];
  }

  private podBar(lane: Lane, column: Column, y: number): Markup {
    const slots = lane.rows.map(({ container }) => this.slot(column, this.indexOf(container)));
    return this.bar(
      lane,
      Math.min(...slots.map(({ x }) => x)) + 3,
      Math.max(...slots.map(({ x, width }) => x + width)) - 3,
      y,
    );
  }

  private bar({ tone, shape }: Lane, from: number, to: number, y: number): Markup {
    const width = to - from;
    switch (shape) {
      case 'layers':
        return markup`${[0, 1, 2].map(i => markup`<rect class="sm-t-${tone}" x="${from}" y="${y + 7 * i}" width="${width}" height="5.5" rx="1.5" stroke-width="0.75"/>`)}`;
      case 'disk':
        return markup`<rect class="sm-t-${tone}" x="${from}" y="${y}" width="${width}" height="${BAR}" rx="7"/><path class="sm-t-${tone} sm-none sm-solid" d="M${to - 9} ${y}a6 ${BAR / 2} 0 0 0 0 ${BAR}"/>`;
      case 'bar':
        return markup`<rect class="sm-t-${tone}" x="${from}" y="${y}" width="${width}" height="${BAR}" rx="3"/>`;
    }
  }

  /** The thin layer of one container. */
  private strip(isWritable: boolean, { tone }: Lane, { x, width }: Column, y: number): Markup {
    return markup`<rect class="sm-t-${tone}${isWritable ? '' : ' sm-none'}" x="${x + 4}" y="${y + 6}" width="${width - 8}" height="8" rx="2"/>`;
  }

  private pods(top: number, bottom: number): Markup[] {
    // labels stand between the bars of a narrow picture: nothing may cross them
    const height = (this.frame.isNarrow ? this.headBottom : bottom) - top;
    return this.columns
      .filter(({ title }) => title !== undefined)
      .map(
        ({ x, width }) => markup`<rect class="sm-pod" x="${x}" y="${top}" width="${width}" height="${height}" rx="8"/>`,
      );
  }

  /** From each container down to the last thing that it has. */
  private lines(reaches: ReadonlyMap<number, number>): Markup[] {
    if (this.frame.isNarrow) {
      return [];
    }
    return this.columns
      .filter(({ title }) => title !== undefined)
      .flatMap(column =>
        [...reaches].map(([index, bottom]) => {
          const { x, width } = this.slot(column, index);
          return markup`<line class="sm-line" x1="${x + width / 2}" x2="${x + width / 2}" y1="${this.headBottom}" y2="${bottom}"/>`;
        }),
      );
  }

  private slot({ x, width }: Column, index: number): Column {
    const own = (width - 2 * POD_PADDING) / Math.max(this.workload.containers.length, 1);
    return { x: x + POD_PADDING + index * own, width: own };
  }

  private isNumbered(): boolean {
    const column = this.columns.find(({ title }) => title !== undefined)!;
    return this.slot(column, 0).width < 58;
  }

  private indexOf(container: string): number {
    return this.workload.containers.findIndex(({ name }) => name === container);
  }

  /** How far below the top of a lane its bar stands. */
  private barAt(): number {
    return this.frame.isNarrow ? 38 : 10;
  }

  private text(
    x: number,
    y: number,
    text: string,
    width: number,
    font: Font,
    style: string,
    anchor: 'start' | 'middle' = 'start',
  ): void {
    const fitting = fitText(text, width, font);
    this.parts.push(
      markup`<text class="${style}" x="${x}" y="${y}" text-anchor="${anchor}">${fitting}${fitting === visible(text) ? markup`` : markup`<title>${text}</title>`}</text>`,
    );
  }
}

/** Three replicas at most: of more the first two and the last. */
function columnsOf({ kind, name, replicas }: MappedWorkload, left: number, right: number): Column[] {
  const title = (index: number) =>
    kind === 'Pod' ? 'the pod' : kind === 'StatefulSet' ? `${name}-${index}` : `replica ${index + 1}`;
  const titles =
    replicas === undefined
      ? ['on a node', 'on another', 'on a third']
      : replicas === 0
        ? ['no replica now']
        : replicas <= 3
          ? Array.from({ length: replicas }, (_, i) => title(i))
          : [title(0), title(1), undefined, title(replicas - 1)];
  const drawn = titles.filter(text => text !== undefined).length;
  const free = right - left - (titles.length - 1) * POD_GAP - (titles.length - drawn) * ELLIPSIS_WIDTH;
  const width = free / drawn;
  let x = left;
  return titles.map(text => {
    const column = { x, width: text === undefined ? ELLIPSIS_WIDTH : width, title: text };
    x += column.width + POD_GAP;
    return column;
  });
}

/** What a workload is called where its picture cannot be seen. */
export function describePicture(workload: MappedWorkload): string {
  return `${titleOf(workload)}, ${describeReplicas(workload)}`;
}
