import type { ImageFacts } from './image-facts';

/** Web servers, which have no state. */
export const WEB_SERVER_IMAGES: readonly ImageFacts[] = [
  {
    id: 'nginx',
    title: 'nginx',
    repositories: ['docker.io/library/nginx'],
    sources: ['https://hub.docker.com/_/nginx'],
    writablePaths: ['/var/cache/nginx', '/run'],
  },
  {
    id: 'nginx-unprivileged',
    title: 'nginx',
    repositories: ['docker.io/nginxinc/nginx-unprivileged'],
    sources: ['https://github.com/nginx/docker-nginx-unprivileged/blob/main/mainline/debian/Dockerfile'],
    writablePaths: ['/tmp'],
    user: 101,
    group: 101,
  },
  {
    id: 'httpd',
    title: 'Apache',
    repositories: ['docker.io/library/httpd'],
    sources: ['https://hub.docker.com/_/httpd'],
    writablePaths: ['/usr/local/apache2/logs'],
  },
];
