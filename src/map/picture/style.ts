const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

interface Colors {
  readonly card: string;
  readonly edge: string;
  readonly text: string;
  readonly muted: string;
  readonly mark: string;
  readonly hover: string;
  /** The fill and the stroke of each tone. */
  readonly tones: Readonly<Record<string, readonly [string, string]>>;
}

const LIGHT: Colors = {
  card: '#ffffff',
  edge: '#d5dae3',
  text: '#1a2030',
  muted: '#566075',
  mark: '#b42318',
  hover: '#eef2fb',
  tones: {
    container: ['#fbe4c0', '#b45309'],
    pod: ['#cdeee5', '#0f766e'],
    node: ['#e4e7ed', '#5b6579'],
    replica: ['#d3e2fd', '#1d4ed8'],
    outside: ['#e9dffb', '#6d28d9'],
  },
};

const DARK: Colors = {
  card: '#161b25',
  edge: '#333c4d',
  text: '#e9ecf3',
  muted: '#a6b0c3',
  mark: '#ff8f80',
  hover: '#202838',
  tones: {
    container: ['#4a3414', '#f0b04e'],
    pod: ['#12423c', '#4fd1bd'],
    node: ['#2b3342', '#9aa5b8'],
    replica: ['#1b3468', '#86adff'],
    outside: ['#39265f', '#b99af7'],
  },
};

// no variables: viewers of SVG other than browsers do not support them
function colors({ card, edge, text, muted, mark, hover, tones }: Colors): string {
  return `
.sm-card{fill:${card};stroke:${edge}}
.sm-pod{fill:none;stroke:${edge}}
.sm-hit{fill:${card};fill-opacity:0}
.sm text{fill:${text}}
.sm .sm-muted{fill:${muted}}
.sm .sm-alarm{fill:${mark}}
.sm-sign{fill:${mark}}
.sm .sm-on-sign{fill:${card}}
.sm-line{stroke:${edge}}
.sm-rule{stroke:${edge}}
.sm-lane:hover .sm-hit,.sm-lane:focus .sm-hit{fill:${hover};fill-opacity:1}
${Object.entries(tones)
  .map(([tone, [fill, stroke]]) => toneColors(`.sm-t-${tone}`, fill, stroke, card))
  .join('\n')}`;
}

function toneColors(selector: string, fill: string, stroke: string, card: string): string {
  return `${selector}{fill:${fill};stroke:${stroke}}
${selector}.sm-reads{fill:${card}}
${selector}.sm-writes{fill:${stroke}}
${selector}.sm-none{fill:none}`;
}

/** The style sheet of the picture in light and dark mode. */
export const PICTURE_STYLE = `
.sm text{font-family:${SANS};font-size:11.5px;direction:ltr;unicode-bidi:isolate;white-space:pre}
.sm .sm-mono{font-family:${MONO};font-size:12.5px}
.sm .sm-small{font-size:10.5px}
.sm .sm-title{font-size:17px;font-weight:600}
.sm .sm-bold{font-weight:600}
.sm-card,.sm-pod{stroke-width:1}
.sm-line{stroke-width:1;stroke-dasharray:2 3}
.sm-rule{stroke-width:1}
.sm-none{stroke-dasharray:3 3}
.sm-solid{stroke-dasharray:none}
.sm-lane:focus{outline:none}
.sm-lane:focus-visible .sm-hit{stroke:currentColor;stroke-width:2}
${colors(LIGHT)}
@media (prefers-color-scheme:dark){${colors(DARK)}
}`;
