/** Renders the table of docs/image-facts.md from the facts. As a program, it writes the page. */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { ImageFacts } from '../../src/facts/images/image-facts';
import { KNOWN_IMAGES } from '../../src/facts/images/known-images';

const [BEGIN, END] = ['<!-- images: written by `npx projen docs:images` -->\n\n', '\n<!-- end of the images -->'];

const HEADINGS = ['Server', 'Repositories', 'State', 'Image volumes', 'User', 'Grace period', 'Replicates', 'Sources'];

/** The images whose table row tells more than that they are empty. */
const SERVERS = KNOWN_IMAGES.filter(({ emptyDirectories }) => emptyDirectories === undefined);

/** Replaces the table of the page. */
export function withImages(page: string): string {
  const repositories = SERVERS.reduce((sum, image) => sum + image.repositories.length, 0);
  const sources = new Set(SERVERS.flatMap(image => image.sources)).size;
  const rows = [HEADINGS, HEADINGS.map(() => '---'), ...SERVERS.map(cellsOf)];
  const table = rows.map(cells => `|${cells.map(cell => (cell ? ` ${cell} |` : ' |')).join('')}\n`).join('');
  const count =
    `${SERVERS.length} images in ${repositories} repositories, with ${sources} sources. ` +
    `${KNOWN_IMAGES.length - SERVERS.length} images of distributions and languages are also known.\n\n`;
  const [head] = page.split(BEGIN);
  const [, tail] = page.split(END);
  return `${head}${BEGIN}${count}${table}${END}${tail}`;
}

function cellsOf(image: ImageFacts): string[] {
  const {
    title,
    repositories,
    layouts = [],
    user,
    group,
    savesAtStop,
    replicates,
    minimumGraceSeconds,
    sources,
  } = image;
  const state = layouts.flatMap(({ data, others = [] }) => [data, ...others.map(({ path }) => path)]);
  const volumes = [...(image.volumes ?? []), ...layouts.flatMap(layout => layout.volumes ?? [])];
  return [
    title.charAt(0).toUpperCase() + title.slice(1),
    codes(repositories),
    codes(state),
    codes(volumes),
    user === undefined ? '' : [user, ...(group === undefined ? [] : [group])].join(':'),
    [minimumGraceSeconds === undefined ? '' : `${minimumGraceSeconds} s`, savesAtStop ? 'saves data' : '']
      .filter(Boolean)
      .join(', '),
    replicates ? 'yes' : '',
    sources.map((source, i) => `[${i + 1}](${source})`).join(' '),
  ];
}

function codes(values: readonly string[]): string {
  return [...new Set(values)].map(value => `\`${value}\``).join('<br>');
}

if (require.main === module) {
  const file = join(__dirname, '..', '..', 'docs', 'image-facts.md');
  writeFileSync(file, withImages(readFileSync(file, 'utf8')));
}
