/** An image whose log files are links to the standard output and error of its container. */
export interface LogLinks {
  /** The last path segments of its repositories. */
  readonly repositories: readonly string[];
  /** Matches the whole repository, if the last path segment is not enough. */
  readonly repository?: RegExp;
  /** Matches tags of variants with the links; all if omitted. */
  readonly withTags?: RegExp;
  /** Matches tags of variants without the links. */
  readonly withoutTags?: RegExp;
  /** The directory of the links. */
  readonly directory: string;
}

/**
 * The images with such links.
 *
 * @see https://github.com/nginx/docker-nginx/blob/1.27.4/stable/debian/Dockerfile
 * @see https://github.com/docker-library/php/blob/master/apache-Dockerfile-block-1
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.12.0/rootfs/Dockerfile
 * @see https://github.com/openresty/docker-openresty/blob/master/bookworm/Dockerfile
 */
export const LOG_LINKS: readonly LogLinks[] = [
  {
    repositories: ['nginx', 'nginx-unprivileged', 'nginx-proxy'],
    directory: '/var/log/nginx',
  },
  { repositories: ['controller'], repository: /ingress-nginx/, directory: '/var/log/nginx' },
  { repositories: ['openresty'], directory: '/usr/local/openresty/nginx/logs' },
  {
    repositories: ['php'],
    repository: /^(?:docker\.io\/)?(?:library\/)?php$/,
    withTags: /apache/,
    directory: '/var/log/apache2',
  },
  {
    repositories: ['wordpress', 'drupal', 'joomla', 'nextcloud', 'phpmyadmin', 'matomo', 'mediawiki'],
    repository: /^(?:docker\.io\/)?(?:library\/|phpmyadmin\/)?[a-z]+$/,
    withoutTags: /fpm|cli/,
    directory: '/var/log/apache2',
  },
];
