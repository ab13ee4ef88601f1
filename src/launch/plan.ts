import type { CommandLine } from '../argv/command-line.ts'
import type { From } from '../argv/piece.ts'
import type { JsonObject } from '../json/loose.ts'

/** Where a start keeps what it makes. */
export interface LaunchFolders {
  /** The guest's own folder: sockets, keys; made at the start and gone with it. Absolute. */
  readonly runtime: string
  /** What lasts over starts: variables of the firmware, state of the TPM. Absolute. */
  readonly state: string
}

/** What the slices of the domain must know of who starts it. */
export interface LaunchWish extends LaunchFolders {
  /** The start runs as root: it can make taps and bind devices. */
  readonly privileged: boolean
  /** Names what the start makes outside of its folders, such as taps; 8 characters. */
  readonly tag: string
}

/** What a file holds. */
export type Content =
  /** 32 random bytes: the key that the secrets of the command line are sealed with. */
  | { readonly kind: 'master-key' }
  | { readonly kind: 'copy'; readonly of: string }
  /** A secret's bytes; never shown. */
  | { readonly kind: 'secret'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }

interface Because {
  /** What it is for, as a short noun. */
  readonly what: string
  readonly from: From
}

export interface FolderStep extends Because {
  readonly kind: 'folder'
  readonly path: string
  /** It stays when the guest has ended. */
  readonly lasting: boolean
}

export interface FileStep extends Because {
  readonly kind: 'file'
  readonly path: string
  readonly content: Content
  /** It stays when the guest has ended, and is not made again. */
  readonly lasting: boolean
}

/** A command that ends before the next step. */
export interface CommandStep extends Because {
  readonly kind: 'command'
  readonly argv: readonly string[]
  /**
   * A folder that lasts and that it fills: by the name `beside` gives, until it is whole. Not run where it is there already.
   */
  readonly fills?: string
  /** Takes it back when the guest has ended. */
  readonly undo?: readonly string[]
}

/** Where something that lasts is made: it gets its name when it is whole. */
export const beside = (path: string): string => `${path}.new`

/** A process that lives as long as the guest. */
export interface HelperStep extends Because {
  readonly kind: 'helper'
  readonly name: string
  readonly argv: readonly string[]
  /** The socket that it listens on once it is ready. */
  readonly socket: string
  /** It ends by itself when QEMU hangs up. */
  readonly follows: boolean
}

/** A driver that a PCI device of the host is given, and gives back. */
export interface RebindStep extends Because {
  readonly kind: 'rebind'
  /** `0000:03:00.0`. */
  readonly address: string
  readonly driver: string
}

/** A device file that QEMU is handed as an open descriptor. */
export interface DescriptorStep extends Because {
  readonly kind: 'descriptor'
  readonly fd: number
  /** The file; `{ifindex}` stands for the index of `interface`. */
  readonly path: string
  readonly interface?: string
}

export type Step = FolderStep | FileStep | CommandStep | HelperStep | RebindStep | DescriptorStep

/** What must be there before anything is started. */
export interface Need extends Because {
  readonly kind: 'program' | 'readable' | 'writable' | 'folder' | 'pipe' | 'absent' | 'free'
  /** A path, or the name of a program. */
  readonly path: string
  /** What to do where it is not. */
  readonly hint: string
}

/** A command to QEMU's monitor before the guest runs. */
export interface QmpStep extends Because {
  readonly kind: 'qmp'
  readonly execute: string
  readonly arguments?: JsonObject
  /** The arguments hold a secret. */
  readonly secret?: boolean
  /** Refused by QEMU, the start goes on. */
  readonly optional?: boolean
}

/** Processors of the host for a thread of QEMU. */
export interface PinStep extends Because {
  readonly kind: 'pin'
  readonly thread: { readonly vcpu: number } | { readonly iothread: string } | 'emulator'
  /** `0-3,8`. */
  readonly cpus: string
}

/** A virtual CPU that is plugged in once QEMU runs. */
export interface PlugStep extends Because {
  readonly kind: 'plug-cpu'
  readonly vcpu: number
}

export type DialogueStep = QmpStep | PinStep | PlugStep

/** What happens when the guest asks for it. */
export type LifecycleAction = 'destroy' | 'restart' | 'preserve'

export interface Lifecycle {
  readonly poweroff: LifecycleAction
  readonly reboot: LifecycleAction
  readonly crash: LifecycleAction
}

/** Something that is not as libvirt has it. */
export interface Difference extends Because {
  /** `otherwise`: done in another way; `missing`: not done at all; `remark`: the same, and good to know. */
  readonly kind: 'otherwise' | 'missing' | 'remark'
}

/** All that a start of one domain needs beside libvirt; plain data. */
export interface LaunchPlan {
  readonly name: string
  readonly folders: LaunchFolders
  readonly needs: readonly Need[]
  readonly steps: readonly Step[]
  readonly line: CommandLine
  readonly monitor: string
  readonly dialogue: readonly DialogueStep[]
  /** QEMU's name of the serial console's host side. */
  readonly console: string | undefined
  readonly lifecycle: Lifecycle
  readonly differences: readonly Difference[]
}
