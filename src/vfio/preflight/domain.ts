import type { Span } from '../../diagnostic/diagnostic.ts'

/** A function of the host that a domain takes, in the order in which QEMU opens them. */
export interface VfioDevice {
  /** `dddd:bb:ss.f`. */
  readonly address: string
  /** Lower case. */
  readonly token: string | undefined
  /** libvirt binds it to `driver` before the start, and gives it back afterwards. */
  readonly managed: boolean
  /** The driver that it is to be bound to: vfio-pci, or the one that `<driver model=…>` names. */
  readonly driver: string
  /** The domain makes QEMU open it through an iommufd, where no token is passed. */
  readonly throughIommufd: boolean
  /** The source address in the domain's file. */
  readonly span: Span
  readonly path: string
}

/** What the preflight knows of a domain. */
export interface VfioDomain {
  readonly name: string
  readonly file: string
  readonly devices: readonly VfioDevice[]
  /** Where `qemu:commandline` hands QEMU an iommufd object. */
  readonly iommufd: Span | undefined
}

/** What drives a PF outside of the given domains. */
export type OutsideDriver = { readonly kind: 'kernel' } | { readonly kind: 'userspace'; readonly token: string }
