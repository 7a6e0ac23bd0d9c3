/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { pathToFileURL } from 'url';
import { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { hostileYaml, manyYaml } from './manifests';
import { readYaml } from '../../src/inspect/read-yaml';
import { mapStorage } from '../../src/map/build';
import { toHtml } from '../../src/map/formats/html';
import { toSvg } from '../../src/map/formats/svg';
import { synthExample } from '../synth-example';

const SCREENSHOTS = join(__dirname, '..', '..', 'test-reports', 'storage-map');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'storage-map-'));

let browser: Browser;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await launchChromium();
});
afterEach(() => Promise.all(browser.contexts().map(context => context.close())));
afterAll(() => browser?.close());

const mapOf = (yaml: string) => mapStorage(readYaml(yaml, 'app.yaml'));
const PAGES = {
  composed: mapOf(synthExample('composed-app')),
  thirty: mapOf(manyYaml(30)),
  hostile: mapOf(hostileYaml()),
};

interface Opened {
  readonly page: Page;
  /** The network requests of the page. */
  readonly requests: string[];
  /** The errors and console messages of the page. */
  readonly errors: string[];
}

async function open(
  name: keyof typeof PAGES,
  { width = 1440, colorScheme = 'light' as 'light' | 'dark' } = {},
): Promise<Opened> {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, toHtml(PAGES[name]));
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const [requests, errors]: string[][] = [[], []];
  page.on('request', request => requests.push(request.url()));
  page.on('console', message => errors.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => errors.push(error.message));
  page.on('dialog', dialog => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
  return { page, requests: requests.filter(url => url !== pathToFileURL(file).href), errors };
}

/** Takes a screenshot of at most the first 4000 pixels of a page. */
async function screenshot(page: Page, name: string): Promise<void> {
  const [width, height] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    Math.min(document.documentElement.scrollHeight, 4000),
  ]);
  await page.screenshot({
    path: join(SCREENSHOTS, `${name}.png`),
    fullPage: true,
    clip: { x: 0, y: 0, width, height },
  });
}

const VIEWS = (
  [
    ['composed', 360, 'light'],
    ['composed', 360, 'dark'],
    ['composed', 768, 'light'],
    ['composed', 1440, 'light'],
    ['composed', 1440, 'dark'],
    ['thirty', 360, 'dark'],
    ['thirty', 1440, 'light'],
    ['hostile', 360, 'light'],
    ['hostile', 1440, 'dark'],
  ] as const
).map(([name, width, colorScheme]) => ({ name, width, colorScheme }));

test.each(VIEWS)(
  'the $name page at $width pixels, $colorScheme, has no overflow, no requests and no errors',
  async ({ name, width, colorScheme }) => {
    const { page, requests, errors } = await open(name, { width, colorScheme });
    await screenshot(page, `${name}-${width}-${colorScheme}`);
    await page.evaluate(() =>
      document.querySelectorAll('details').forEach(details => {
        details.open = true;
      }),
    );
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter(element => {
          const box = element.getBoundingClientRect();
          return box.width > 1 && (box.left < 0 || box.right > document.documentElement.clientWidth + 0.5);
        })
        .map(element => `${element.tagName}.${element.getAttribute('class')} ${element.textContent?.slice(0, 40)}`),
    );
    expect(outside).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
  },
);

test.each(VIEWS)(
  'axe finds no violations on the $name page at $width pixels, $colorScheme',
  async ({ name, width, colorScheme }) => {
    const { page } = await open(name, { width, colorScheme });
    await page.evaluate(AXE);
    const violations = await page.evaluate(async () => {
      const { violations: found } = await (globalThis as any).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return found.map(
        (violation: any) =>
          `${violation.id}: ${violation.nodes
            .slice(0, 3)
            .map((node: any) => node.html.slice(0, 160))
            .join(' | ')}`,
      );
    });
    expect(violations).toEqual([]);
  },
);

test.each(['light', 'dark'] as const)('the text of the picture has enough contrast, %s', async colorScheme => {
  const { page } = await open('thirty', { colorScheme });
  // axe does not check the text of an SVG
  const ratios = await page.evaluate(() => {
    const luminance = (color: string) => {
      const [r, g, b] = color
        .match(/[\d.]+/g)!
        .slice(0, 3)
        .map(Number)
        .map(value => value / 255)
        .map(value => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const card = luminance(getComputedStyle(document.querySelector('section')!).backgroundColor);
    return [
      ...new Set(
        [...document.querySelectorAll('svg.wide text')].map(text => {
          const foreground = luminance(getComputedStyle(text).fill);
          const background = text.classList.contains('sm-on-sign')
            ? luminance(getComputedStyle(document.querySelector('.sm-sign')!).fill)
            : card;
          return Math.round(contrast(foreground, background) * 10) / 10;
        }),
      ),
    ];
  });
  expect(ratios.length).toBeGreaterThan(1);
  expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5);
});

test.each(['composed', 'thirty', 'hostile'] as const)('no text of the %s picture overlaps another', async name => {
  for (const width of [360, 1440]) {
    const { page } = await open(name, { width });
    const overlaps = await page.evaluate(() =>
      [...document.querySelectorAll<SVGSVGElement>('section>svg')]
        .filter(svg => svg.getBoundingClientRect().width > 0)
        .flatMap(svg => {
          const texts = [...svg.querySelectorAll<SVGTextElement>('text')].map(text => ({
            text: text.firstChild?.textContent ?? '',
            box: text.getBoundingClientRect(),
          }));
          return texts.flatMap((a, i) =>
            texts
              .slice(i + 1)
              .filter(
                b =>
                  a.box.left < b.box.right - 1 &&
                  b.box.left < a.box.right - 1 &&
                  a.box.top < b.box.bottom - 4 &&
                  b.box.top < a.box.bottom - 4,
              )
              .map(b => `${a.text} | ${b.text}`),
          );
        }),
    );
    expect(overlaps).toEqual([]);
  }
});

test('a path can be found with the keyboard only', async () => {
  const { page } = await open('thirty');
  await page.keyboard.press('/');
  await page.keyboard.type('/var/lib/app-7/data');
  expect(await page.textContent('output')).toBe('1 match. Press Enter to open it.');
  expect(await page.locator('section:visible').count()).toBe(1);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement!.querySelector('th .path')!.textContent)).toBe(
    '/var/lib/app-7/data',
  );
  expect(await page.evaluate(() => document.activeElement!.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  expect(await page.locator('section:visible').count()).toBe(30);
});

test('each lane of the picture is reached with the Tab key, shows its rows, and opens them', async () => {
  const { page } = await open('composed');
  await page.focus('#find');
  const seen: string[] = [];
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    seen.push(await page.evaluate(() => document.activeElement!.getAttribute('aria-label') ?? ''));
    if (seen[i].includes(' /var/log/app:')) {
      break;
    }
  }
  expect(seen[seen.length - 1]).toContain(
    'app /var/log/app: emptyDir; shared by containers app, logs-otel-collector; lifetime pod',
  );
  expect(await page.textContent('#tip')).toContain('/var/log/app in app');
  await screenshot(page, 'composed-focus');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement!.textContent)).toContain('/var/log/applogs-otel-collector');
});

test('hovering a lane shows its rows', async () => {
  const { page } = await open('composed');
  expect(await page.isVisible('#tip')).toBe(false);
  await page.hover('svg.wide a.sm-lane >> nth=1');
  expect(await page.textContent('#tip')).toContain('/var/lib/log-collector in logs-otel-collector');
  await page.mouse.move(2, 2);
  expect(await page.isVisible('#tip')).toBe(false);
});

test('hostile names are shown, not executed', async () => {
  const { page, errors, requests } = await open('hostile');
  const names = await page.evaluate(() => [...document.querySelectorAll('h2')].map(heading => heading.textContent));
  expect(names).toEqual(
    expect.arrayContaining([expect.stringContaining('<script>'), expect.stringContaining('\\u202e')]),
  );
  expect(await page.evaluate(() => document.querySelectorAll('script,img,iframe,object').length)).toBe(1);
  expect(
    await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .flatMap(element => element.getAttributeNames())
        .filter(name => name.startsWith('on')),
    ),
  ).toEqual([]);
  await page.hover('svg.wide a.sm-lane >> nth=1');
  await page.fill('#find', '<img');
  expect([...errors, ...requests]).toEqual([]);
});

test('the page works without its script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.setContent(toHtml(PAGES.composed));
  expect(await page.locator('svg.wide a.sm-lane').count()).toBeGreaterThan(10);
  expect(await page.locator('table').first().isVisible()).toBe(true);
});

test('the page prints with all tables expanded', async () => {
  const { page } = await open('thirty');
  await page.emulateMedia({ media: 'print' });
  await page.pdf({ path: join(SCREENSHOTS, 'thirty.pdf'), format: 'A4' });
  expect(await page.evaluate(() => [...document.querySelectorAll('details')].every(({ open: isOpen }) => isOpen))).toBe(
    true,
  );
});

test('the SVG can be opened, and used as an image', async () => {
  const file = join(folder, 'composed.svg');
  writeFileSync(file, toSvg(PAGES.composed));
  const page = await browser.newPage({ viewport: { width: 1040, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  expect(await page.evaluate(() => document.documentElement.tagName)).toBe('svg');
  writeFileSync(join(folder, 'image.html'), '<img src="composed.svg" style="width:100%">');
  await page.goto(pathToFileURL(join(folder, 'image.html')).href);
  expect(await page.evaluate(() => document.querySelector('img')!.naturalHeight)).toBeGreaterThan(500);
  await screenshot(page, 'composed-svg');
});
