import type { Settling } from '../../codec/description.ts'
import { own } from '../../own.ts'
import { elementsOf } from '../../xml/tree.ts'

type Source = { readonly [key: string]: unknown } | undefined

function needs(settling: Settling, field: string, hint: string): void {
  const { source, type } = settling.fields as { source: Source; type: string }
  if (source?.[field] !== undefined) return
  settling.error({
    code: `chardev/missing-${field}`,
    message: `A character device of type ${type} needs a ${field} in its <source>.`,
    hint,
  })
}

const path = (settling: Settling) => needs(settling, 'path', "Add <source path='…'/>.")

/** SPICE and D-Bus take names of letters, digits and a few signs. */
function portName(settling: Settling): void {
  const source = settling.fields.source as Source
  if (source?.channel !== undefined && !/^[a-zA-Z0-9_.:-]+$/.test(String(source.channel))) {
    settling.error({
      code: 'chardev/channel-name',
      message: `"${source.channel}" is no name of a port.`,
      hint: 'Use letters, digits and - _ . : alone.',
    })
  }
}

/** Two ends, told apart by their mode; the port to send to is needed. */
function udp(settling: Settling): void {
  const sources = settling.fields.source as readonly NonNullable<Source>[]
  const end = (mode: string) => sources.findLast((it) => it.mode === mode)
  const connect = sources.find((it) => it.mode === 'connect')
  if (connect?.service === undefined) {
    settling.error({
      code: 'chardev/missing-service',
      message: 'A UDP character device needs a port to send to.',
      hint: "Add <source mode='connect' host='…' service='…'/>.",
    })
  }
  settling.fields.source = [end('bind'), connect].filter((it) => it !== undefined)
}

/** What each type cannot do without. A channel may leave the path of its socket to libvirt: checked there. */
const rules: { readonly [type: string]: (settling: Settling) => void } = {
  dev: path,
  file: path,
  pipe: path,
  tcp: (settling) => {
    needs(settling, 'host', "Add host='…': a name or address.")
    needs(settling, 'service', "Add service='…': a port.")
  },
  udp,
  spiceport: (settling) => {
    needs(settling, 'channel', "Add <source channel='…'/>.")
    portName(settling)
  },
  // Both ends or none; that QEMU has no null modem is told at a start.
  nmdm: (settling) => {
    const source = settling.fields.source as Source
    if ((source?.master === undefined) === (source?.slave === undefined)) return
    needs(settling, 'master', "Add <source master='…' slave='…'/>.")
    needs(settling, 'slave', "Add <source master='…' slave='…'/>.")
  },
}

/** Types whose host side is described by more than one `<source>`. */
const ends: { readonly [type: string]: number } = { udp: 2 }

function countSources({ fields, node, error }: Settling): void {
  const most = own(ends, String(fields.type)) ?? 1
  const count = elementsOf(node).filter((it) => it.local === 'source').length
  if (count <= most) return
  error({
    code: 'chardev/too-many-sources',
    message: `A character device of type ${fields.type} has at most ${most} <source>, here are ${count}.`,
    hint: 'Remove the others.',
  })
}

export function settleSource(settling: Settling): void {
  countSources(settling)
  own(rules, String(settling.fields.type))?.(settling)
}
