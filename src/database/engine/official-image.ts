import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import type { VersionedEngineOptions } from './prop-tables';
import { fail } from '../../checks/fail';
import { checkImage, majorVersion } from '../../checks/image';
import { withDigest } from '../../facts/image-digests';
import type { ImageReleases, OfficialImage } from '../../facts/images/database-image';
import { isCopyOf } from '../../inspect/known-image';

/** The facts of an engine that do not depend on its release. */
export type EngineSpec = Omit<DatabaseEngineSpec, 'image' | 'runAsUser' | 'runAsGroup'>;

/** The facts of an engine that depend on its release. */
export interface ReleaseSpec {
  readonly major: string;
  readonly facts: Pick<DatabaseEngineSpec, 'image' | 'runAsUser' | 'runAsGroup'>;
}

const REMEDY = "Use one of these, or describe the image with 'DatabaseEngine.custom'.";

/** The part of a spec that the facts of an image decide in all of its versions. */
export function imageSpec({ port, variables, reservedUsers, onlyUser, shutdownSeconds, initScripts }: OfficialImage) {
  const runsScripts = initScripts.extensions.length > 0;
  return {
    port,
    userVariable: variables.user,
    userFileVariable: variables.userFile,
    databaseVariable: variables.database,
    passwordFileVariables: [...variables.passwordFiles],
    onlyUser,
    reservedUsers: reservedUsers && [...reservedUsers],
    shutdownTimeout: Duration.seconds(shutdownSeconds),
    initDirectory: runsScripts ? initScripts.directory : undefined,
    initExtensions: runsScripts ? [...initScripts.extensions] : undefined,
  };
}

/** Returns the facts of a release, and refuses a tag that moves or whose facts are unknown. */
export function releaseSpec(
  scope: IConstruct,
  official: OfficialImage,
  { version: { tag }, repository, image }: VersionedEngineOptions,
): ReleaseSpec {
  const { releases } = official;
  const { name, majors, users } = releases;
  const base = baseOf(scope, releases, tag);
  const major =
    majors.find(known => tag.startsWith(`${known}.`)) ??
    fail(scope, `Unsupported version '${tag}' of ${name}. Supported: ${majors.join(', ')}.`, REMEDY);
  const knownBase =
    Object.keys(users).find(known => base.startsWith(known)) ??
    fail(
      scope,
      `Unsupported base '${base}' in version '${tag}' of ${name}. Supported: ${Object.keys(users).join(', ')}.`,
      REMEDY,
    );
  const [runAsUser, runAsGroup] = users[knownBase];
  if (image === undefined) {
    return {
      major,
      facts: { image: withDigest(`${repository ?? releases.repository}:${tag}`), runAsUser, runAsGroup },
    };
  }
  if (repository !== undefined) {
    fail(scope, `'repository' and 'image' are both set, but 'image' contains a repository.`, "Omit 'repository'.");
  }
  checkMajor(scope, official, image, tag);
  return { major, facts: { image, runAsUser, runAsGroup } };
}

/** Refuses an image whose tag names another major version than the one that decides the paths. */
function checkMajor(scope: IConstruct, { repositories, derivatives = [] }: OfficialImage, image: string, tag: string) {
  const reference = checkImage(scope, image);
  const known = [...repositories, ...derivatives];
  const major = known.some(repository => isCopyOf(reference.repository, repository))
    ? majorVersion(reference)
    : undefined;
  if (major !== undefined && major !== parseInt(tag, 10)) {
    fail(
      scope,
      `'image' is '${image}', which contains version ${major}, but 'version' is '${tag}'.`,
      'Set both to the same major version.',
    );
  }
}

function baseOf(scope: IConstruct, { name, exampleTag }: ImageReleases, tag: string): string {
  const [, base] =
    /^\d+(?:\.\d+)+-([a-z][a-z0-9.]*)(?:@sha256:[0-9a-f]{64})?$/.exec(tag) ??
    fail(
      scope,
      `Version '${tag}' of ${name} does not name the patch release and the base of the image. ` +
        'Such a tag moves, and a new release could fail to read the data.',
      `Use a full tag, for example '${exampleTag}', or set 'image' to an image that is built on the official one.`,
    );
  return base;
}
