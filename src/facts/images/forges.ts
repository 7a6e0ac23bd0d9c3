import type { ImageFacts } from './image-facts';

/** Servers of source code, builds and packages. */
export const FORGE_IMAGES: readonly ImageFacts[] = [
  {
    id: 'gitea',
    title: 'Gitea',
    repositories: ['docker.io/gitea/gitea', 'docker.gitea.com/gitea'],
    sources: ['https://github.com/go-gitea/gitea/blob/main/docker/root/usr/bin/entrypoint'],
    layouts: [{ volume: '/data', data: '/data' }],
    sharesDirectory: true,
  },
  {
    id: 'forgejo',
    title: 'Forgejo',
    repositories: ['codeberg.org/forgejo/forgejo', 'code.forgejo.org/forgejo/forgejo'],
    sources: ['https://forgejo.org/docs/latest/admin/installation/docker/'],
    layouts: [{ volume: '/data', data: '/data' }],
    sharesDirectory: true,
  },
  {
    id: 'gitlab',
    title: 'GitLab',
    repositories: ['docker.io/gitlab/gitlab-ce', 'docker.io/gitlab/gitlab-ee'],
    sources: ['https://docs.gitlab.com/install/docker/installation/'],
    layouts: [
      {
        volume: '/var/opt/gitlab',
        data: '/var/opt/gitlab',
        others: [{ path: '/etc/gitlab', content: 'configuration and secrets' }],
      },
    ],
    minimumGraceSeconds: 60,
  },
  {
    id: 'jenkins',
    title: 'Jenkins',
    repositories: ['docker.io/jenkins/jenkins'],
    sources: ['https://github.com/jenkinsci/docker/blob/master/debian/Dockerfile'],
    layouts: [{ volume: '/var/jenkins_home', data: '/var/jenkins_home' }],
    dataVariable: 'JENKINS_HOME',
    volumes: ['/var/jenkins_home'],
    user: 1000,
    group: 1000,
  },
  {
    id: 'nexus',
    title: 'Nexus Repository',
    repositories: ['docker.io/sonatype/nexus3'],
    sources: ['https://github.com/sonatype/docker-nexus3/blob/main/Dockerfile'],
    layouts: [{ volume: '/nexus-data', data: '/nexus-data' }],
    dataVariable: 'NEXUS_DATA',
    volumes: ['/nexus-data'],
    user: 200,
    group: 200,
    minimumGraceSeconds: 60,
    savesAtStop: true,
  },
  {
    id: 'artifactory',
    title: 'Artifactory',
    repositories: ['artifactory-oss', 'artifactory-pro', 'artifactory-jcr'].flatMap(name => [
      `releases-docker.jfrog.io/jfrog/${name}`,
      `docker.bintray.io/jfrog/${name}`,
    ]),
    sources: [
      'https://jfrog.com/help/r/jfrog-installation-setup-documentation/install-artifactory-single-node-with-docker',
    ],
    layouts: [{ volume: '/var/opt/jfrog/artifactory', data: '/var/opt/jfrog/artifactory' }],
  },
  {
    id: 'sonarqube',
    title: 'SonarQube',
    repositories: ['docker.io/library/sonarqube'],
    sources: [
      'https://github.com/SonarSource/docker-sonarqube/blob/master/community-build/Dockerfile',
      'https://docs.sonarsource.com/sonarqube-server/server-installation/from-docker-image/set-up-and-start-container',
    ],
    layouts: [{ volume: '/opt/sonarqube/data', data: '/opt/sonarqube/data' }],
    // with a database server, the directory only has an index, which SonarQube builds again
    stateless: /^(?:SONAR_JDBC_URL|SONARQUBE_JDBC_URL|sonar\.jdbc\.url)=/m,
    configuration: /sonar\.properties$/m,
    canKeepStateElsewhere: true,
    volumes: ['/opt/sonarqube/data', '/opt/sonarqube/extensions', '/opt/sonarqube/logs', '/opt/sonarqube/temp'],
    user: 1000,
  },
  {
    id: 'verdaccio',
    title: 'Verdaccio',
    repositories: ['docker.io/verdaccio/verdaccio'],
    sources: ['https://github.com/verdaccio/verdaccio/blob/master/Dockerfile'],
    layouts: [{ volume: '/verdaccio/storage', data: '/verdaccio/storage' }],
    configuration: /^\/verdaccio\/conf(?:\/|$)/m,
    volumes: ['/verdaccio/storage'],
    user: 10001,
  },
];
