import type { IConstruct } from 'constructs';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';

/** An official image: which of its tags are known, and who runs in them. */
export interface OfficialImage {
  readonly name: string;
  readonly repository: string;
  readonly majors: readonly string[];
  /** User and group by the base of the image. */
  readonly users: Readonly<Record<string, readonly [uid: number, gid: number]>>;
  readonly example: string;
}

/** What a tag says of the image, once it is one whose facts are known. */
export function imageFacts(scope: IConstruct, image: OfficialImage, tag: string, repository = image.repository) {
  const { name, majors, users, example } = image;
  const [, base] =
    /^\d+(?:\.\d+)+-([a-z][a-z0-9.]*)(?:@sha256:[0-9a-f]{64})?$/.exec(tag) ??
    fail(
      scope,
      `Version '${tag}' of ${name} does not say patch and base, and would change under the data.`,
      `Write it as the image's tag, for example '${example}'.`,
    );
  const major =
    majors.find(known => tag.startsWith(`${known}.`)) ??
    fail(
      scope,
      `Version '${tag}' of ${name} is none whose paths are known: ${listed(majors, 'or')}.`,
      "Take one of them, or describe the image with 'DatabaseEngine.custom'.",
    );
  const known =
    Object.keys(users).find(each => base.startsWith(each)) ??
    fail(
      scope,
      `Version '${tag}' of ${name} has the base '${base}', whose paths and users are not known: ` +
        `${listed(Object.keys(users), 'or')}.`,
      "Take one of them, or describe the image with 'DatabaseEngine.custom'.",
    );
  const [runAsUser, runAsGroup] = users[known];
  return { major, facts: { image: `${repository}:${tag}`, runAsUser, runAsGroup } };
}
