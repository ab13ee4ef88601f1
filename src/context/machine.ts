import type { PciAddress, PciReservation, PciTopology } from '../address/pci/types.ts'
import type { Arch } from '../capabilities/capabilities.ts'
import type { ControllerOf, SerialModel, SerialTargetType, VideoType } from '../definition.ts'
import type { Dated, Period } from '../release/dated.ts'

/** What a family of machine types has by itself: data, asked by every slice instead of the machine's name. */
export interface Machine extends Period {
  /** Our name of the family, for messages and docs only. */
  readonly family: string
  readonly archs: readonly Arch[]
  /** True for a machine type's name, versioned or not. */
  matches(name: string): boolean
  readonly pci: {
    readonly root: PciTopology['root']
    readonly hostBridges: PciTopology['hostBridges']
    readonly reservations: readonly PciReservation[]
    readonly preferredSlots?: PciTopology['preferredSlots']
    readonly zpci: boolean
    /** Where some devices go if the place is free. */
    readonly usualSlots?: {
      readonly primaryVideo?: readonly PciAddress[]
      readonly ich9Sound?: readonly PciAddress[]
      readonly ich9Usb?: readonly PciAddress[]
    }
    /** Whether the board has PCI libvirt does not know: what needs it is let through, and has no address. */
    readonly unknown?: true
    /** QEMU's name of the root's bus; `pci.0` or `pcie.0` where absent. */
    readonly busName?: string
    /** QEMU's device of the host bridge, where its 64-bit window can be set. */
    readonly hostBridgeDevice?: string
  }
  /** Disk controllers of the board itself, present whether a disk uses them or not. */
  readonly builtInControllers: readonly BuiltInController[]
  /** Where the floppy controller comes from: the board has it, or `-device` adds it; nobody asks where absent. */
  readonly floppyController?: 'built-in' | 'added'
  /** When a floppy drive is refused; never where absent. */
  readonly noFloppy?: Dated<'define' | 'start' | undefined>
  /** The SCSI controller where none is named; else what this QEMU has. */
  readonly scsiModel?: Dated<'virtio-scsi' | 'ibmvscsi' | undefined>
  /** The serial port of the machine's own kind. */
  readonly serial?: { readonly type: SerialTargetType; readonly model: SerialModel }
  /** The TPM of the machine's own kind; tpm-tis where absent. */
  readonly tpm?: 'tpm-spapr'
  /** Parallel ports cannot be had. */
  readonly noParallel?: true
  /** A PS/2 keyboard and mouse are part of the board. */
  readonly ps2: boolean
  /** A screen brings a USB keyboard and mouse where no input device is given. */
  readonly usbInput?: true
  /** A memory balloon is added where the XML says nothing. */
  readonly memballoon: Dated<boolean>
  /** The USB controller added where the XML says nothing; undefined: none. */
  readonly usb: 'add' | 'none'
  /** Model of the added one: the first that QEMU has; none is added where it has none of them. As for any other where absent. */
  readonly usbModels?: readonly UsbModel[] | undefined
  /** Model of a USB controller that names none: the first that QEMU has; PIIX3 where absent. */
  readonly defaultUsbModels?: Dated<readonly UsbModel[]> | undefined
  /** Ahead of those for a guest that is new to libvirt. */
  readonly newGuestUsbModels?: readonly UsbModel[]
  /** No USB controller is added by QEMU itself where the domain has none. */
  readonly legacyFree?: boolean
  /** The graphics card that a screen brings; Cirrus or VGA where absent. */
  readonly video?: readonly VideoType[]
  /** Model of a network card that names none; chosen by what QEMU has where absent. */
  readonly networkModel?: string
  /** The board has virtio-mmio besides: one device there draws the others along. */
  readonly mmio?: true
  /** Where virtio devices go by default. */
  readonly virtioBus: 'pci' | 'ccw' | 'virtio-mmio'
  /** host-model exists for guests of this machine under KVM. */
  readonly hostModel?: true
  /** Processors that the host's can act as, the oldest first: host-model is then the host's CPU in such a mode. */
  readonly compatibleCpus?: readonly string[]
  /** What is plugged at once when CPUs are added; a single CPU where absent. */
  readonly cpuHotplugUnit?: 'core'
  /** How a guest gets the host's CPU where the machine type's own default is that one; passed through where absent. */
  hostCpuMode?(name: string): 'host-model' | 'host-passthrough'
  /** The board describes itself by ACPI tables, in a QEMU too old to tell. */
  readonly acpi: boolean
  /** Existing guests may say ACPI without having it. */
  readonly forgetsAcpi?: true
  /** A guest whose memory can grow gets no NUMA cell of itself. */
  readonly noImplicitCell?: true
  /** Memory can grow in a guest without NUMA cells. */
  readonly growsWithoutCells?: Dated<boolean>
  /** How UEFI and ACPI hang together: which of them does not go without the other. */
  readonly uefi?: 'needed-by-acpi' | 'needs-acpi'
  /** The board has ARM's interrupt controller, its virtual timer and a PCI IOMMU of ARM's. */
  readonly armVirtual?: true
  /** The board has system management mode; `tseg`: with an extended memory for it. */
  readonly smm?: 'plain' | 'tseg'
  /** The chipset takes an IOMMU of Intel's. */
  readonly intelIommu?: true
  /** A PC: I/O APIC, VMware's port, Hyper-V's interfaces. */
  readonly pc?: true
  /** The features of POWER servers: hashed page table, mitigations. */
  readonly power?: true
  /** Model of the panic device the machine always has. */
  readonly panic?: 's390' | 'pseries'
  /** Model of a panic device that names none, where the machine has none of itself; the ISA device where absent. */
  readonly panicModel?: 'pvpanic'
  /** The board takes the ISA watchdog ib700. */
  readonly isaWatchdog?: Dated<boolean>
  /** Model of the watchdog that is part of the chipset. */
  readonly watchdog?: 'itco'
  /** The QOM prefix of the power management device (`PIIX4_PM`, `ICH9-LPC`). */
  readonly powerManagement?: string
}

export type UsbModel = NonNullable<ControllerOf<'usb'>['model']>

export interface BuiltInController {
  readonly type: 'ide' | 'sata' | 'usb' | 'fdc'
  /** The model that takes the place; any where absent. */
  readonly model?: string
  /** False where the place is kept but the controller is added only when wanted. */
  readonly always?: false
  readonly address?: { readonly bus: number; readonly slot: number; readonly function: number }
}
