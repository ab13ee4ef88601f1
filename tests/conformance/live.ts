import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { printShell } from '../../src/argv/print.ts'
import type { Capabilities } from '../../src/capabilities/capabilities.ts'
import { loadCapabilities } from '../../src/capabilities/load.ts'
import type { Conversion } from '../../src/conversion.ts'
import { convert } from '../../src/convert.ts'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import type { Host } from '../../src/host/host.ts'
import { readHost } from '../../src/host/read.ts'
import { parseDomain } from '../../src/pipeline/parse.ts'
import { Release } from '../../src/release/release.ts'

/** A row of a `live` manifest: what a real libvirt said of a domain. */
export interface LiveRow {
  readonly id: string
  readonly input: string
  readonly kind: 'start' | 'native'
  readonly define: string
  readonly reason?: string
  readonly xml?: string
  readonly args?: string
  readonly domainId?: number
  /** Why the row tells of the machine that it was recorded on, not of libvirt. */
  readonly skip?: string
}

export const liveChecks = ['define', 'xml', 'argv'] as const
export type LiveCheck = (typeof liveChecks)[number]

export interface LiveFailure {
  readonly id: string
  readonly check: LiveCheck
  readonly reason: string
}

export type LiveReport = { readonly [C in LiveCheck]: { passed: number; of: number } } & {
  readonly failed: LiveFailure[]
}

/** What the domains of one recorded machine are converted with. */
export class Machine {
  readonly release: Release
  readonly #folder: string
  readonly #host: string
  readonly #tables = new Map<string, Capabilities | undefined>()
  readonly #hosts = new Map<string, Host>()

  /** @param folder `…/libvirt-11.3`: its name tells the release */
  constructor(folder: string, hostFile?: string) {
    this.#folder = folder
    const release = Release.parse(basename(folder).replace(/^libvirt-/, ''))
    if (release === undefined) throw new Error(`${folder} is not called libvirt-VERSION`)
    this.release = release
    this.#host = readFileSync(hostFile ?? join(folder, 'host.json'), 'utf8')
  }

  table(arch: string): Capabilities | undefined {
    if (!this.#tables.has(arch)) {
      const path = join(this.#folder, 'capabilities', `${arch}.xml`)
      const loaded = existsSync(path) ? loadCapabilities(readFileSync(path, 'utf8')) : undefined
      if (loaded && loaded.capabilities === undefined) throw new Error(`${path}: ${textOf(loaded.diagnostics)}`)
      this.#tables.set(arch, loaded?.capabilities)
    }
    return this.#tables.get(arch)
  }

  host(arch: string): Host {
    let host = this.#hosts.get(arch)
    if (host === undefined) {
      const read = readHost(this.#host, arch)
      if (read.host === undefined) throw new Error(`host.json: ${textOf(read.diagnostics)}`)
      host = read.host
      this.#hosts.set(arch, host)
    }
    return host
  }
}

const textOf = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ message }) => message).join(' ')

/** The answer of this project to a domain on a recorded machine, or why there is none. */
export function convertRow(
  row: Pick<LiveRow, 'kind' | 'domainId'>,
  source: string,
  machine: Machine,
): Conversion | string {
  const parsed = parseDomain(source, { release: machine.release })
  const arch = parsed.definition?.os?.type?.arch ?? 'x86_64'
  const capabilities = machine.table(arch) ?? machine.table('x86_64')
  if (capabilities === undefined) return `no table of ${arch}`
  const host = machine.host(arch)
  try {
    return convert(parsed, {
      capabilities,
      host,
      domainId: row.domainId ?? -1,
      abiUpdate: true,
      native: row.kind === 'native',
    })
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Numbers of descriptors are the running daemon's own; a log breaks lines that `domxml-to-native` prints in one. */
export function withoutNumbers(line: string): string {
  return line
    .replaceAll(' \\\n', ' ')
    .replaceAll(' -', '\n-')
    .replace(/\b(fd|vhostfd)=\d+/g, '$1=N')
    .replace(/\b(fds|vhostfds)=[\d:]+/g, '$1=N:N')
    .replace(/("(?:fd|vhostfd)":)"\d+"/g, '$1"N"')
    .replace(/("(?:fds|vhostfds)":)"[\d:]+"/g, '$1"N:N"')
    .replace(/\/dev\/(fdset|fd)\/\d+/g, '/dev/$1/N')
    .replace(/(-add-fd set=)\d+,fd=\S+?(,|\s)/g, '$1N,fd=N$2')
}

function firstDifference(expected: string, got: string): string {
  const [wanted, have] = [expected.split('\n'), got.split('\n')]
  const at = wanted.findIndex((line, index) => line !== have[index])
  const index = at < 0 ? wanted.length : at
  return `line ${index + 1}: ${wanted[index] ?? '(end)'}\n      got: ${have[index] ?? '(end)'}`
}

const atDefine = ({ severity, when = 'define' }: Diagnostic) => severity === 'error' && when === 'define'

/** Compares every row as the folder's README says; rows without a check do not count in it. */
export function runLive(folder: string, filter: RegExp, hostFile?: string): LiveReport {
  const machine = new Machine(folder, hostFile)
  const rows: readonly LiveRow[] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const report: LiveReport = {
    define: { passed: 0, of: 0 },
    xml: { passed: 0, of: 0 },
    argv: { passed: 0, of: 0 },
    failed: [],
  }
  const read = (file: string) => readFileSync(join(folder, 'cases', file), 'utf8')
  for (const row of rows) {
    if (row.skip !== undefined || !filter.test(row.id)) continue
    const outcome = convertRow(row, read(row.input), machine)
    const count = (check: LiveCheck, reason: string | undefined) => {
      report[check].of++
      if (reason === undefined) report[check].passed++
      else report.failed.push({ id: row.id, check, reason })
    }
    count('define', defineReason(row, outcome))
    if (row.xml !== undefined)
      count(
        'xml',
        textReason(read(row.xml), outcome, (it) => it.xml),
      )
    if (row.args !== undefined) {
      const printed = (it: Conversion) => it.argv && withoutNumbers(printShell(it.argv))
      count('argv', textReason(withoutNumbers(read(row.args)), outcome, printed))
    }
  }
  return report
}

function defineReason(row: LiveRow, outcome: Conversion | string): string | undefined {
  if (typeof outcome === 'string') return outcome
  const error = outcome.diagnostics.find(atDefine)
  if (row.define === 'ok') return error && `refused: ${error.code}: ${error.message}`
  return error === undefined ? `not refused: ${row.reason ?? row.define}` : undefined
}

function textReason(
  expected: string,
  outcome: Conversion | string,
  textIn: (outcome: Conversion) => string | undefined,
): string | undefined {
  if (typeof outcome === 'string') return outcome
  const got = textIn(outcome)
  if (got === undefined) {
    const error = outcome.diagnostics.find(({ severity }) => severity === 'error')
    return error ? `refused: ${error.code}: ${error.message}` : 'nothing came out'
  }
  return got.trimEnd() === expected.trimEnd() ? undefined : firstDifference(expected, got)
}

export interface LiveOptions {
  readonly filter?: string | undefined
  readonly json?: string | undefined
  readonly host?: string | undefined
}

/** Prints the report, failures first. How many must pass is the caller's to say. */
export function live(folder: string, options: LiveOptions): void {
  const report = runLive(folder, new RegExp(options.filter ?? ''), options.host)
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`)
  for (const { id, check, reason } of report.failed) console.log(`${id}  ${check}  ${reason}`)
  for (const check of liveChecks) console.log(`${check.padEnd(7)} ${report[check].passed} of ${report[check].of}`)
}
