import type { Settling } from '../../codec/element.ts'

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
  if (sources.length > 2) {
    settling.error({
      code: 'chardev/too-many-sources',
      message: `A UDP character device has two ends, here are ${sources.length} <source> elements.`,
      hint: "Keep one of mode 'connect' and one of mode 'bind'.",
    })
  }
  const end = (mode: string) => sources.findLast((it) => it.mode === mode)
  const connect = end('connect')
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
  nmdm: (settling) => {
    needs(settling, 'master', "Add <source master='…' slave='…'/>.")
    needs(settling, 'slave', "Add <source master='…' slave='…'/>.")
  },
}

export function settleSource(settling: Settling): void {
  rules[String(settling.fields.type)]?.(settling)
}
