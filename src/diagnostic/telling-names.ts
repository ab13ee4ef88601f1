import { didYouMean } from './suggest.ts'

/** Words that a secret stands beside, also misspelt. */
const telling = ['vf-token', 'vftoken', 'token', 'passwd', 'password', 'passphrase', 'secret', 'cookie']
/** Names that hold such a word and no secret: an expiry date, the id of a secret. */
const harmless = /validto$|-secret$|secret-id$|secretid$/i
const tellingPart = /passw|passphrase|token|cookie|^pass$|^secret$|^data$|^key$|(?:api|access|secret|private)[-_]?key/i

const names = new Map<string, boolean>()

/** No name is longer; looking back no further keeps a search for names linear. */
export const longestName = 40

/** True for a name beside which a secret stands, also a misspelt one. */
export function tells(name: string): boolean {
  let known = names.get(name)
  if (known === undefined) {
    known = !harmless.test(name) && (tellingPart.test(name) || didYouMean(name, telling, 1) !== undefined)
    if (names.size > 1000) names.clear()
    names.set(name, known)
  }
  return known
}
