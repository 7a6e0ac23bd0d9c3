/** Names of shell scripts. */
const SHELL_SCRIPT = /\.(?:sh|bash|ash|dash|ksh|zsh)$/;

/** Names of files whose parsers keep a carriage return as part of the value. */
const SOURCED = /(?:^|\/)\.env(?:\.\w+)?$|\.env$/;

/** Names of files whose parsers do not skip a byte order mark. */
const CONFIGURATION = /\.(?:json|properties|env|conf|cfg|cnf|ini|toml)$|(?:^|\/)\.env(?:\.\w+)?$/;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Returns the problem with the line endings or the first bytes of a file, as a clause with the file as its subject;
 * `undefined` if programs on Linux read it.
 *
 * @param name the name or path of the file
 * @param isRun whether a shell or the kernel is known to run the file
 */
export function textFileProblem(name: string, content: string, isRun = false): string | undefined {
  const text = content.startsWith(BYTE_ORDER_MARK) ? content.slice(BYTE_ORDER_MARK.length) : content;
  const interpreter = /^#! ?(\S+(?: \w+)?)/.exec(text)?.[1];
  const isScript = isRun || interpreter !== undefined || SHELL_SCRIPT.test(name);
  if (text !== content && isScript) {
    return "starts with a byte order mark, so the kernel does not find its '#!' line and the shell no first command";
  }
  if (text !== content && CONFIGURATION.test(name)) {
    return 'starts with a byte order mark, which becomes part of its first line';
  }
  if (!text.includes('\r\n')) {
    return undefined;
  }
  if (interpreter !== undefined && /^[^\n]*\r\n/.test(text)) {
    return `has Windows line endings, so the kernel looks for the interpreter '${interpreter}\\r' and does not find it`;
  }
  if (isScript) {
    return "has Windows line endings, so the shell reads '\\r' as the end of each command";
  }
  return SOURCED.test(name) ? "has Windows line endings, so each of its values ends in '\\r'" : undefined;
}
