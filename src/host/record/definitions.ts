import { readXml } from '../../xml/read.ts'
import { elementsOf, type XmlElement } from '../../xml/tree.ts'
import type { HostFile, PoolEntry, SecretEntry } from '../file.ts'
import { XmlReader } from '../xml-reader.ts'
import type { TreeReader } from './reader.ts'

/** libvirt writes a warning for people before the XML of what it keeps. */
const withoutComment = (text: string) => text.replace(/^\s*(<\?xml[^>]*\?>)?\s*<!--[\s\S]*?-->\s*/, '')

function documents(reader: TreeReader, folder: string): { readonly xml: string; readonly root: XmlElement }[] {
  return (reader.list(folder) ?? []).flatMap((name) => {
    const text = name.endsWith('.xml') ? reader.text(`${folder}/${name}`) : undefined
    if (text === undefined) return []
    const xml = withoutComment(text)
    const { root } = readXml(xml)
    return root === undefined ? [] : [{ xml, root }]
  })
}

/** Networks as libvirt keeps them. They belong to root: without its rights there is nothing to say, not "none". */
export function recordNetworks(reader: TreeReader): HostFile {
  const folder = 'etc/libvirt/qemu/networks'
  if (reader.list(folder) === undefined) return {}
  return { networks: documents(reader, folder).map(({ xml }) => ({ xml })) }
}

/** Storage pools as libvirt keeps them, with the volumes of those that are folders. */
export function recordPools(reader: TreeReader): HostFile {
  const folder = 'etc/libvirt/storage'
  if (reader.list(folder) === undefined) return {}
  return {
    storagePools: documents(reader, folder).map(({ xml, root }) => ({ xml, volumes: volumesOf(root, reader) })),
  }
}

function volumesOf(pool: XmlElement, reader: TreeReader): PoolEntry['volumes'] {
  const xml = new XmlReader()
  const target = xml.text(xml.child(pool, 'target'), 'path')
  if (target === undefined) return []
  return (reader.list(target) ?? []).flatMap((name) => {
    const path = `${target}/${name}`
    const kind = reader.kind(path)
    return kind === 'file' || kind === 'block' || kind === 'dir' ? [{ name, type: kind, path }] : []
  })
}

/** Secrets that libvirt keeps, with their values: only where the user asks for them. */
export function recordSecrets(reader: TreeReader): HostFile {
  const folder = 'etc/libvirt/secrets'
  const secrets = documents(reader, folder).flatMap(({ root }): SecretEntry[] => {
    const xml = new XmlReader()
    const uuid = xml.text(root, 'uuid')
    const value = uuid === undefined ? undefined : reader.text(`${folder}/${uuid}.base64`)
    if (uuid === undefined || value === undefined) return []
    const usage = xml.child(root, 'usage')
    const named = usage && elementsOf(usage)[0]
    return [{ uuid, type: xml.attribute(usage, 'type'), usage: named && xml.text(usage, named.local), base64: value }]
  })
  return { secrets }
}
