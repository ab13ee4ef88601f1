import { v5 } from 'uuid'

/** Any constant UUID: two tools that hash the same words must not come to the same name. */
const NAMESPACE = '6c9d8b0e-2f7c-5f0a-9a44-0f6d3a1f5b21'

/** The name that words give; nobody makes it before a report asks. */
export const fingerprintOf = (words: string): string => v5(words, NAMESPACE)

/** Tells findings of one file apart by words that they keep when lines move. */
export class Fingerprints {
  readonly #seen = new Map<string, number>()

  /** @param path with positions, which do not count: a disk more must not rename what is said of the next */
  wordsOf(code: string, path: string | undefined, lineText: string, message: string): string {
    const place = path?.replace(/\[\d+\]/g, '') ?? message
    const words = JSON.stringify([code, place, lineText.replace(/\s+/g, ' ')])
    const count = this.#seen.get(words) ?? 0
    this.#seen.set(words, count + 1)
    return count === 0 ? words : `${words}#${count}`
  }
}
