import type { Span } from '../../diagnostic/diagnostic.ts'
import { attributeOf, elementsOf, type XmlElement } from '../../xml/tree.ts'

const namespace = 'http://libvirt.org/schemas/domain/qemu/1.0'

/** What a domain says of iommufd beside libvirt's back. */
export interface IommufdUse {
  /** Where an iommufd object is handed to QEMU. */
  readonly object: Span | undefined
  /** Aliases of the devices whose property `iommufd` is set. */
  readonly devices: ReadonlySet<string>
}

const qemuChildren = (element: XmlElement, local: string) =>
  elementsOf(element).filter((candidate) => candidate.local === local && candidate.uri === namespace)

/** Reads `qemu:commandline` (`-object iommufd,…`, `-set device.ALIAS.iommufd=…`) and `qemu:override`. */
export function iommufdUse(root: XmlElement): IommufdUse {
  const args = qemuChildren(root, 'commandline').flatMap((commandline) => qemuChildren(commandline, 'arg'))
  const values = args.map((arg) => attributeOf(arg, 'value')?.value ?? '')
  const object = args.find((_, index) => values[index - 1] === '-object' && isIommufd(values[index] ?? ''))
  const set = values.flatMap((text, index) => {
    const alias = values[index - 1] === '-set' ? /^device\.(.+)\.iommufd=/.exec(text)?.[1] : undefined
    return alias === undefined ? [] : [alias]
  })
  return { object: object?.span, devices: new Set([...set, ...overridden(root)]) }
}

/** An object as QEMU reads it: `TYPE,id=…`, `qom-type=TYPE,…` or JSON. */
function isIommufd(text: string): boolean {
  return /^(qom-type=)?iommufd(,|$)/.test(text) || /"qom-type"\s*:\s*"iommufd"/.test(text)
}

function overridden(root: XmlElement): string[] {
  return qemuChildren(root, 'override')
    .flatMap((override) => qemuChildren(override, 'device'))
    .filter((device) =>
      qemuChildren(device, 'frontend')
        .flatMap((frontend) => qemuChildren(frontend, 'property'))
        .some((property) => attributeOf(property, 'name')?.value === 'iommufd'),
    )
    .flatMap((device) => attributeOf(device, 'alias')?.value ?? [])
}
