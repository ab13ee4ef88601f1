import type { From } from '../argv/piece.ts'
import type {
  Content,
  DialogueStep,
  Difference,
  HelperStep,
  LaunchWish,
  Lifecycle,
  Need,
  PinStep,
  QmpStep,
  Step,
} from './plan.ts'

type HelperWish = Omit<HelperStep, 'kind' | 'what' | 'follows'> & { readonly what?: string; readonly follows?: boolean }

/**
 * What slices write to: each says what its device needs of the host at a start. Folders and needs that two devices share
 * are kept once.
 */
export class LaunchBuilder {
  readonly wish: LaunchWish
  readonly needs: Need[] = []
  readonly steps: Step[] = []
  readonly dialogue: DialogueStep[] = []
  readonly differences: Difference[] = []
  lifecycle: Lifecycle = { poweroff: 'destroy', reboot: 'restart', crash: 'destroy' }
  #console: string | undefined

  constructor(wish: LaunchWish) {
    this.wish = wish
  }

  get console(): string | undefined {
    return this.#console
  }

  /** A folder of the start's own, made where it is not there. */
  folder(path: string, what: string, from: From, lasting = false): void {
    if (this.steps.some((it) => it.kind === 'folder' && it.path === path)) return
    this.steps.push({ kind: 'folder', path, what, from, lasting })
  }

  file(path: string, content: Content, what: string, from: From, lasting = false): void {
    this.steps.push({ kind: 'file', path, content, what, from, lasting })
  }

  /** A command that ends before the next step. */
  command(
    argv: readonly string[],
    what: string,
    from: From,
    more: { readonly fills?: string; readonly undo?: readonly string[] } = {},
  ): void {
    this.program(argv[0] ?? '', what, from)
    this.steps.push({ kind: 'command', argv, what, from, ...more })
  }

  /** A process that must listen before QEMU starts and lives as long as it. */
  helper({ what, follows = true, ...helper }: HelperWish): void {
    this.program(helper.argv[0] ?? '', helper.name, helper.from)
    this.free(helper.socket, helper.from)
    this.steps.push({ kind: 'helper', what: what ?? helper.name, follows, ...helper })
  }

  /** A device that QEMU is handed open, under this number. */
  descriptor(fd: number, path: string, what: string, from: From, ofInterface?: string): void {
    this.steps.push({ kind: 'descriptor', fd, path, what, from, ...(ofInterface && { interface: ofInterface }) })
  }

  rebind(address: string, driver: string, from: From): void {
    this.steps.push({ kind: 'rebind', address, driver, what: `the driver of ${address}`, from })
  }

  program(path: string, what: string, from: From): void {
    this.need({ kind: 'program', path, what, from, hint: 'Install it, or name it by its path.' })
  }

  readable(path: string, what: string, from: From, hint = 'Make it, or name another.'): void {
    this.need({ kind: 'readable', path, what, from, hint })
  }

  writable(path: string, what: string, from: From, hint = 'Make it, name another, or run as its owner.'): void {
    this.need({ kind: 'writable', path, what, from, hint })
  }

  /** The parent folder of something that QEMU makes. */
  placeFor(path: string, what: string, from: From): void {
    const parent = path.slice(0, Math.max(1, path.lastIndexOf('/')))
    if (!parent.startsWith('/')) return
    if (this.steps.some((it) => it.kind === 'folder' && it.path === parent)) return
    this.need({ kind: 'folder', path: parent, what, from, hint: 'Make the folder, or name another.' })
  }

  /** A socket that nobody may listen on yet; it goes with the guest. */
  free(path: string, from: From): void {
    this.need({
      kind: 'free',
      path,
      what: 'a socket of its own',
      from,
      hint: 'End the process that listens on it, or name another.',
    })
  }

  need(need: Need): void {
    if (this.needs.some(({ kind, path }) => kind === need.kind && path === need.path)) return
    this.needs.push(need)
  }

  qmp(step: Omit<QmpStep, 'kind'>): void {
    this.dialogue.push({ kind: 'qmp', ...step })
  }

  pin(thread: PinStep['thread'], cpus: string, from: From): void {
    this.program('taskset', 'pinning of threads', from)
    this.dialogue.push({ kind: 'pin', thread, cpus, what: 'where a thread runs', from })
  }

  /** Something that is done in another way than libvirt does it. */
  otherwise(what: string, from: From): void {
    this.#differs('otherwise', what, from)
  }

  /** Something that only libvirt does; the guest starts without it. */
  missing(what: string, from: From): void {
    this.#differs('missing', what, from)
  }

  /** Something that is as with libvirt, and that a user should know. */
  remark(what: string, from: From): void {
    this.#differs('remark', what, from)
  }

  plugCpu(vcpu: number, from: From): void {
    this.dialogue.push({ kind: 'plug-cpu', vcpu, what: 'a virtual CPU that can be taken away', from })
  }

  #differs(kind: Difference['kind'], what: string, from: From): void {
    if (!this.differences.some((it) => it.what === what)) this.differences.push({ kind, what, from })
  }

  /** The host side of a console; the first that is named is the one that a user is attached to. */
  offerConsole(chardev: string): void {
    this.#console ??= chardev
  }
}
