import { readdirSync, readFileSync } from 'node:fs'
import { homedir, machine } from 'node:os'
import { join } from 'node:path'
import { type DescriptorFile, type Firmware, inPrecedence, type VhostUserProgram } from '../../host/descriptors.ts'
import type { Host } from '../../host/host.ts'
import { recordHost } from '../../host/record/index.ts'
import { treeReader } from '../../host/record/reader.ts'

/** A host with the facts of this machine: those it tells of itself, and the firmware and helpers that are installed. */
export function thisHost(host: Host): Host {
  const { facts } = recordHost(treeReader('/'), machine())
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<Host>
  return {
    ...host,
    firmware: descriptors<Firmware>('firmware'),
    vhostUser: descriptors<VhostUserProgram>('vhost-user'),
    ...known,
  }
}

/** Descriptors of QEMU's docs/interop in the user's folder, the administrator's and the distribution's. */
function descriptors<T>(kind: 'firmware' | 'vhost-user'): { readonly path: string; readonly descriptor: T }[] {
  const folders = [join(homedir(), '.config/qemu', kind), join('/etc/qemu', kind), join('/usr/share/qemu', kind)]
  const files = folders.flatMap((folder) => filesIn(folder))
  return inPrecedence(folders, files).flatMap(({ path, text }) => {
    try {
      return [{ path, descriptor: JSON.parse(text) as T }]
    } catch {
      return []
    }
  })
}

function filesIn(folder: string): DescriptorFile[] {
  try {
    return readdirSync(folder).map((name) => ({
      path: join(folder, name),
      text: readFileSync(join(folder, name), 'utf8'),
    }))
  } catch {
    return []
  }
}
