import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Kernel } from './initramfs.ts'

/** What the guest's agent answers to a request. */
export interface Reply {
  readonly outcome: 'done' | 'refused' | 'waits'
  readonly errno: string | undefined
  readonly value: string
  /** What the kernel has logged since the last reply. */
  readonly log: readonly string[]
}

/** Two SR-IOV cards, two functions in one group, and a function that is neither PF nor VF. */
const devices = [
  'intel-iommu,intremap=on,caching-mode=on',
  'pcie-root-port,id=port1,chassis=1,slot=1,addr=3',
  'pcie-root-port,id=port2,chassis=2,slot=2,addr=4',
  'pcie-pci-bridge,id=bridge,addr=5',
  'igb,bus=port1,mac=52:54:00:00:00:01',
  'igb,bus=port2,mac=52:54:00:00:00:02',
  'e1000,bus=bridge,addr=1,mac=52:54:00:00:00:03',
  'e1000,bus=bridge,addr=2,mac=52:54:00:00:00:04',
  'edu,addr=6',
].flatMap((device) => ['-device', device])

/** A guest whose host is busy stands still now and then: its kernel is not to complain of that. */
const patient = 'nowatchdog rcupdate.rcu_cpu_stall_suppress=1'
const commandLine = `console=ttyS0 intel_iommu=on no_timer_check loglevel=4 panic=-1 ${patient}`

const decode = (text: string) =>
  text.replace(/%([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
const encode = (text: string) =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte < 32 || byte > 126 || byte === 37 ? `%${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte),
    )
    .join('')

export interface MachineOptions {
  /** Where Debian's QEMU is unpacked: the machine runs in there. */
  readonly root: string
  readonly kernel: Kernel
  /** Laid over the initramfs. */
  readonly overlays?: readonly string[]
  readonly accel: 'tcg' | 'kvm'
  readonly memory: string
}

/** A guest under QEMU with the agent in it. One request at a time. */
export class Machine {
  private readonly waiting = new Map<number, (reply: Reply) => void>()
  private log: string[] = []
  private last = 0
  private readonly ended: Promise<void>
  private readonly qemu: ChildProcess
  private readonly folder: string

  private constructor(qemu: ChildProcess, folder: string) {
    this.qemu = qemu
    this.folder = folder
    this.ended = new Promise((resolve) => {
      qemu.once('exit', () => resolve())
    })
    createInterface({ input: qemu.stdout! }).on('line', (line) => this.heard(line))
  }

  static async boot({ root, kernel, overlays = [], accel, memory }: MachineOptions): Promise<Machine> {
    const inside = `/oracle-${process.pid}`
    const folder = join(root, inside)
    mkdirSync(folder, { recursive: true })
    copyFileSync(kernel.image, join(folder, 'vmlinuz'))
    const parts = [kernel.initramfs, ...overlays].map((path) => readFileSync(path))
    writeFileSync(join(folder, 'initramfs'), Buffer.concat(parts))
    const qemu = spawn(
      'chroot',
      [
        ...[root, '/usr/bin/qemu-system-x86_64', '-nodefaults', '-display', 'none', '-no-reboot', '-no-user-config'],
        ...[
          '-machine',
          accel === 'kvm' ? 'q35,kernel-irqchip=split' : 'q35',
          '-accel',
          accel,
          '-cpu',
          accel === 'kvm' ? 'host' : 'max',
        ],
        ...['-m', memory, '-smp', '1'],
        ...['-kernel', `${inside}/vmlinuz`, '-initrd', `${inside}/initramfs`],
        ...['-append', commandLine],
        ...['-chardev', `file,id=console,path=${inside}/console`, '-serial', 'chardev:console'],
        ...['-chardev', 'stdio,id=agent,signal=off', '-serial', 'chardev:agent'],
        ...devices,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    const machine = new Machine(qemu, folder)
    const kill = () => qemu.kill('SIGKILL')
    process.once('exit', kill)
    await machine.replyTo(0, 300_000)
    return machine
  }

  private heard(line: string): void {
    if (process.env.KERNEL_ORACLE_TRACE) process.stderr.write(`< ${line}\n`)
    if (line.startsWith('k ')) this.log.push(decode(line.slice(2)))
    if (!line.startsWith('= ')) return
    const [id, outcome, errno, value = ''] = line.slice(2).split('\t')
    const reply = {
      outcome: outcome as Reply['outcome'],
      errno: errno === '-' ? undefined : errno,
      value: decode(value),
      log: this.log,
    }
    this.log = []
    const resolve = this.waiting.get(Number(id))
    this.waiting.delete(Number(id))
    resolve?.(reply)
  }

  private replyTo(id: number, milliseconds: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no answer in ${milliseconds} ms:\n${this.console()}`)),
        milliseconds,
      )
      const gone = () => {
        clearTimeout(late)
        reject(new Error(`QEMU ended:\n${this.console()}`))
      }
      this.qemu.once('exit', gone)
      this.waiting.set(id, (reply) => {
        clearTimeout(late)
        this.qemu.off('exit', gone)
        resolve(reply)
      })
    })
  }

  /** The end of what the guest's kernel printed. */
  console(): string {
    return readFileSync(join(this.folder, 'console'), 'latin1').split('\n').slice(-30).join('\n')
  }

  /** `patience`: after how many milliseconds what has not ended is told to wait. */
  ask(words: readonly string[], patience = 60_000): Promise<Reply> {
    this.last += 1
    const reply = this.replyTo(this.last, patience + 60_000)
    const line = [`${this.last}`, `${patience}`, ...words.map(encode)].join('\t')
    if (process.env.KERNEL_ORACLE_TRACE) process.stderr.write(`> ${line}\n`)
    this.qemu.stdin!.write(`${line}\n`)
    return reply
  }

  async off(): Promise<void> {
    this.qemu.stdin!.write('off\n')
    const late = setTimeout(() => this.qemu.kill('SIGKILL'), 20_000)
    await this.ended
    clearTimeout(late)
    rmSync(this.folder, { recursive: true, force: true })
  }
}
