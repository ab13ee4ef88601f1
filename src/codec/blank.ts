type Fields = Record<string, unknown>

/** Makes objects that have every key of a shape, and adds the keys of one to an object. */
export interface Blank {
  make(): Fields
  fill(target: Fields): void
}

/** From so many objects on, code of their own pays. */
const often = 32

/**
 * @param entries every key with its value
 * @param lists keys whose value is an empty list, another for each object
 */
export function blankOf(entries: ReadonlyMap<string, unknown>, lists: ReadonlySet<string>): Blank {
  const plain = plainBlank(entries, lists)
  let made = 0
  let quick: Blank | undefined
  const chosen = (): Blank => {
    if (quick !== undefined) return quick
    if (++made < often) return plain
    quick = generated(entries, lists) ?? plain
    return quick
  }
  return { make: () => chosen().make(), fill: (target) => chosen().fill(target) }
}

function plainBlank(entries: ReadonlyMap<string, unknown>, lists: ReadonlySet<string>): Blank {
  const template = quickObject(entries)
  const addLists = (target: Fields): void => {
    for (const key of lists) target[key] = []
  }
  return {
    make: () => {
      const object = { ...template }
      addLists(object)
      return object
    },
    fill: (target) => {
      // Key by key: `Object.assign` is several times slower with objects of ever other shapes.
      for (const key in template) target[key] = template[key]
      addLists(target)
    },
  }
}

/**
 * The same as code in which the keys stand: ten times as quick, for an engine lays out the object beforehand. undefined
 * where code from texts is forbidden (a page's Content-Security-Policy).
 */
function generated(entries: ReadonlyMap<string, unknown>, lists: ReadonlySet<string>): Blank | undefined {
  const keys = [...entries.keys()]
  const inCode = (key: string, at: number) =>
    lists.has(key) ? '[]' : entries.get(key) === undefined ? 'undefined' : `values[${at}]`
  const pairs = keys.map((key, at) => [JSON.stringify(key), inCode(key, at)] as const)
  const literal = pairs.map(([key, value]) => `${key}: ${value}`).join(', ')
  const writes = pairs.map(([key, value]) => `target[${key}] = ${value}`).join('; ')
  try {
    const compile = new Function('values', `return { make: () => ({ ${literal} }), fill: (target) => { ${writes} } }`)
    return compile([...entries.values()]) as Blank
  } catch {
    return undefined
  }
}

/**
 * An object of these entries that is quick to copy and to read. Engines turn one that gets many keys one after the other
 * into a hash table, and so all its copies; one out of a JSON text keeps its fields in place.
 */
function quickObject(entries: ReadonlyMap<string, unknown>): Fields {
  const keys = Array.from(entries.keys(), (key) => `${JSON.stringify(key)}:null`)
  const made: Fields = JSON.parse(`{${keys.join(',')}}`)
  for (const [key, value] of entries) made[key] = value
  return made
}
