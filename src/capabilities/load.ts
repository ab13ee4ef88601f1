import { readCapabilities } from './file.ts'
import { type LoadedCapabilities, loadLibvirtCapabilities } from './load-libvirt.ts'

/** Loads a capability table from a file of ours (JSON) or of libvirt's cache (XML), whichever it is. */
export function loadCapabilities(input: string | Uint8Array, label?: string): LoadedCapabilities {
  const text = typeof input === 'string' ? input : new TextDecoder().decode(input)
  return /^\s*</.test(text) ? loadLibvirtCapabilities(input, label) : readCapabilities(text)
}
