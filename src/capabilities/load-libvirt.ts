import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { readXml } from '../xml/read.ts'
import { attributeOf, elementsOf, pathOf, textOf, type XmlElement } from '../xml/tree.ts'
import {
  type Accelerator,
  type AcceleratorTable,
  accelerators,
  type Capabilities,
  type CpuModel,
  capabilitiesOf,
  type GicCapability,
  type HostCpu,
  type HostCpuProperty,
  isArch,
  type MachineType,
  type QemuVersion,
  type SevCapability,
  type SgxCapability,
  type Tristate,
  versionText,
} from './capabilities.ts'
import { type Flag, isFlag } from './flags.ts'

export interface LoadedCapabilities {
  readonly capabilities?: Capabilities
  readonly diagnostics: readonly Diagnostic[]
}

/** {@link capabilitiesFromLibvirt} of a text or a file's bytes; findings of the XML itself begin with `xml/`. */
export function loadLibvirtCapabilities(input: string | Uint8Array, label?: string): LoadedCapabilities {
  const { root, diagnostics } = readXml(input)
  if (root === undefined) return { diagnostics }
  const loaded = capabilitiesFromLibvirt(root, label)
  return { ...loaded, diagnostics: [...diagnostics, ...loaded.diagnostics] }
}

/**
 * Reads libvirt's own capability XML (`<qemuCaps>`), as kept in `/var/cache/libvirt/qemu/capabilities/*.xml`.
 *
 * `label` is what `--qemu` calls the build; without one it is the version reported. Flags this project does not know
 * are findings of severity `info`. Raises `capabilities/not-a-table`, `capabilities/missing-fact`,
 * `capabilities/bad-value`, `capabilities/unknown-flag`.
 */
export function capabilitiesFromLibvirt(root: XmlElement, label?: string): LoadedCapabilities {
  if (root.name !== 'qemuCaps') {
    const hint = "Give a file of libvirt's capability cache; its root is <qemuCaps>."
    return { diagnostics: [finding('not-a-table', root, `<${root.name}> is no capability table`, hint)] }
  }
  const reader = new Reader(root)
  const version = reader.version()
  const arch = reader.required('arch')
  if (arch !== undefined && !isArch(arch.text)) reader.bad(arch.element, `'${arch.text}' is no known architecture`)
  const byAccelerator = reader.accelerators()
  const flags = reader.flags()
  const [gic, sev, sgx] = [reader.gic(), reader.sev(), reader.sgx()]
  if (reader.failed || version === undefined || arch === undefined || !isArch(arch.text)) {
    return { diagnostics: reader.diagnostics }
  }
  const capabilities = capabilitiesOf({
    label: label ?? versionText(version),
    version,
    package: reader.text('package') ?? '',
    arch: arch.text,
    flags,
    accelerators: byAccelerator,
    gic,
    ...(sev && { sev }),
    ...(sgx && { sgx }),
    ...reader.hyperv(),
    recordedOn: 'host',
  })
  return { capabilities, diagnostics: reader.diagnostics }
}

class Reader {
  readonly diagnostics: Diagnostic[] = []
  failed = false
  readonly #children = new Map<string, XmlElement[]>()
  readonly #root: XmlElement

  constructor(root: XmlElement) {
    this.#root = root
    for (const child of elementsOf(root)) {
      const same = this.#children.get(child.name)
      if (same === undefined) this.#children.set(child.name, [child])
      else same.push(child)
    }
  }

  bad(element: XmlElement, message: string): void {
    this.failed = true
    const hint = 'Let libvirt write the file anew: remove it from its cache and start the daemon.'
    this.diagnostics.push(finding('bad-value', element, message, hint))
  }

  text(name: string): string | undefined {
    const element = this.#first(name)
    return element && textOf(element).trim()
  }

  required(name: string): { element: XmlElement; text: string } | undefined {
    const element = this.#first(name)
    if (element !== undefined) return { element, text: textOf(element).trim() }
    this.failed = true
    const hint = 'The file is cut short, or not one that libvirt wrote.'
    this.diagnostics.push(finding('missing-fact', this.#root, `<${name}> is missing`, hint))
    return undefined
  }

  /** libvirt counts 1000000 × major + 1000 × minor + micro. */
  version(): QemuVersion | undefined {
    const found = this.required('version')
    if (found === undefined) return undefined
    const number = this.#number(found.element, found.text)
    return {
      major: Math.floor(number / 1_000_000),
      minor: Math.floor(number / 1000) % 1000,
      micro: number % 1000,
    }
  }

  flags(): Flag[] {
    const flags: Flag[] = []
    for (const element of this.#all('flag')) {
      const name = this.#attribute(element, 'name')
      if (isFlag(name)) flags.push(name)
      else {
        const hint = 'It is ignored: nothing that is built here asks for it.'
        this.diagnostics.push(finding('unknown-flag', element, `the flag '${name}' is not known`, hint, 'info'))
      }
    }
    return flags
  }

  accelerators(): { [accelerator in Accelerator]?: AcceleratorTable } {
    const machines = this.#byAccelerator('machine', (element) => this.#machine(element))
    const cpuModels = this.#byAccelerator('cpu', (element) => this.#cpuModel(element))
    const hostCpus = this.#byAccelerator('hostCPU', (element) => this.#hostCpu(element))
    const tables: { [accelerator in Accelerator]?: AcceleratorTable } = {}
    for (const accelerator of accelerators) {
      const hostCpu = hostCpus.get(accelerator)?.[0]
      const table = {
        machines: machines.get(accelerator) ?? [],
        cpuModels: cpuModels.get(accelerator) ?? [],
        ...(hostCpu && { hostCpu }),
      }
      if (table.machines.length > 0 || table.cpuModels.length > 0 || hostCpu) tables[accelerator] = table
    }
    return tables
  }

  gic(): GicCapability[] {
    return this.#all('gic').map((element) => {
      const version = this.#attribute(element, 'version')
      if (!isGicVersion(version)) this.bad(element, `'${version}' is no GIC version`)
      return {
        version: isGicVersion(version) ? version : '2',
        kernel: isYes(element, 'kernel'),
        emulated: isYes(element, 'emulated'),
      }
    })
  }

  sev(): SevCapability | undefined {
    const element = this.#first('sev')
    if (element === undefined) return undefined
    const cpu0Id = childText(element, 'cpu0Id')
    return {
      cbitpos: this.#number(element, childText(element, 'cbitpos')),
      reducedPhysBits: this.#number(element, childText(element, 'reducedPhysBits')),
      pdh: childText(element, 'pdh') ?? '',
      certChain: childText(element, 'certChain') ?? '',
      ...(cpu0Id !== undefined && { cpu0Id }),
    }
  }

  sgx(): SgxCapability | undefined {
    const element = this.#first('sgx')
    if (element === undefined || !isYes(element, 'supported')) return undefined
    const sections = elementsOf(element).filter((child) => child.name === 'sections')
    return {
      flc: childText(element, 'flc') === 'yes',
      sgx1: childText(element, 'sgx1') === 'yes',
      sgx2: childText(element, 'sgx2') === 'yes',
      sectionSizeKiB: this.#number(element, childText(element, 'section_size')),
      sections: sections.flatMap(elementsOf).map((section) => ({
        node: this.#number(section, attributeOf(section, 'node')?.value),
        sizeKiB: this.#number(section, attributeOf(section, 'size')?.value),
      })),
    }
  }

  hyperv(): { hyperv?: string[] } {
    const element = this.#first('hypervCapabilities')
    if (element === undefined || !isYes(element, 'supported')) return {}
    return { hyperv: elementsOf(element).map((cap) => this.#attribute(cap, 'name')) }
  }

  #machine(element: XmlElement): MachineType {
    const alias = attributeOf(element, 'alias')?.value
    const defaultCpu = attributeOf(element, 'defaultCPU')?.value
    const defaultRamId = attributeOf(element, 'defaultRAMid')?.value
    return {
      name: this.#attribute(element, 'name'),
      ...(alias !== undefined && { alias }),
      maxCpus: this.#number(element, attributeOf(element, 'maxCpus')?.value),
      hotplugCpus: isYes(element, 'hotplugCpus'),
      isDefault: isYes(element, 'default'),
      ...(defaultCpu !== undefined && { defaultCpu }),
      numaMemSupported: isYes(element, 'numaMemSupported'),
      ...(defaultRamId !== undefined && { defaultRamId }),
      deprecated: isYes(element, 'deprecated'),
      acpi: tristate(element, 'acpi'),
    }
  }

  #cpuModel(element: XmlElement): CpuModel {
    const type = attributeOf(element, 'typename')?.value
    return {
      name: this.#attribute(element, 'name'),
      ...(type !== undefined && { type }),
      usable: tristate(element, 'usable'),
      blockers: elementsOf(element).map((blocker) => this.#attribute(blocker, 'name')),
      deprecated: isYes(element, 'deprecated'),
    }
  }

  #hostCpu(element: XmlElement): HostCpu {
    return {
      model: this.#attribute(element, 'model'),
      migratability: isYes(element, 'migratability'),
      properties: elementsOf(element).map((property) => this.#property(property)),
    }
  }

  #property(element: XmlElement): HostCpuProperty {
    const type = this.#attribute(element, 'type')
    const value = this.#attribute(element, 'value')
    const migratable = attributeOf(element, 'migratable')?.value
    const base = {
      name: this.#attribute(element, 'name'),
      ...(migratable !== undefined && { migratable: migratable === 'yes' }),
    }
    if (type === 'boolean') return { ...base, type, value: value === 'true' }
    if (type === 'number') return { ...base, type, value: this.#number(element, value) }
    if (type !== 'string') this.bad(element, `'${type}' is no type of a CPU property`)
    return { ...base, type: 'string', value }
  }

  #byAccelerator<T>(name: string, read: (element: XmlElement) => T): Map<Accelerator, T[]> {
    const lists = new Map<Accelerator, T[]>()
    for (const element of this.#all(name)) {
      const type = this.#attribute(element, 'type')
      const accelerator = accelerators.find((known) => known === type)
      if (accelerator === undefined) {
        this.bad(element, `'${type}' is no known accelerator`)
        continue
      }
      const list = lists.get(accelerator)
      if (list === undefined) lists.set(accelerator, [read(element)])
      else list.push(read(element))
    }
    return lists
  }

  #all(name: string): readonly XmlElement[] {
    return this.#children.get(name) ?? []
  }

  #first(name: string): XmlElement | undefined {
    return this.#children.get(name)?.[0]
  }

  #attribute(element: XmlElement, name: string): string {
    const attribute = attributeOf(element, name)
    if (attribute === undefined) this.bad(element, `<${element.name}> has no ${name}`)
    return attribute?.value ?? ''
  }

  #number(element: XmlElement, text: string | undefined): number {
    if (text !== undefined && /^-?\d+$/.test(text)) return Number(text)
    this.bad(element, text === undefined ? `a number of <${element.name}> is missing` : `'${text}' is no number`)
    return 0
  }
}

function isYes(element: XmlElement, name: string): boolean {
  return attributeOf(element, name)?.value === 'yes'
}

function tristate(element: XmlElement, name: string): Tristate {
  const value = attributeOf(element, name)?.value
  return value === 'yes' || value === 'no' ? value : 'unknown'
}

function childText(element: XmlElement, name: string): string | undefined {
  const child = elementsOf(element).find((candidate) => candidate.name === name)
  return child && textOf(child).trim()
}

function isGicVersion(version: string): version is GicCapability['version'] {
  return version === '2' || version === '3' || version === '4'
}

function finding(
  code: string,
  element: XmlElement,
  message: string,
  hint: string,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  return {
    code: `capabilities/${code}`,
    severity,
    message: `${message}.`,
    span: element.span,
    path: pathOf(element),
    hint,
  }
}
