import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { checkerOf } from '../../json/check.ts'
import type { Shape } from '../../json/shape.ts'
import { type DescriptorFile, firmwareShape, inPrecedence, vhostUserShape } from '../descriptors.ts'
import type { HostFile } from '../file.ts'
import type { TreeReader } from './reader.ts'

/** Descriptors of firmware and of vhost-user programs. One that QEMU's schema refuses is left out: `host/bad-descriptor`. */
export function recordDescriptors(reader: TreeReader): { file: HostFile; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const read = <T>(kind: string, shape: Shape<T>) => {
    const folders = ['etc/qemu', 'usr/share/qemu'].map((folder) => `/${folder}/${kind}`)
    const check = checkerOf<T>(shape.schema, 'host', 'descriptor')
    return filesIn(folders, reader).flatMap(({ path, text }) => {
      const { value, diagnostics: faults } = check(text)
      if (value !== undefined) return [{ path, descriptor: value }]
      diagnostics.push(badDescriptor(path, faults[0]?.message ?? 'it cannot be read'))
      return []
    })
  }
  const file: HostFile = { firmware: read('firmware', firmwareShape), vhostUser: read('vhost-user', vhostUserShape) }
  return { file, diagnostics }
}

function filesIn(folders: readonly string[], reader: TreeReader): DescriptorFile[] {
  const files = folders.flatMap((folder) =>
    (reader.list(folder) ?? []).flatMap((name) => {
      const path = `${folder}/${name}`
      const text = name.endsWith('.json') ? reader.text(path) : undefined
      return text === undefined ? [] : [{ path, text }]
    }),
  )
  return inPrecedence(folders, files)
}

function badDescriptor(path: string, why: string): Diagnostic {
  return {
    code: 'host/bad-descriptor',
    severity: 'warning',
    message: `The descriptor ${path} is left out: ${why}.`,
    hint: 'Correct it, or mask it by an empty file of the same name in /etc/qemu.',
  }
}
