/** What a table holds under a word, which may be a user's: `constructor` stands in no table. */
export const own = <T>(table: { readonly [word: string]: T }, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined
