import fc from 'fast-check'
import { type Written, writeXml } from '../../xml/writer.ts'

/** A piece of XML: its name, attributes (undefined: absent) and what it holds. */
export interface Node {
  readonly name: string
  readonly attributes?: { readonly [name: string]: string | undefined }
  readonly children?: readonly (Node | undefined)[]
  readonly text?: string
}

export const xmlOf = (node: Node): string => writeXml(written(node))

function written({ name, attributes = {}, children = [], text }: Node): Written {
  return {
    name,
    attributes: Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    ),
    children: children.flatMap((child) => (child === undefined ? [] : [written(child)])),
    text,
  }
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const word = <const T extends string>(...words: T[]) => fc.constantFrom(...words)
const uuid = '0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'

const auth = (type: 'iscsi' | 'ceph'): Node => ({
  name: 'auth',
  attributes: { username: 'user' },
  children: [{ name: 'secret', attributes: { type, usage: 'a usage' } }],
})

const luks: Node = {
  name: 'encryption',
  attributes: { format: 'luks' },
  children: [{ name: 'secret', attributes: { type: 'passphrase', uuid } }],
}

const slices: Node = {
  name: 'slices',
  children: [{ name: 'slice', attributes: { type: 'storage', offset: '1048576', size: '8589934592' } }],
}

const hosts = (count: number): Node[] =>
  Array.from({ length: count }, (_, index) => ({ name: 'host', attributes: { name: `host${index}`, port: '4000' } }))

export interface Source {
  readonly type: string
  readonly attributes: Node['attributes']
  readonly children: readonly Node[]
  readonly login?: 'iscsi' | 'ceph'
}

const path = fc.integer({ min: 0, max: 99 }).map((number) => `/images/disk, ${number}.img`)
const local = (type: string, attribute: string) =>
  path.map((value): Source => ({ type, attributes: { [attribute]: value }, children: [] }))
const network = (protocol: string, name: string, count: number, login?: 'iscsi' | 'ceph') =>
  fc.constant<Source>({
    type: 'network',
    attributes: { protocol, name },
    children: hosts(count),
    ...(login && { login }),
  })

/** Where the bytes of an image may be. */
export const source: fc.Arbitrary<Source> = fc.oneof(
  { weight: 3, arbitrary: local('file', 'file') },
  { weight: 2, arbitrary: local('block', 'dev') },
  network('nbd', 'export', 1),
  network('rbd', 'pool/image', 3, 'ceph'),
  network('gluster', 'volume/path', 2),
  network('iscsi', 'iqn.2024-01.com.example:target/1', 1, 'iscsi'),
  network('https', 'path/to.iso', 1, 'iscsi'),
  network('ssh', 'path', 1),
  fc.constant<Source>({
    type: 'network',
    attributes: { protocol: 'http', name: 'a.iso', query: 'a=b&c=d' },
    children: [...hosts(1), { name: 'cookies', children: [{ name: 'cookie', attributes: { name: 'a' }, text: 'b' }] }],
  }),
  fc.constant<Source>({
    type: 'network',
    attributes: { protocol: 'nbd', name: 'export', tls: 'yes' },
    children: hosts(1),
  }),
  fc.constant<Source>({
    type: 'nvme',
    attributes: { type: 'pci', managed: 'yes', namespace: '1' },
    children: [{ name: 'address', attributes: { domain: '0x0000', bus: '0x01', slot: '0x00', function: '0x0' } }],
  }),
)

const image = fc.record({
  source,
  format: word('raw', 'qcow2', 'qed', 'vmdk'),
  encrypted: fc.boolean(),
  sliced: fc.boolean(),
  login: fc.boolean(),
})
export type Image = typeof image extends fc.Arbitrary<infer T> ? T : never

function sourceNode({ source: it, format, encrypted, sliced, login }: Image): Node {
  const canLock = encrypted && (format === 'raw' || format === 'qcow2')
  return {
    name: 'source',
    attributes: it.attributes ?? {},
    children: [
      ...it.children,
      sliced ? slices : undefined,
      login && it.login ? auth(it.login) : undefined,
      canLock ? luks : undefined,
    ],
  }
}

/** The images below: given ones, and whether the chain ends in the XML. */
function backing(images: readonly Image[], terminated: boolean): Node | undefined {
  const [first, ...rest] = images
  if (first === undefined) return terminated ? { name: 'backingStore' } : undefined
  return {
    name: 'backingStore',
    attributes: { type: first.source.type },
    children: [{ name: 'format', attributes: { type: first.format } }, sourceNode(first), backing(rest, terminated)],
  }
}

const frontend = fc.oneof(
  fc.record({ bus: word('virtio'), device: word('disk'), model: maybe(word('virtio', 'virtio-transitional')) }),
  fc.record({ bus: word('scsi', 'sata', 'ide', 'usb'), device: word('disk', 'cdrom') }),
  fc.record({ bus: word('fdc'), device: word('floppy') }),
)

const driver = fc.record({
  cache: maybe(word('none', 'writeback', 'writethrough', 'directsync', 'unsafe')),
  error_policy: maybe(word('stop', 'report', 'ignore', 'enospace')),
  io: maybe(word('threads', 'native', 'io_uring')),
  copy_on_read: maybe(word('on', 'off')),
  discard: maybe(word('unmap', 'ignore')),
  detect_zeroes: maybe(word('on', 'off', 'unmap')),
})

const details = fc.record({
  readonly: fc.boolean(),
  serial: maybe(word('serial number', '007')),
  blockio: maybe(fc.constant({ logical_block_size: '512', physical_block_size: '4096' })),
  iotune: fc.boolean(),
})

const shape = fc.record({
  frontend,
  driver,
  details,
  top: image,
  below: fc.array(image, { maxLength: 3 }),
  terminated: fc.boolean(),
  empty: fc.boolean(),
})
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

const prefixes: { readonly [bus: string]: string } = {
  virtio: 'vd',
  scsi: 'sd',
  sata: 'sd',
  usb: 'sd',
  ide: 'hd',
  fdc: 'fd',
}
const letters = 'abcdefghij'

function diskNode(
  { frontend: front, driver: how, details: rest, top, below, terminated, empty }: Shape,
  index: number,
): Node {
  const removable = front.device !== 'disk'
  const chained = top.format !== 'raw'
  const filled = !(empty && removable)
  const { model } = { model: undefined, ...front }
  return {
    name: 'disk',
    attributes: { type: filled ? top.source.type : 'file', device: front.device, model },
    children: [
      { name: 'driver', attributes: { name: 'qemu', type: top.format, ...how } },
      filled ? sourceNode(top) : undefined,
      filled && chained ? backing(below, terminated) : undefined,
      rest.blockio && { name: 'blockio', attributes: rest.blockio },
      { name: 'target', attributes: { dev: `${prefixes[front.bus]}${letters[index]}`, bus: front.bus } },
      rest.iotune ? { name: 'iotune', children: [{ name: 'total_bytes_sec', text: '1000000' }] } : undefined,
      rest.readonly ? { name: 'readonly' } : undefined,
      rest.serial === undefined ? undefined : { name: 'serial', text: rest.serial },
    ],
  }
}

/** Some disks of different names: sources × front-ends × drivers × chains. */
export const disks: fc.Arbitrary<string> = fc
  .array(shape, { minLength: 1, maxLength: 4 })
  .map((shapes) => shapes.map((it, index) => xmlOf(diskNode(it, index))).join('\n'))
