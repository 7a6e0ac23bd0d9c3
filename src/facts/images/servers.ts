/** What is known of the image of another server. */
export interface ServerImage {
  readonly title: string;
  readonly repositories: readonly string[];
  /** What it writes to beside what its users mount. */
  readonly writablePaths: readonly string[];
}

/** The servers of which anything is known. */
export const SERVER_IMAGES: readonly ServerImage[] = [
  { title: 'nginx', repositories: ['nginx'], writablePaths: ['/var/cache/nginx', '/run'] },
  { title: 'nginx', repositories: ['nginx-unprivileged'], writablePaths: ['/tmp'] },
  { title: 'Apache', repositories: ['httpd'], writablePaths: ['/usr/local/apache2/logs'] },
];
