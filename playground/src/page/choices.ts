import { builtinBuilds, describeBuild } from '../../../src/capabilities/builtin.ts'
import { archs } from '../../../src/capabilities/capabilities.ts'
import type { builtinHosts } from '../../../src/host/builtin/index.ts'
import { evidence } from '../../../src/release/choose.ts'
import type { Choices } from '../core/protocol.ts'
import { byId, fillSelect } from './dom.ts'

export type Options = readonly (readonly [value: string, text: string])[]

/** Newest first. */
export const libvirts: Options = [...evidence].reverse().map((name) => [name, name])

/** The QEMUs of an architecture, newest first. */
export function qemusOf(arch: string, hasFile: boolean): Options {
  const builds = builtinBuilds
    .filter((build) => build.arch === arch)
    .map((build) => {
      const label = build.variant === undefined ? build.label : `${build.label}+${build.variant}`
      return [label, describeBuild(build)] as const
    })
    .reverse()
  return [['latest', 'newest'], ...builds, ...(hasFile ? [['file', 'your table'] as const] : [])]
}

const hostNames: { readonly [name in keyof typeof builtinHosts]: string } = {
  generic: 'any fresh one',
  debian13: 'Debian 13',
  fedora: 'Fedora',
}

const hosts = (hasFile: boolean): Options => [
  ...Object.entries(hostNames),
  ...(hasFile ? [['file', 'your host file'] as const] : []),
]

const known = new Set(builtinBuilds.map(({ arch }) => arch))
const architectures: Options = archs.filter((arch) => known.has(arch)).map((arch) => [arch, arch])

/** The four selects above the page. */
export class ChoiceBar {
  readonly #libvirt = byId<HTMLSelectElement>('libvirt')
  readonly #qemu = byId<HTMLSelectElement>('qemu')
  readonly #host = byId<HTMLSelectElement>('host')
  readonly #arch = byId<HTMLSelectElement>('arch')
  #choices: Choices
  #shownArch = ''

  constructor(choices: Choices, changed: () => void, chooseArch: (arch: string) => void) {
    this.#choices = choices
    fillSelect(this.#libvirt, libvirts, choices.libvirt)
    this.#showHosts()
    const take = () => {
      const { hostFile, capabilitiesFile } = this.#choices
      this.#choices = {
        libvirt: this.#libvirt.value,
        qemu: this.#qemu.value,
        host: this.#host.value,
        hostFile,
        capabilitiesFile,
      }
      changed()
    }
    for (const select of [this.#libvirt, this.#qemu, this.#host]) select.addEventListener('change', take)
    this.#arch.addEventListener('change', () => chooseArch(this.#arch.value))
    this.showArch('x86_64')
  }

  get choices(): Choices {
    return this.#choices
  }

  use(choices: Choices): void {
    this.#choices = choices
    this.#libvirt.value = choices.libvirt
    this.#showHosts()
    this.#showQemus(this.#shownArch)
  }

  /** The domain says the architecture; QEMUs are offered for it. */
  showArch(arch: string): void {
    if (arch === this.#shownArch) return
    this.#shownArch = arch
    const offered = architectures.some(([value]) => value === arch)
      ? architectures
      : [...architectures, [arch, arch] as const]
    fillSelect(this.#arch, offered, arch)
    this.#showQemus(arch)
  }

  get qemus(): Options {
    return qemusOf(this.#shownArch, this.#choices.capabilitiesFile !== undefined)
  }

  #showQemus(arch: string): void {
    const options = qemusOf(arch, this.#choices.capabilitiesFile !== undefined)
    const wanted = options.some(([value]) => value === this.#choices.qemu) ? this.#choices.qemu : 'latest'
    fillSelect(this.#qemu, options, wanted)
    this.#choices = { ...this.#choices, qemu: wanted }
  }

  #showHosts(): void {
    fillSelect(this.#host, hosts(this.#choices.hostFile !== undefined), this.#choices.host)
    if (this.#host.value === '') this.#host.value = 'generic'
  }
}
