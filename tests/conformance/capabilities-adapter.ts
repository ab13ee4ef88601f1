import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Capabilities } from '../../src/capabilities/capabilities.ts'
import { type CapabilityChanges, withChanges } from '../../src/capabilities/changes.ts'
import { isFlag } from '../../src/capabilities/flags.ts'
import { capabilitiesFromLibvirt } from '../../src/capabilities/load-libvirt.ts'
import { readXml } from '../../src/xml/read.ts'
import type { Case } from './cases.ts'

/** The capability tables of a corpus. Each file is read once, each set of changes applied once. */
export class CapabilityTables {
  readonly #folder: string
  readonly #files: readonly string[]
  readonly #tables = new Map<string, Capabilities>()
  readonly #changed = new Map<string, Capabilities>()

  constructor(support: string) {
    this.#folder = join(support, 'qemucapabilitiesdata')
    this.#files = readdirSync(this.#folder)
  }

  of(testCase: Case): Capabilities {
    const file = this.#fileOf(testCase)
    const { stripMachineAliases, gic, hostCpu, capabilitiesAdd, capabilitiesRemove } = testCase
    const key = JSON.stringify([file, stripMachineAliases, gic, hostCpu, capabilitiesAdd, capabilitiesRemove])
    let capabilities = this.#changed.get(key)
    if (capabilities === undefined) {
      capabilities = withChanges(this.#table(file), changesOf(testCase))
      this.#changed.set(key, capabilities)
    }
    return capabilities
  }

  #fileOf({ arch, qemu, variant }: Case): string {
    const tail = `_${arch}${variant === undefined ? '' : `+${variant}`}.xml`
    if (qemu !== 'latest') return `caps_${qemu}${tail}`
    const versions = this.#files.filter((file) => file.startsWith('caps_') && file.endsWith(tail))
    const newest = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
    if (newest === undefined) throw new Error(`${this.#folder} has no capability table for ${arch}${tail}`)
    return newest
  }

  #table(file: string): Capabilities {
    const known = this.#tables.get(file)
    if (known !== undefined) return known
    const { root } = readXml(readFileSync(join(this.#folder, file), 'utf8'))
    const label = file.slice('caps_'.length, file.indexOf('_', 'caps_'.length))
    const { capabilities, diagnostics } =
      root === undefined ? { diagnostics: [] } : capabilitiesFromLibvirt(root, label)
    if (capabilities === undefined) throw new Error(`${file}: ${diagnostics.map(({ message }) => message).join('; ')}`)
    this.#tables.set(file, capabilities)
    return capabilities
  }
}

function changesOf(testCase: Case): CapabilityChanges {
  return {
    recordedOn: 'host',
    stripMachineAliases: testCase.stripMachineAliases === true,
    add: flags(testCase.capabilitiesAdd),
    remove: flags(testCase.capabilitiesRemove),
    ...(testCase.gic && { gic: testCase.gic.map(gicOf) }),
    // The CPU that the table records is not this case's host: host-model then follows from the host model.
    ...(testCase.hostCpu !== undefined && { hostCpu: { kvm: null, tcg: null } }),
  }
}

function flags(names: readonly string[] = []) {
  const unknown = names.filter((name) => !isFlag(name))
  if (unknown.length > 0) throw new Error(`unknown capability flags: ${unknown.join(', ')}`)
  return names.filter(isFlag)
}

/** What a host supports is its kernel's answer; emulation does not depend on it. */
function gicOf(version: string) {
  if (version !== '2' && version !== '3' && version !== '4') throw new Error(`unknown GIC version ${version}`)
  return { version, kernel: true, emulated: false } as const
}
