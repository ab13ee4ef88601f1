import { readdirSync, readFileSync } from 'node:fs'
import { loadLibvirtCapabilities } from '../../src/capabilities/load-libvirt.ts'

/** Every CPU property that a recorded x86 QEMU names. */
export function namesOfQemu(folder: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const file of readdirSync(folder).filter((name) => name.includes('x86_64') && name.endsWith('.xml'))) {
    const { capabilities } = loadLibvirtCapabilities(readFileSync(`${folder}/${file}`))
    for (const accelerator of capabilities?.accelerators ?? []) {
      for (const property of capabilities?.hostCpu(accelerator)?.properties ?? []) names.add(property.name)
    }
  }
  return names
}
