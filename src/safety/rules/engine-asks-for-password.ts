import type { DatabaseImage } from '../../facts/images/database-image';
import { configFiles } from '../../inspect/config-use';
import { databaseServers } from '../../inspect/databases';
import { list } from '../../inspect/json';
import type { Container } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const engineAsksForPassword: Rule<'engine-asks-for-password'> = {
  id: 'engine-asks-for-password',
  summary: 'no database lets everybody in',
  rationale: 'whoever reaches its port reads and deletes everything',
  severity: 'error',
  documentationUrl: 'https://github.com/docker-library/docs/blob/master/redis/content.md',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "set a password from a Secret, and leave 'trust' and '*_ALLOW_EMPTY_PASSWORD' out",
  },
  safeDefault: { what: 'a password, from a file' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const { image, container } of databaseServers(pod)) {
      const open = container.env.find(
        ({ name, value }) => value !== undefined && image.openVariables[name]?.test(value),
      );
      if (open) {
        yield {
          at: open.at,
          message: `${image.title} in container '${container.name}' lets everybody in, by ${open.name}=${open.value}`,
        };
      } else if (isUntold(image, container)) {
        yield {
          at: container.at,
          message:
            `${image.title} in container '${container.name}' is told no password, and makes no database without ` +
            'one',
        };
      } else if (
        image.owner === undefined &&
        isOpen(image, container, [...configFiles(container, pod, inventory).values()])
      ) {
        yield { at: container.at, message: `${image.title} in container '${container.name}' has no password` };
      }
    }
  }),
};

/** Whether an image that takes its first password from a variable has none. */
function isUntold({ asksForPassword }: DatabaseImage, { command, env, content }: Container): boolean {
  return (
    asksForPassword &&
    command.length === 0 &&
    list(content.envFrom).length === 0 &&
    !env.some(({ name }) => /PASSWORD|^POSTGRES_HOST_AUTH_METHOD$/.test(name))
  );
}

/** Whether an engine that asks for no password by itself is told of none, by anything that stands here. */
function isOpen({ id }: DatabaseImage, container: Container, files: readonly string[]): boolean {
  const words = [...container.command, ...container.args];
  const texts = [...words, ...files].join('\n');
  const fromElsewhere = list(container.content.envFrom).length > 0;
  switch (id) {
    case 'mongodb':
      return (
        !fromElsewhere &&
        !container.env.some(({ name }) => /^MONGO_INITDB_ROOT_USERNAME(?:_FILE)?$/.test(name)) &&
        !/--auth\b|--keyFile\b|authorization:\s*["']?enabled/.test(texts) &&
        !(words.some(word => /^(?:--config|-f)/.test(word)) && files.length === 0)
      );
    case 'redis':
    case 'valkey':
      return (
        !/requirepass|aclfile|^\s*user default/m.test(texts) &&
        !(words.some(word => /\.(?:conf|acl)$/.test(word)) && files.length === 0)
      );
    case 'postgresql':
    case 'mysql':
    case 'mariadb':
      return false;
  }
}
