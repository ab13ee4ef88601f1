import { readdirSync, readFileSync } from 'node:fs'
import { homedir, machine } from 'node:os'
import { join } from 'node:path'
import { type DescriptorFile, type Firmware, inPrecedence } from '../../host/descriptors.ts'
import type { Host } from '../../host/host.ts'
import { recordHost } from '../../host/record.ts'
import { treeReader } from '../../host/record-reader.ts'

/** A host with the facts of this machine: those it tells of itself, and the firmware that is installed. */
export function thisHost(host: Host): Host {
  const { facts } = recordHost(treeReader('/'), machine())
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<Host>
  return { ...host, ...known, firmware: known.firmware?.length ? known.firmware : firmwareHere() }
}

/** Descriptors of firmware in the folders of QEMU's docs/interop/firmware.json: the user's, the administrator's, the distribution's. */
function firmwareHere(): Host['firmware'] {
  const folders = [join(homedir(), '.config/qemu/firmware'), '/etc/qemu/firmware', '/usr/share/qemu/firmware']
  const files = folders.flatMap((folder) => filesIn(folder))
  return inPrecedence(folders, files).flatMap(({ path, text }) => {
    try {
      return [{ path, descriptor: JSON.parse(text) as Firmware }]
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
