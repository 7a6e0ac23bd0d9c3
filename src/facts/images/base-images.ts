import type { ImageFacts } from './image-facts';

/** Distributions and languages, whose images contain no app. */
const NAMES = [
  ['distribution', 'alpine', 'bash', 'busybox', 'debian', 'ubuntu', 'fedora', 'almalinux', 'rockylinux', 'amazonlinux'],
  [
    'language',
    'python',
    'node',
    'golang',
    'ruby',
    'php',
    'perl',
    'rust',
    'openjdk',
    'eclipse-temurin',
    'amazoncorretto',
  ],
];

/** The official images of distributions and languages. Their users bring the app, for example in a ConfigMap. */
export const BASE_IMAGES: readonly ImageFacts[] = NAMES.flatMap(([kind, ...names]) =>
  names.map(name => ({
    id: name,
    title: name,
    repositories: [`docker.io/library/${name}`],
    sources: [`https://hub.docker.com/_/${name}`],
    emptyDirectories: kind === 'distribution' ? ['/app', '/opt'] : ['/app'],
  })),
);
