import { IMAGE_DIGESTS, withDigest } from '../../src/facts/image-digests';
import { ENGINES, specOf } from '../database/fixtures';
import { filesBelow, read } from '../laws/source-files';

/** The default images in the sources: with a registry and a tag, and not the facts that only recognize an image. */
const inSources = filesBelow('src', /\.ts$/)
  .filter(file => !file.startsWith('src/facts/'))
  .flatMap(file => [...read(file).matchAll(/^(?!\s*(?:\*|\/\/)).*'([a-z0-9.-]+\.[a-z]+\/[\w./-]+:[\w.-]+)'/gm)])
  .map(([, image]) => image)
  .filter(image => !/\bacme\b|example/.test(image));

const ofEngines = ENGINES.map(([, engine]) => specOf(engine).image.split('@')[0]);

test('the list contains exactly the default images', () => {
  expect(inSources.length).toBeGreaterThan(8);
  expect(Object.keys(IMAGE_DIGESTS)).toEqual([...new Set([...inSources, ...ofEngines])].sort());
});

test('a digest is that of SHA-256, or unknown', () => {
  expect(Object.values(IMAGE_DIGESTS).filter(digest => !/^(?:sha256:[0-9a-f]{64})?$/.test(digest))).toEqual([]);
});

test('adds a known digest to the tag', () => {
  const image = 'docker.io/curlimages/curl:8.16.0';
  expect(withDigest(image)).toBe(`${image}@${IMAGE_DIGESTS[image]}`);
  expect(withDigest('toString')).toBe('toString');
  expect(withDigest('ghcr.io/acme/api:1.4.2')).toBe('ghcr.io/acme/api:1.4.2');
});

test.each(filesBelow('src', /\.ts$/).filter(file => !file.startsWith('src/facts/')))(
  '%s takes the digests of its default images from the list',
  file => {
    const images = [
      ...read(file).matchAll(
        /^(?!\s*(?:\*|\/\/)).*(?<!withDigest\()'((?:docker|quay|cr\.fluentbit)\.io\/[^']+:[^']+)'/gm,
      ),
    ];
    expect(images.map(([, image]) => image)).toEqual([]);
  },
);
