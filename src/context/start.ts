/** A typed key into the side table that `prepare` fills. A slice makes its own; nobody else can read it without the key. */
export interface StartKey<T> {
  readonly name: string
  readonly value?: T
}

export function startKey<T>(name: string): StartKey<T> {
  return { name }
}

/** What happens at a start and must not show in the XML, by object identity. */
export class StartTable {
  readonly #tables = new Map<StartKey<unknown>, Map<object, unknown>>()

  set<T>(key: StartKey<T>, owner: object, value: T): void {
    let table = this.#tables.get(key)
    if (table === undefined) {
      table = new Map()
      this.#tables.set(key, table)
    }
    table.set(owner, value)
  }

  get<T>(key: StartKey<T>, owner: object): T | undefined {
    return this.#tables.get(key)?.get(owner) as T | undefined
  }

  /** The value, which an earlier stage must have put there. */
  need<T>(key: StartKey<T>, owner: object): T {
    const value = this.get(key, owner)
    if (value === undefined) throw new Error(`prepare has not filled ${key.name}`)
    return value
  }
}
