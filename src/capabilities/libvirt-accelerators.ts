import { attributeOf, elementsOf, type XmlElement } from '../xml/tree.ts'
import { given, isYes, type LibvirtXml, tristate } from './libvirt-xml.ts'
import {
  type Accelerator,
  type AcceleratorTable,
  accelerators,
  type CapabilityTable,
  type CpuModel,
  type HostCpu,
  type HostCpuProperty,
  type MachineType,
} from './table.ts'

/** `<machine>`, `<cpu>` and `<hostCPU>`, by the accelerator each names. */
export function readAccelerators(xml: LibvirtXml): CapabilityTable['accelerators'] {
  const machines = byAccelerator(xml, 'machine', readMachine)
  const cpuModels = byAccelerator(xml, 'cpu', readCpuModel)
  const hostCpus = byAccelerator(xml, 'hostCPU', readHostCpu)
  const deprecated = byAccelerator(xml, 'hostCPU', readDeprecated)
  const tables: { [accelerator in Accelerator]?: AcceleratorTable } = {}
  for (const accelerator of accelerators) {
    const hostCpu = hostCpus.get(accelerator)?.[0]
    const deprecatedFeatures = deprecated.get(accelerator)?.[0]
    const table = {
      machines: machines.get(accelerator) ?? [],
      cpuModels: cpuModels.get(accelerator) ?? [],
      ...(hostCpu && { hostCpu }),
      ...(deprecatedFeatures && { deprecatedFeatures }),
    }
    if (table.machines.length > 0 || table.cpuModels.length > 0 || hostCpu) tables[accelerator] = table
  }
  return tables
}

function byAccelerator<T>(
  xml: LibvirtXml,
  name: string,
  read: (xml: LibvirtXml, element: XmlElement) => T,
): ReadonlyMap<Accelerator, T[]> {
  const lists = new Map<Accelerator, T[]>()
  for (const element of xml.all(name)) {
    const type = xml.attribute(element, 'type')
    const accelerator = accelerators.find((known) => known === type)
    if (accelerator === undefined) {
      xml.bad(element, `'${type}' is no known accelerator`)
      continue
    }
    const list = lists.get(accelerator)
    if (list === undefined) lists.set(accelerator, [read(xml, element)])
    else list.push(read(xml, element))
  }
  return lists
}

function readMachine(xml: LibvirtXml, element: XmlElement): MachineType {
  return {
    name: xml.attribute(element, 'name'),
    ...given(element, { alias: 'alias', defaultCpu: 'defaultCPU', defaultRamId: 'defaultRAMid' }),
    maxCpus: xml.number(element, attributeOf(element, 'maxCpus')?.value),
    hotplugCpus: isYes(element, 'hotplugCpus'),
    isDefault: isYes(element, 'default'),
    numaMemSupported: isYes(element, 'numaMemSupported'),
    deprecated: isYes(element, 'deprecated'),
    acpi: tristate(element, 'acpi'),
  }
}

function readCpuModel(xml: LibvirtXml, element: XmlElement): CpuModel {
  return {
    name: xml.attribute(element, 'name'),
    ...given(element, { type: 'typename' }),
    usable: tristate(element, 'usable'),
    blockers: elementsOf(element).map((blocker) => xml.attribute(blocker, 'name')),
    deprecated: isYes(element, 'deprecated'),
  }
}

function readHostCpu(xml: LibvirtXml, element: XmlElement): HostCpu {
  const properties = elementsOf(element).filter((child) => child.name === 'property')
  return {
    model: xml.attribute(element, 'model'),
    migratability: isYes(element, 'migratability'),
    properties: properties.map((property) => readProperty(xml, property)),
  }
}

function readDeprecated(xml: LibvirtXml, element: XmlElement): readonly string[] | undefined {
  const deprecated = elementsOf(element).find((child) => child.name === 'deprecatedFeatures')
  return deprecated && elementsOf(deprecated).map((property) => xml.attribute(property, 'name'))
}

function readProperty(xml: LibvirtXml, element: XmlElement): HostCpuProperty {
  const [type, value] = [xml.attribute(element, 'type'), xml.attribute(element, 'value')]
  const migratable = attributeOf(element, 'migratable')?.value
  const base = {
    name: xml.attribute(element, 'name'),
    ...(migratable !== undefined && { migratable: migratable === 'yes' }),
  }
  if (type === 'boolean') return { ...base, type, value: value === 'true' }
  if (type === 'number') return { ...base, type, value: xml.number(element, value) }
  if (type !== 'string') xml.bad(element, `'${type}' is no type of a CPU property`)
  return { ...base, type: 'string', value }
}
