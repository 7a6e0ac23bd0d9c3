import type { ImageFacts } from './image-facts';

/** The programs of images that are built on Docker's official image of PHP. */
const PHP_PROGRAMS = ['apache2-foreground', 'php-fpm'];

/** Web applications with uploads, documents or databases in files. */
export const WEB_APP_IMAGES: readonly ImageFacts[] = [
  {
    id: 'n8n',
    title: 'n8n',
    repositories: ['docker.io/n8nio/n8n', 'docker.n8n.io/n8nio/n8n', 'ghcr.io/n8n-io/n8n'],
    sources: [
      'https://github.com/n8n-io/n8n/blob/master/docker/images/n8n/Dockerfile',
      'https://docs.n8n.io/hosting/installation/docker/',
      'https://docs.n8n.io/1-0-migration-checklist/',
    ],
    layouts: [{ volume: '/home/node/.n8n', data: '/home/node/.n8n' }],
    // its workflows are then in another database
    stateless: /^DB_TYPE=postgresdb$/m,
    user: 1000,
    startsAsRootIn: /^0\./,
    group: 1000,
  },
  {
    id: 'wordpress',
    title: 'WordPress',
    repositories: ['docker.io/library/wordpress'],
    sources: [
      'https://github.com/docker-library/wordpress/blob/master/Dockerfile.template',
      'https://hub.docker.com/_/wordpress',
    ],
    programs: PHP_PROGRAMS,
    layouts: [{ volume: '/var/www/html', data: '/var/www/html/wp-content' }],
    sharesDirectory: true,
    volumes: ['/var/www/html'],
  },
  {
    id: 'nextcloud',
    title: 'Nextcloud',
    repositories: ['docker.io/library/nextcloud'],
    sources: [
      'https://github.com/nextcloud/docker/blob/master/Dockerfile-debian.template',
      'https://hub.docker.com/_/nextcloud',
    ],
    programs: PHP_PROGRAMS,
    layouts: [
      {
        volume: '/var/www/html',
        data: '/var/www/html/data',
        others: [{ path: '/var/www/html/config', content: 'configuration' }],
      },
    ],
    dataVariable: 'NEXTCLOUD_DATA_DIR',
    sharesDirectory: true,
    volumes: ['/var/www/html'],
  },
  {
    id: 'matomo',
    title: 'Matomo',
    repositories: ['docker.io/library/matomo'],
    sources: ['https://hub.docker.com/_/matomo'],
    layouts: [{ volume: '/var/www/html', data: '/var/www/html' }],
    sharesDirectory: true,
  },
  {
    id: 'ghost',
    title: 'Ghost',
    repositories: ['docker.io/library/ghost'],
    sources: [
      'https://github.com/docker-library/ghost/blob/master/6/bookworm/Dockerfile',
      'https://hub.docker.com/_/ghost',
    ],
    layouts: [
      { upTo: 0, volume: '/var/lib/ghost', data: '/var/lib/ghost', volumes: ['/var/lib/ghost'] },
      { volume: '/var/lib/ghost/content', data: '/var/lib/ghost/content' },
    ],
    dataVariable: 'paths__contentPath',
    volumes: ['/var/lib/ghost/content'],
  },
  {
    id: 'redmine',
    title: 'Redmine',
    repositories: ['docker.io/library/redmine'],
    sources: ['https://hub.docker.com/_/redmine'],
    layouts: [{ volume: '/usr/src/redmine/files', data: '/usr/src/redmine/files' }],
    sharesDirectory: true,
  },
  {
    id: 'odoo',
    title: 'Odoo',
    repositories: ['docker.io/library/odoo'],
    sources: ['https://hub.docker.com/_/odoo'],
    layouts: [{ volume: '/var/lib/odoo', data: '/var/lib/odoo' }],
    dataOption: '--data-dir',
    configuration: /odoo\.conf$|^\/etc\/odoo(?:\/|$)/m,
    sharesDirectory: true,
  },
  {
    id: 'mattermost',
    title: 'Mattermost',
    repositories: ['mattermost-enterprise-edition', 'mattermost-team-edition'].map(
      name => `docker.io/mattermost/${name}`,
    ),
    sources: ['https://github.com/mattermost/mattermost/blob/master/server/build/Dockerfile'],
    layouts: [{ volume: '/mattermost/data', data: '/mattermost/data' }],
    stateless: /^MM_FILESETTINGS_DRIVERNAME=amazons3/m,
    configuration: /config\.json$/m,
    canKeepStateElsewhere: true,
    sharesDirectory: true,
    volumes: ['data', 'logs', 'config', 'plugins', 'client/plugins'].map(name => `/mattermost/${name}`),
    user: 2000,
    group: 2000,
  },
  {
    id: 'vaultwarden',
    title: 'Vaultwarden',
    repositories: ['docker.io/vaultwarden/server', 'ghcr.io/dani-garcia/vaultwarden', 'quay.io/vaultwarden/server'],
    sources: ['https://github.com/dani-garcia/vaultwarden/blob/main/docker/Dockerfile.debian'],
    layouts: [{ volume: '/data', data: '/data' }],
    dataVariable: 'DATA_FOLDER',
    volumes: ['/data'],
  },
  {
    id: 'paperless',
    title: 'Paperless-ngx',
    repositories: ['ghcr.io/paperless-ngx/paperless-ngx', 'docker.io/paperlessngx/paperless-ngx'],
    sources: ['https://github.com/paperless-ngx/paperless-ngx/blob/main/Dockerfile'],
    layouts: [
      {
        volume: '/usr/src/paperless/media',
        data: '/usr/src/paperless/media',
        others: [{ path: '/usr/src/paperless/data', content: 'index and database', variable: 'PAPERLESS_DATA_DIR' }],
      },
    ],
    dataVariable: 'PAPERLESS_MEDIA_ROOT',
    volumes: ['data', 'media', 'consume', 'export'].map(name => `/usr/src/paperless/${name}`),
  },
  {
    id: 'home-assistant',
    title: 'Home Assistant',
    repositories: ['ghcr.io/home-assistant/home-assistant', 'docker.io/homeassistant/home-assistant'],
    sources: ['https://www.home-assistant.io/installation/linux#docker-compose'],
    layouts: [{ volume: '/config', data: '/config' }],
  },
  {
    id: 'jellyfin',
    title: 'Jellyfin',
    repositories: ['docker.io/jellyfin/jellyfin', 'ghcr.io/jellyfin/jellyfin'],
    sources: ['https://github.com/jellyfin/jellyfin-packaging/blob/master/docker/Dockerfile'],
    layouts: [{ volume: '/config', data: '/config' }],
    dataVariable: 'JELLYFIN_DATA_DIR',
    volumes: ['/config', '/cache'],
  },
  {
    id: 'pgadmin',
    title: 'pgAdmin',
    repositories: ['docker.io/dpage/pgadmin4'],
    sources: ['https://github.com/pgadmin-org/pgadmin4/blob/master/Dockerfile'],
    volumes: ['/var/lib/pgadmin'],
    user: 5050,
  },
];
