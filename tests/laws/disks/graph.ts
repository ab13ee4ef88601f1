/** What a command line says of block nodes and of the objects that they need. */
interface Blockdev {
  readonly 'node-name': string
  readonly [key: string]: unknown
}

const nodeKeys = ['file', 'backing']
const objectKeys = ['key-secret', 'password-secret', 'cookie-secret', 'passwordid', 'tls-creds', 'iothread']

/**
 * Where the graph is not closed: a node or object that is made twice, that something refers to before it is there, or
 * that nothing refers to.
 */
export function graphFaults(args: readonly string[]): string[] {
  const faults: string[] = []
  const nodes = new Map<string, number>()
  const objects = new Map<string, number>()
  const use = (table: Map<string, number>, name: string, by: string) => {
    const count = table.get(name)
    if (count === undefined) faults.push(`${by} refers to ${name}, which is not there yet`)
    else table.set(name, count + 1)
  }
  const make = (table: Map<string, number>, name: string) => {
    if (table.has(name)) faults.push(`${name} is made twice`)
    table.set(name, 0)
  }
  args.forEach((option, index) => {
    const value = args[index + 1] ?? ''
    if (!value.startsWith('{')) return
    const properties = JSON.parse(value)
    const name = String(properties['node-name'] ?? properties.id)
    visit(properties, (key, found) => {
      if (objectKeys.includes(key)) use(objects, found, name)
      if (option === '-blockdev' && nodeKeys.includes(key)) use(nodes, found, name)
      if (option === '-device' && key === 'drive') use(nodes, found, name)
    })
    if (option === '-blockdev') make(nodes, (properties as Blockdev)['node-name'])
    if (option === '-object') make(objects, properties.id)
  })
  for (const [name, count] of nodes) if (count !== 1) faults.push(`the node ${name} is used ${count} times`)
  for (const [name, count] of objects) {
    const isDisks = name.startsWith('libvirt-') || name.startsWith('objlibvirt-')
    if (isDisks && count !== 1) faults.push(`the object ${name} is used ${count} times`)
  }
  return faults
}

/** Every text in a value, with the key it stands under. */
function visit(value: unknown, see: (key: string, text: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') see(key, inner)
    else visit(inner, see)
  }
}
