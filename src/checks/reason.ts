/** Whether a reason says more than a word or two. */
export function isReason(text: string): boolean {
  return text.trim().split(/\s+/).length >= 3;
}
