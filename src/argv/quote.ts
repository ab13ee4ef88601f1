const special = /[\r\t\n !"#$&'()*;<>?[\\\]^`{|}~]/

/**
 * Quotes a word for a POSIX shell as libvirt prints it: single quotes only where one of the special characters occurs or
 * the word is empty; a single quote inside becomes `'\''`.
 */
export function shellQuote(word: string): string {
  if (word === '') return "''"
  return special.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word
}
