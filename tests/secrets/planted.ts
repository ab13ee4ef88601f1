import fc from 'fast-check'

/** What a secret is made of: no text of ours holds one of them, and parts of a secret are secret, too. */
export const marks = ['Zq9K', 'Vw4J'] as const

const token = 'c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'
/** Groups of the token: the first and the last belong to it alone. */
export const tokenMarks = ['c4d0f6a3', '91e2d8a64b0d'] as const

/** Where a secret stands in a domain, and what may stand between its two parts there. */
interface Place {
  readonly devices?: (secret: string) => string
  readonly sections?: (secret: string) => string
  readonly between: readonly string[]
}

const free = ['', ' ', ',', '=', '/', '+', ':', ';', '&amp;', '&lt;', '@', '-', '#', '%20'] as const
/** Of those, one of each kind: for places that are read as another place is. */
const some = ['', ' ', '=', '&amp;', '%20'] as const
/** What does not end a value without quotes: a comma stands twice in a value of QEMU's. */
const bare = ['', ',,', '=', '/', '+', ':', '-', '#', '%20'] as const
const arg = (value: string) => `<qemu:commandline><qemu:arg value='${value}'/></qemu:commandline>`
const remote = (source: string) =>
  `<disk type='network' device='cdrom'><driver name='qemu' type='raw'/>${source}<target dev='sdc' bus='sata'/><readonly/></disk>`

export const places = {
  'the token of a VF': {
    devices: () =>
      `<hostdev mode='subsystem' type='pci' managed='yes'><driver name='vfio'/><source><address domain='0' bus='3' slot='0' function='1'><vf-token uuid='${token}'/></address></source></hostdev>`,
    between: [''],
  },
  'a password of VNC': {
    devices: (it) => `<graphics type='vnc' port='5901' passwd='${it}'/>`,
    between: free,
  },
  'a password of SPICE': {
    devices: (it) => `<graphics type='spice' port='5902' passwd="${it}" passwdValidTo='2030-01-01T00:00:00'/>`,
    between: some,
  },
  'a cookie of a server': {
    devices: (it) =>
      remote(
        `<source protocol='https' name='x.iso'><host name='h'/><cookies><cookie name='a'>${it}</cookie></cookies></source>`,
      ),
    between: ['', '=', '/', '+', '-', '%20'],
  },
  'the query of an image': {
    devices: (it) =>
      remote(`<source protocol='https' name='x.iso' query='a=1&amp;token=${it}&amp;b=2'><host name='h'/></source>`),
    between: ['', '=', '+', '-', '%20'],
  },
  'a login in a URL': {
    devices: (it) =>
      `<disk type='file'><source file='https://user:${it}@host/x.iso'/><target dev='vda' bus='virtio'/></disk>`,
    between: ['', '=', '+', ':', '-', '%20'],
  },
  "an object of the user's own": {
    sections: (it) => arg('-object') + arg(`secret,id=s9,data=${it}`),
    between: bare,
  },
  'an object in JSON': {
    sections: (it) => arg('-object') + arg(`{"qom-type":"secret","id":"s9","data":"${it}"}`),
    between: ['', ',', '=', '/', ':', '-', ' ', '\\"'],
  },
  'a key of a legacy drive': {
    sections: (it) => arg('-drive') + arg(`file=rbd:pool/image:id=user:key=${it},if=none`),
    between: ['', '=', '/', '+', '-'],
  },
  'a variable of QEMU': {
    sections: (it) => `<qemu:commandline><qemu:env name='AWS_TOKEN' value='${it}'/></qemu:commandline>`,
    between: bare,
  },
  "a setting of the kernel's": {
    sections: (it) => `<sysinfo type='smbios'><oemStrings><entry>password=${it}</entry></oemStrings></sysinfo>`,
    between: bare,
  },
  'the text of a secret': {
    sections: (it) => `<metadata><a:secret xmlns:a='urn:a'>${it}</a:secret></metadata>`,
    between: some,
  },
  'a passphrase where none belongs': {
    devices: (it) =>
      `<disk type='file'><source file='/a'><encryption format='luks'><secret type='passphrase' uuid='9a4b1d2e-0c3f-4e55-8a61-7b2d9e0f1c23'/><passphrase>${it}</passphrase></encryption></source><target dev='vda' bus='virtio'/></disk>`,
    between: some,
  },
  'a password where none belongs': {
    devices: (it) => `<interface type='user' password='${it}'><model type='e1000e'/></interface>`,
    between: some,
  },
} satisfies { readonly [what: string]: Place }

export type PlaceName = keyof typeof places
export const placeNames = Object.keys(places) as readonly PlaceName[]

export interface Planted {
  readonly text: string
  /** None of these may be shown. */
  readonly hidden: readonly string[]
}

/** A guest with a secret in one place. */
export function plant(name: PlaceName, between = ''): Planted {
  const place: Place = places[name]
  const secret = marks.join(between)
  const text = `<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>guest</name>
  <memory unit='MiB'>512</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  ${place.sections?.(secret) ?? ''}
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    ${place.devices?.(secret) ?? ''}
    <sound model='ac97' oops='1'/>
  </devices>
</domain>
`
  return { text, hidden: text.includes(token) ? [token, ...tokenMarks] : marks }
}

/** A guest with a secret in any place, of any of the texts that the place takes. */
export const planted: fc.Arbitrary<Planted> = fc
  .constantFrom(...placeNames)
  .chain((name) => fc.constantFrom(...places[name].between).map((between) => plant(name, between)))

/** The names beside which a secret stands, as they are written here. */
const names = /vf-token|passwd(?!V)|token|cookie(?!s)|password|passphrase|data|key(?==)/g

/** A slip of a finger in one of those names: a letter that is missing, doubled, or stands before its neighbour. */
function misspelt(text: string, pick: number, at: number, slip: number): string {
  const found = [...text.matchAll(names)].filter(([name]) => name.length > 5)
  if (found.length === 0) return text
  const { 0: name, index } = found[pick % found.length]!
  const letter = at % (name.length - 1)
  const wrong = [
    name.slice(0, letter) + name.slice(letter + 1),
    name.slice(0, letter + 1) + name.slice(letter),
    name.slice(0, letter) + name[letter + 1] + name[letter] + name.slice(letter + 2),
  ]
  return text.slice(0, index) + wrong[slip % wrong.length] + text.slice(index + name.length)
}

const markup = ['<', '>', '/', "'", '"', '&', ' ', '=', '\n', 'x', '<!--', ']]>'] as const

/** One slip in the markup around a secret, which itself stays whole: a character more or less, or the end of the file. */
function broken({ text, hidden }: Planted, where: number, kind: number): string {
  const start = text.indexOf(hidden[0]!)
  const end = text.lastIndexOf(hidden.at(-1)!) + hidden.at(-1)!.length
  // Near the secret, where it matters.
  const near = Math.floor(where * 160) - 80
  const at = near < 0 ? Math.max(0, start + near) : Math.min(text.length - 1, end + near)
  if (kind < 3) return text.slice(0, Math.max(at, end))
  if (kind < 8) return /\w/.test(text[at]!) ? text : text.slice(0, at) + text.slice(at + 1)
  // A word that is torn is no slip of its own: names are misspelt above.
  if (/[\w-]/.test(text[at]!) && /[\w-]/.test(text[at - 1] ?? '')) return text
  return text.slice(0, at) + markup[kind % markup.length] + text.slice(at)
}

/** The same with names that are misspelt and markup that is broken. */
export const brokenPlanted: fc.Arbitrary<Planted> = fc
  .tuple(
    planted,
    fc.boolean(),
    fc.boolean(),
    fc.nat(9),
    fc.nat(9),
    fc.nat(2),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.nat(40),
  )
  .map(([one, misspells, breaks, pick, at, slip, where, kind]) => {
    const text = misspells ? misspelt(one.text, pick, at, slip) : one.text
    return { ...one, text: breaks ? broken({ ...one, text }, where, kind) : text }
  })
