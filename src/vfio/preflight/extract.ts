import { parseElement } from '../../codec/parse.ts'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { hostPciAddress, pciName } from '../../fragments/pci-address.ts'
import { Origins } from '../../origin/origin.ts'
import { attributeOf, elementsOf, pathOf, textOf, type XmlElement } from '../../xml/tree.ts'
import type { VfioDevice, VfioDomain } from './domain.ts'
import { iommufdUse } from './iommufd.ts'

/** An element that takes a function of the host, with its source address. */
interface HostFunction {
  readonly element: XmlElement
  readonly source: XmlElement
}

const child = (element: XmlElement | undefined, local: string) =>
  element && elementsOf(element).find((candidate) => candidate.local === local && candidate.uri === '')

const value = (element: XmlElement | undefined, name: string) => element && attributeOf(element, name)?.value

/** All host devices in libvirt's order: interfaces of type hostdev come before hostdevs. */
export function hostDevices(root: XmlElement): XmlElement[] {
  const devices = child(root, 'devices')
  const all = devices === undefined ? [] : elementsOf(devices)
  const interfaces = all.filter((element) => element.local === 'interface' && value(element, 'type') === 'hostdev')
  return [...interfaces, ...all.filter(({ local }) => local === 'hostdev')]
}

/** The source address of a host device that is a PCI function. */
export function sourceAddress(element: XmlElement): XmlElement | undefined {
  const address = child(child(element, 'source'), 'address')
  const type = element.local === 'interface' ? value(address, 'type') : value(element, 'type')
  return type === 'pci' ? address : undefined
}

/** The PCI functions that a domain takes, in libvirt's order. */
export function hostFunctions(root: XmlElement): HostFunction[] {
  return hostDevices(root).flatMap((element) => {
    const source = sourceAddress(element)
    return source === undefined ? [] : [{ element, source }]
  })
}

/** `dddd:bb:ss.f` and the token of a source address; what cannot be read is reported. */
export function readSource(source: XmlElement): { address: string; token?: string; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const report = (diagnostic: Diagnostic) => {
    if (diagnostic.severity === 'error') diagnostics.push(diagnostic)
  }
  const read = parseElement(hostPciAddress, source, { origins: new Origins(), report })
  const token = read['vf-token']?.uuid
  return { address: pciName(read), ...(token === undefined ? {} : { token }), diagnostics }
}

/** A domain as the preflight sees it, and what of its host devices cannot be read. */
export function extractDomain(root: XmlElement, file: string): { domain: VfioDomain; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const { object, devices: linked } = iommufdUse(root)
  const all = hostDevices(root)
  const devices = hostFunctions(root).map(({ element, source }): VfioDevice => {
    const { address, token, diagnostics: found } = readSource(source)
    diagnostics.push(...found)
    const alias = value(child(element, 'alias'), 'name') ?? `hostdev${all.indexOf(element)}`
    return {
      address,
      token,
      managed: value(element, 'managed') === 'yes',
      driver: value(child(element, 'driver'), 'model') ?? 'vfio-pci',
      throughIommufd: linked.has(alias),
      span: source.span,
      path: pathOf(source),
    }
  })
  const name = child(root, 'name')
  return { domain: { name: name ? textOf(name) : '', file, devices, iommufd: object }, diagnostics }
}
