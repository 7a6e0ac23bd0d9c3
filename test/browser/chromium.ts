import { existsSync } from 'fs';
import { delimiter, join } from 'path';
import { Browser, chromium } from 'playwright-core';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
  'chrome.exe',
  'msedge.exe',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser of CHROMIUM, or one that is installed. */
export async function launchChromium(): Promise<Browser> {
  const inPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)));
  const executablePath = process.env.CHROMIUM ?? [...inPath, ...PLACES].find(existsSync);
  if (executablePath === undefined) {
    throw new Error(
      "there is no Chromium. install it ('apt-get install chromium', 'brew install --cask chromium'), or name " +
        'one in CHROMIUM',
    );
  }
  // its sandbox refuses to run as root, as in containers
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
