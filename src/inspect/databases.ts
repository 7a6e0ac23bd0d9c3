import { isCopyOf, knownImage } from './known-image';
import type { Pod } from './pods';
import { Server, serversOf } from './servers';
import type { Image } from '../checks/image';
import type { DatabaseImage } from '../facts/images/database-image';
import type { ImageFacts } from '../facts/images/image-facts';

export { commandLine, optionOf } from './command-line';
export { lastingMounts, mountAt } from './container-mounts';

/** A container that runs a database server whose engine is known. */
export interface DatabaseServer extends Server {
  readonly image: DatabaseImage;
}

/**
 * Returns the database servers of a pod whose engines are known, without clients that run in the image of a server.
 * Their images are known by repository, or have the name of such an image and the settings of a server.
 */
export function databaseServers(pod: Pod): readonly DatabaseServer[] {
  return serversOf(pod).filter((server): server is DatabaseServer => server.isNamed && isDatabase(server.image));
}

/** Returns the facts of a database image, whether it runs a server or a client. */
export function databaseImage(reference: string): DatabaseImage | undefined {
  const image = knownImage(reference);
  return image && isDatabase(image) ? image : undefined;
}

/** Whether an image comes from Docker's official repository, or from a copy of it in another registry. */
export function isOfficialRepository({ releases }: DatabaseImage, { repository }: Image): boolean {
  return releases !== undefined && isCopyOf(repository, releases.repository);
}

function isDatabase(image: ImageFacts): image is DatabaseImage {
  return 'clients' in image;
}
