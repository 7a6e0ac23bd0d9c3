import type { Range } from './layout';
import { fitText, Font } from './measure';
import { visible } from '../../checks/visible';
import { element, Markup } from '../markup/markup';

/** The height of a bar in pixels. */
export const BAR = 20;

/** Draws a string. */
export function text(x: number, y: number, content: string, style: string, anchor?: 'middle' | 'end'): Markup {
  return element('text', { 'class': style, x, y, 'text-anchor': anchor }, content);
}

/** A string that is shortened to fit. */
export interface FittedText extends Range {
  readonly y: number;
  readonly content: string;
  readonly font: Font;
  readonly style: string;
  readonly anchor?: 'start' | 'middle';
}

/** Draws a string that is shortened to fit, with the complete string as its tooltip. */
export function fittedText({ x, y, width, content, font, style, anchor = 'start' }: FittedText): Markup {
  const fitting = fitText(content, width, font);
  const tooltip = fitting === visible(content) ? [] : [element('title', {}, content)];
  return element('text', { 'class': style, x, y, 'text-anchor': anchor }, fitting, tooltip);
}

/** Moves markup to a position. */
export function group(x: number, y: number, ...content: readonly Markup[]): Markup {
  return element('g', { transform: `translate(${round(x)} ${round(y)})` }, content);
}

/** Draws a bar. */
export function bar(tone: string, { x, width }: Range, y: number): Markup {
  return element('rect', { class: `sm-t-${tone}`, x, y, width, height: BAR, rx: 3 });
}

/** Draws a bar with the shape of a disk. */
export function disk(tone: string, { x, width }: Range, y: number): Markup[] {
  return [
    element('rect', { class: `sm-t-${tone}`, x, y, width, height: BAR, rx: 7 }),
    element('path', {
      class: `sm-t-${tone} sm-none sm-solid`,
      d: `M${round(x + width - 9)} ${round(y)}a6 ${BAR / 2} 0 0 0 0 ${BAR}`,
    }),
  ];
}

/** Draws a bar of three layers. */
export function layers(tone: string, { x, width }: Range, y: number): Markup[] {
  return [0, 7, 14].map(offset =>
    element('rect', {
      'class': `sm-t-${tone}`,
      x,
      'y': y + offset,
      width,
      'height': 5.5,
      'rx': 1.5,
      'stroke-width': 0.75,
    }),
  );
}

/** Draws the writable layer of a container. */
export function strip(tone: string, isWritable: boolean, { x, width }: Range, y: number): Markup {
  const style = `sm-t-${tone}${isWritable ? '' : ' sm-none'}`;
  return element('rect', { class: style, x: x + 4, y: y + 6, width: width - 8, height: 8, rx: 2 });
}

/** Draws the dot of a container: filled if it can write. */
export function dot(tone: string, isWritable: boolean, cx: number, cy: number): Markup {
  const style = `sm-t-${tone} ${isWritable ? 'sm-writes' : 'sm-reads'}`;
  return element('circle', { 'class': style, cx, cy, 'r': 4.5, 'stroke-width': 1.5 });
}

/** Draws the sign of a finding. */
export function warningSign(x: number, y: number): Markup[] {
  return [
    element('path', { class: 'sm-sign', d: `M${round(x + 8)} ${round(y)}l8 14h-16z` }),
    text(x + 8, y + 12, '!', 'sm-on-sign sm-small sm-bold', 'middle'),
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
