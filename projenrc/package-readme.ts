import { readFileSync, writeFileSync } from 'fs';
import { dirname, join, normalize } from 'path';

/**
 * Gives the assembly the README of a language, for jsii-pacmak makes the registry's page from it, where no link within
 * the repository leads anywhere: `package-readme.ts python`.
 */
const [language] = process.argv.slice(2);
const page = `docs/${language}/README.md`;
const { repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const files = repository.url.replace(/\.git$/, '');

const markdown = readFileSync(page, 'utf8')
  .replace(/^<!--.*-->\n+/, '')
  .replace(
    /(!?)(\[[^\]]*\])\((?!https?:|#)([^)]+)\)/g,
    (_, image, text, to) =>
      `${image}${text}(${files}/${image ? 'raw' : 'blob'}/HEAD/${normalize(join(dirname(page), to))})`,
  );

const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
writeFileSync('.jsii', JSON.stringify({ ...assembly, readme: { markdown } }, undefined, 2));
