/** The facts of the image of another server. */
export interface ServerImage {
  readonly title: string;
  readonly repositories: readonly string[];
  /** The paths that it writes to, besides the mounts of its users. */
  readonly writablePaths: readonly string[];
}

/** The known servers. */
export const SERVER_IMAGES: readonly ServerImage[] = [
  { title: 'nginx', repositories: ['nginx'], writablePaths: ['/var/cache/nginx', '/run'] },
  { title: 'nginx', repositories: ['nginx-unprivileged'], writablePaths: ['/tmp'] },
  { title: 'Apache', repositories: ['httpd'], writablePaths: ['/usr/local/apache2/logs'] },
];
