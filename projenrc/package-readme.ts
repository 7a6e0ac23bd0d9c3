import { readFileSync, writeFileSync } from 'fs';
import { dirname, join, normalize } from 'path';

/**
 * Replaces the README in the assembly by that of a language: `package-readme.ts python`. jsii-pacmak copies it into the
 * package. Links become absolute, because registries do not resolve relative ones.
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
