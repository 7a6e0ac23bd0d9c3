/** Whether a name is a time zone of the IANA database, in its exact spelling: `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // programs in Go look for a file with the name, and aliases resolve to other names
    return /^[A-Z]/.test(name) && (timeZone === name || timeZone.toLowerCase() !== name.toLowerCase());
  } catch {
    return false;
  }
}
