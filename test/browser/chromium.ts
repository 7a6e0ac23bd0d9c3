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
const PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Launches the browser that the variable CHROMIUM names, or an installed one. */
export async function launchChromium(): Promise<Browser> {
  const inPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)));
  const executablePath = process.env.CHROMIUM ?? [...inPath, ...PATHS].find(existsSync);
  if (executablePath === undefined) {
    throw new Error(
      "Found no Chromium. Install it with 'apt-get install chromium' or 'brew install --cask chromium', or set the " +
        'variable CHROMIUM to the path of a browser.',
    );
  }
  // the sandbox of Chromium does not start as root, which is the user of many containers
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
