import type { DatabaseImage } from '../../facts/images/database-image';
import { configValue } from '../../inspect/config-use';
import { serverConfig } from '../../inspect/configured-directories';
import { databaseServers } from '../../inspect/databases';
import { list } from '../../inspect/json';
import { inventoryOf } from '../../inspect/pod-inventory';
import type { Container, Pod, Variable } from '../../inspect/pods';
import { filesOf } from '../../inspect/server-files';
import { eachPod, Rule } from '../rule';

export const engineAsksForPassword: Rule<'engine-asks-for-password'> = {
  id: 'engine-asks-for-password',
  summary: 'A database requires a password.',
  rationale: 'Without one, every client that can connect to the port can read and delete all data.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://github.com/docker-library/docs/blob/master/redis/content.md',
  fix: {
    construct: "Use a 'StatefulDatabase'.",
    yaml: "Set a password from a Secret, and remove 'trust' and '*_ALLOW_EMPTY_PASSWORD'.",
  },
  safeDefault: { what: 'a password from a file' },
  ...eachPod(function* (pod) {
    for (const { image, container } of databaseServers(pod)) {
      const server = `${image.title} in container '${container.name}'`;
      const openVariable = container.env.find(variable => isOpenVariable(variable, image));
      const openSetting = openSettingOf(image, container, pod);
      const empty = container.env.find(variable => isEmptyPassword(variable, pod));
      if (openVariable) {
        const { name, value, at: path } = openVariable;
        yield { at: path, message: `${server} admits clients without a password, because ${name} is '${value}'.` };
      } else if (openSetting !== undefined) {
        yield {
          at: container.at,
          message: `${server} admits clients without a password, because its configuration contains '${openSetting}'.`,
        };
      } else if (empty) {
        yield { at: empty.at, message: `The password of ${server} is empty, because ${empty.name} has no value.` };
      } else if (lacksPassword(image, container)) {
        yield {
          at: container.at,
          message: `No password is configured for ${server}, so it does not create a database.`,
        };
      } else if (!isSentinel(container) && isOpen(image, container, pod)) {
        yield { at: container.at, message: `${server} has no password.` };
      }
    }
  }),
};

/** Whether a variable admits clients without a password. */
function isOpenVariable({ name, value }: Variable, { openVariables }: DatabaseImage): boolean {
  return value !== undefined && Object.hasOwn(openVariables, name) && openVariables[name].test(value);
}

/** Returns the first setting in the configuration of a server that admits clients without a password. */
function openSettingOf({ id, openSettings = {} }: DatabaseImage, container: Container, pod: Pod): string | undefined {
  const words = serverConfig(pod, container, id)?.words.join(' ') ?? '';
  const configuration = [words, ...filesOf(pod, container).values()].join('\n');
  return Object.keys(openSettings).find(name => openSettings[name].test(configuration));
}

/** Whether a variable with the password is empty, in the container or in a Secret of the manifests. */
function isEmptyPassword({ name, value, from }: Variable, pod: Pod): boolean {
  if (!/PASS(?:WORD|WD)?$|_PWD$|REDISCLI_AUTH$/.test(name)) {
    return false;
  }
  const secret = from?.kind === 'Secret' ? inventoryOf(pod)?.find('Secret', from.name, pod.object) : undefined;
  return value === '' || (secret !== undefined && from?.key !== undefined && configValue(secret, from.key) === '');
}

/** Whether an image that requires a variable with a password has none. */
function lacksPassword({ requiredVariables }: DatabaseImage, { command, env, content }: Container): boolean {
  return (
    requiredVariables !== undefined &&
    command.length === 0 &&
    list(content.envFrom).length === 0 &&
    !env.some(({ name }) => requiredVariables.includes(name))
  );
}

/**
 * Whether nothing in the manifests protects an image that starts without a password: neither its variables nor its
 * configuration, which must be known as a whole, nor a script of an init container that writes it.
 */
function isOpen({ authentication, id }: DatabaseImage, container: Container, pod: Pod): boolean {
  if (!authentication) {
    return false;
  }
  const { variables, settings } = authentication;
  const hasVariable = container.env.some(({ name }) => variables.includes(name));
  const hasUnknownVariables = variables.length > 0 && list(container.content.envFrom).length > 0;
  const config = serverConfig(pod, container, id);
  const isProtected = settings.test([config?.words.join(' '), ...filesOf(pod, container).values()].join('\n'));
  return !hasVariable && !hasUnknownVariables && config?.isComplete !== false && !isProtected;
}

/** Whether a server watches others, and keeps no data. */
function isSentinel({ command, args }: Container): boolean {
  return [...command, ...args].some(word => /(?:^|\s)--sentinel\b|\bsentinel\.conf\b/.test(word));
}
