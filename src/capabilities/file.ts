import type { Capabilities } from './capabilities.ts'
import { type LoadedCapabilities, loadLibvirtCapabilities } from './load-libvirt.ts'

/** Reads a capability table from a file's text: libvirt's XML (the recorded form and that of its cache). */
export function readCapabilities(text: string, label?: string): LoadedCapabilities {
  return loadLibvirtCapabilities(text, label)
}

export type { Capabilities }
