import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { machine as hostMachine, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostFacts } from '../../src/host/facts.ts'
import { recordHost } from '../../src/host/record/index.ts'
import { treeReader } from '../../src/host/record/reader.ts'
import { Machine } from '../conformance/live.ts'
import { shared } from '../shared.ts'

/** What a libvirt said of a domain: `ok`, or why it refuses. */
export interface Answer {
  readonly define: string
  /** The completed definition. */
  readonly xml?: string
  /** `ok`, a refusal, or undefined where libvirt ended over the question or its machine cannot tell. */
  readonly native: string | undefined
  readonly args?: string
}

/** Something that answers domains, many at once. */
export interface Oracle {
  ask(domains: readonly string[]): Answer[]
}

/** The folder of a release's oracle, by the name that `../shared/oracle` gives it. */
export const oracleNames: Readonly<Record<string, string>> = { '11.3': 'debian13', '12.8': 'debian-sid' }

const gone =
  /end of file|disconnected|broken pipe|connection reset|cannot recv|keepalive|client socket is closed|^timeout$/i

/** What the oracle's own machine lacks, which says nothing of libvirt. */
const machineLacks =
  /host doesn't support passthrough|assignment is not supported by the host|vhost-scsi device file|No such file or directory|Cannot (?:access|get|open)|unable to (?:access|open)|no network with matching name|Storage pool not found|TLS connection is not available|missing bus\/device information|cannot execute binary/i

const isTold = (native: string | undefined) => native !== undefined && !gone.test(native) && !machineLacks.test(native)

/** The libvirtd of 11.3 uses what it has freed when it builds the line of a host function that stands as a card: mostly it ends. */
const endsDaemon = /<interface type='hostdev'/

/** The version (`11.3`) in what `ask` wrote; undefined where it tells none. */
export function versionIn(answers: string): string | undefined {
  const { _versions = [] }: { _versions?: string[] } = JSON.parse(readFileSync(join(answers, 'result.json'), 'utf8'))
  return /libvirt (\d+\.\d+)/.exec(_versions.join('\n'))?.[1]
}

/** The ports that `virsh domxml-to-native` writes where the host chooses one: it reserves none. */
const nativePorts: HostFacts['autoPorts'] = { vnc: 5900, vncWebsocket: 5700, spice: 5901, spiceTls: 5902 }

/** Writes what `Machine` reads of an oracle into a folder: the tables of its QEMUs, one an architecture, and its file system as the host. */
export function describeOracle(root: string, folder: string): void {
  mkdirSync(join(folder, 'capabilities'), { recursive: true })
  const cache = join(root, 'var/cache/libvirt/qemu/capabilities')
  for (const name of readdirSync(cache).filter((it) => it.endsWith('.xml'))) {
    const arch = /<arch>(.*)<\/arch>/.exec(readFileSync(join(cache, name), 'utf8'))?.[1]
    if (arch !== undefined) copyFileSync(join(cache, name), join(folder, 'capabilities', `${arch}.xml`))
  }
  const { facts } = recordHost(treeReader(root), hostMachine())
  writeFileSync(join(folder, 'host.json'), JSON.stringify({ ...facts, autoPorts: nativePorts }))
}

/** A real libvirt, set up and started by `../shared/oracle`. */
export class RealOracle implements Oracle {
  readonly #name: string
  readonly #root: string
  readonly #work = mkdtempSync(join(tmpdir(), 'domxml-oracle-'))
  #batch = 0

  private constructor(name: string, root: string) {
    this.#name = name
    this.#root = root
  }

  /** The oracle of that name, or what is to be done where there is none. */
  static find(name: string): RealOracle | string {
    const root = join(process.env.ORACLE_HOME ?? join(tmpdir(), 'libvirt-oracle'), name)
    if (shared !== undefined && existsSync(root)) return new RealOracle(name, root)
    return `no oracle in ${root}: ../shared/oracle/setup ${name}, then ../shared/oracle/start ${name} (about 3 minutes and 2.5 GB, as root; ../shared/oracle/README.md)`
  }

  /** Its version (`11.3`), asked of it. */
  version(): string {
    const version = versionIn(this.#run([]))
    if (version === undefined) throw new Error(`the oracle ${this.#name} does not tell its version: is it started?`)
    return version
  }

  /** What domains are converted with to be compared: its own capability tables, and its file system as the host. */
  machine(version: string): Machine {
    const folder = join(this.#work, `libvirt-${version}`)
    describeOracle(this.#root, folder)
    return new Machine(folder)
  }

  ask(domains: readonly string[]): Answer[] {
    if (domains.length === 0) return []
    const folder = join(this.#work, `questions-${this.#batch}`)
    mkdirSync(folder)
    const files = domains.map((text, number) => {
      const file = join(folder, `q${number}.xml`)
      writeFileSync(file, text)
      return file
    })
    const answers = this.#run(files)
    const results: Record<string, { define: string; native?: string }> = JSON.parse(
      readFileSync(join(answers, 'result.json'), 'utf8'),
    )
    const given = (name: string) => {
      const path = join(answers, name)
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined
    }
    const all = domains.map((_, number): Answer => {
      const { define, native } = results[`q${number}`]!
      const [xml, args] = [given(`q${number}.xml`), given(`q${number}.args`)]
      return {
        define,
        ...(xml !== undefined && { xml }),
        native: isTold(native) && !endsDaemon.test(domains[number]!) ? native : undefined,
        ...(args !== undefined && { args }),
      }
    })
    rmSync(folder, { recursive: true })
    rmSync(answers, { recursive: true })
    return all
  }

  close(): void {
    rmSync(this.#work, { recursive: true, force: true })
  }

  #run(files: readonly string[]): string {
    const answers = join(this.#work, `answers-${this.#batch++}`)
    const { status } = spawnSync(join(shared!, 'oracle/ask'), ['--native', this.#name, answers, ...files], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (status !== 0)
      throw new Error(`the oracle ${this.#name} did not answer (its questions: ${files[0] ?? 'none'} …)`)
    return answers
  }
}
