/**
 * Whether a POSIX shell keeps a variable with this name. `sh` drops others from the environment of the programs that it
 * starts; bash keeps them.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
 */
export function isShellVariable(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}
