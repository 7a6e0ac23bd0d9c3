/** What is wrong with a reason, as a sentence; `undefined` when nothing is. */
export function reasonProblem(what: string, reason: string): string | undefined {
  return isReason(reason) ? undefined : `${what} gives the reason '${reason}'. say why in at least three words`;
}

/** Whether a reason says more than a word or two. */
export function isReason(text: string): boolean {
  return text.trim().split(/\s+/).length >= 3;
}
