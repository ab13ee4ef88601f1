import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { readXml } from '../xml/read.ts'
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/tree.ts'
import { type Capabilities, capabilitiesOf, versionText } from './capabilities.ts'
import { type Flag, isFlag } from './flags.ts'
import { readAccelerators } from './libvirt-accelerators.ts'
import { childText, finding, isYes, LibvirtXml } from './libvirt-xml.ts'
import { withTakenForGranted } from './releases.ts'
import {
  type GicCapability,
  type HypervValues,
  isArch,
  type QemuVersion,
  type SevCapability,
  type SgxCapability,
} from './table.ts'

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
 * Flags that newer libvirts no longer write, as every QEMU has what they stand for, count as set.
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
  const xml = new LibvirtXml(root)
  const version = readVersion(xml)
  const arch = xml.required('arch')
  if (arch !== undefined && !isArch(arch.text)) xml.bad(arch.element, `'${arch.text}' is no known architecture`)
  const accelerators = readAccelerators(xml)
  const flags = withVfToken(withTakenForGranted(readFlags(xml), version), version)
  const [gic, sev, sgx, hyperv] = [readGic(xml), readSev(xml), readSgx(xml), readHyperv(xml)]
  const hypervValues = readHypervValues(xml)
  const { diagnostics } = xml
  if (xml.failed || version === undefined || arch === undefined || !isArch(arch.text)) return { diagnostics }
  const packaged = xml.first('package')
  const capabilities = capabilitiesOf({
    label: label ?? versionText(version),
    version,
    package: packaged === undefined ? '' : textOf(packaged).trim(),
    arch: arch.text,
    flags,
    accelerators,
    gic,
    ...(sev && { sev }),
    ...(sgx && { sgx }),
    ...(hyperv && { hyperv }),
    ...(hypervValues && { hypervValues }),
    recordedOn: 'host',
  })
  return { capabilities, diagnostics }
}

/** libvirt counts 1000000 × major + 1000 × minor + micro. */
function readVersion(xml: LibvirtXml): QemuVersion | undefined {
  const found = xml.required('version')
  if (found === undefined) return undefined
  const number = xml.number(found.element, found.text)
  return { major: Math.floor(number / 1_000_000), minor: Math.floor(number / 1000) % 1000, micro: number % 1000 }
}

function readFlags(xml: LibvirtXml): Flag[] {
  const flags: Flag[] = []
  for (const element of xml.all('flag')) {
    const name = xml.attribute(element, 'name')
    if (isFlag(name)) flags.push(name)
    else {
      const hint = 'It is ignored: nothing that is built here asks for it.'
      xml.diagnostics.push(finding('unknown-flag', element, `the flag '${name}' is not known`, hint, 'info'))
    }
  }
  return flags
}

/** libvirt has no flag for the VF token: QEMU's vfio-pci takes it since 8.1, where QEMU was built for Linux. */
function withVfToken(flags: readonly Flag[], version: QemuVersion | undefined): Flag[] {
  const isThere = version !== undefined && (version.major > 8 || (version.major === 8 && version.minor >= 1))
  return isThere && flags.includes('vhost-vsock') && !flags.includes('vfio-pci.vf-token')
    ? [...flags, 'vfio-pci.vf-token']
    : [...flags]
}

function readGic(xml: LibvirtXml): GicCapability[] {
  return xml.all('gic').flatMap((element) => {
    const version = gicVersions.find((known) => known === xml.attribute(element, 'version'))
    if (version === undefined) xml.bad(element, `'${attributeOf(element, 'version')?.value}' is no GIC version`)
    return version === undefined
      ? []
      : [{ version, kernel: isYes(element, 'kernel'), emulated: isYes(element, 'emulated') }]
  })
}

const gicVersions = ['2', '3', '4'] as const

function readSev(xml: LibvirtXml): SevCapability | undefined {
  const element = xml.first('sev')
  if (element === undefined) return undefined
  const cpu0Id = childText(element, 'cpu0Id')
  return {
    cbitpos: xml.number(element, childText(element, 'cbitpos')),
    reducedPhysBits: xml.number(element, childText(element, 'reducedPhysBits')),
    pdh: childText(element, 'pdh') ?? '',
    certChain: childText(element, 'certChain') ?? '',
    ...(cpu0Id !== undefined && { cpu0Id }),
  }
}

function named(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).filter((child) => child.name === name)
}

/** All sizes are in KiB. */
function readSgx(xml: LibvirtXml): SgxCapability | undefined {
  const element = xml.first('sgx')
  if (element === undefined || !isYes(element, 'supported')) return undefined
  const sections = named(element, 'sections')
  return {
    flc: childText(element, 'flc') === 'yes',
    sgx1: childText(element, 'sgx1') === 'yes',
    sgx2: childText(element, 'sgx2') === 'yes',
    sectionSizeKiB: xml.number(element, childText(element, 'section_size')),
    sections: sections.flatMap(elementsOf).map((section) => ({
      node: xml.number(section, attributeOf(section, 'node')?.value),
      sizeKiB: xml.number(section, attributeOf(section, 'size')?.value),
    })),
  }
}

/** Those that are more than a switch, since libvirt 11.9. */
function readHypervValues(xml: LibvirtXml): HypervValues | undefined {
  const element = xml.first('hypervCapabilities')
  const given = (name: string) => element && elementsOf(element).find((child) => child.name === name)
  const [retries, vendor] = [given('spinlocks'), given('vendor_id')]
  if (retries === undefined && vendor === undefined) return undefined
  return {
    ...(retries && { spinlocks: xml.number(retries, textOf(retries).trim()) }),
    ...(vendor && { vendorId: textOf(vendor) }),
  }
}

/** Enlightenments are `<cap>`; since libvirt 11.9 switches inside them stand beside, as `on` or `off`. */
function readHyperv(xml: LibvirtXml): string[] | undefined {
  const element = xml.first('hypervCapabilities')
  if (element === undefined || !isYes(element, 'supported')) return undefined
  const switches = elementsOf(element).filter((child) => child.name !== 'cap' && textOf(child).trim() === 'on')
  return [
    ...named(element, 'cap').map((capability) => xml.attribute(capability, 'name')),
    ...switches.map(({ name }) => name),
  ]
}
