import type { Choices } from '../core/protocol.ts'

/** What a link holds: all that makes the page show the same. */
export interface Shared {
  readonly xml: string
  readonly choices: Choices
  readonly tab: string
}

const version = '1'

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const piped = new Blob([bytes]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(piped).arrayBuffer())
}

/** The part of a link behind `#`: it never reaches a server. */
export async function toFragment(shared: Shared): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(shared))
  const packed = await through(json, new CompressionStream('deflate-raw'))
  let binary = ''
  for (let at = 0; at < packed.length; at += 8192) binary += String.fromCharCode(...packed.subarray(at, at + 8192))
  return `${version}.${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** What a fragment holds; undefined where it is none of ours, or damaged. */
export async function fromFragment(fragment: string): Promise<Shared | undefined> {
  const [kind, data] = fragment.replace(/^#/, '').split('.')
  if (kind !== version || data === undefined) return undefined
  try {
    const binary = atob(data.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const text = new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')))
    return checked(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** A link comes from anywhere: only texts are taken, and no more than an XML document may have. */
function checked(value: unknown): Shared | undefined {
  if (!isRecord(value) || !isRecord(value.choices)) return undefined
  const { choices } = value
  const word = (text: unknown, fallback: string) => (typeof text === 'string' && text.length < 100 ? text : fallback)
  const file = (text: unknown) => (typeof text === 'string' ? text : undefined)
  if (typeof value.xml !== 'string' || value.xml.length > 16 * 2 ** 20) return undefined
  return {
    xml: value.xml,
    tab: word(value.tab, 'command'),
    choices: {
      libvirt: word(choices.libvirt, '12.8'),
      qemu: word(choices.qemu, 'latest'),
      host: word(choices.host, 'generic'),
      hostFile: file(choices.hostFile),
      capabilitiesFile: file(choices.capabilitiesFile),
    },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
