import { randomBytes } from 'node:crypto'
import type { Arch, Capabilities } from '../../capabilities/capabilities.ts'
import { probeCached } from '../../capabilities/probe/probe-cached.ts'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { emulatorOf, type Host } from '../../host/host.ts'
import type { MasterKey } from '../../host/secrets.ts'
import { type Launched, launch } from '../../launch.ts'
import { parseDomain } from '../../pipeline/parse.ts'
import { archOf, CircumstanceLoader, type CircumstanceOptions } from '../circumstances.ts'
import { readInput } from '../input.ts'
import { type FolderFlags, foldersOf } from './folders.ts'
import { freePorts } from './free-ports.ts'
import { findProgram } from './programs.ts'
import { thisHost } from './this-host.ts'

export interface LaunchFlags extends CircumstanceOptions, FolderFlags {
  readonly emulator?: string | undefined
  readonly existing?: boolean | undefined
}

export interface Loaded extends Launched {
  /** As shown in messages. */
  readonly name: string
  readonly masterKey: MasterKey
}

/** Reads one domain and plans its start on this machine, with the QEMU that is here. */
export async function loadLaunch(file: string, flags: LaunchFlags): Promise<Loaded> {
  const input = await readInput(file)
  const first = parseDomain(input.bytes)
  const arch = archOf(first)
  const described = new CircumstanceLoader(flags)
  const wanted = flags.emulator ?? first.definition?.devices.emulator
  const probed = await probeEmulator(wanted, arch, flags)
  const { capabilities, host: given, notes, release } = await described.load(arch, probed.capabilities)
  const parsed = release.rank === first.release.rank ? first : parseDomain(input.bytes, { release })
  const host: Host = { ...(flags.host === undefined ? thisHost(arch) : given), ...(await hereAndNow(given)) }
  const masterKey = { key: new Uint8Array(randomBytes(32)), iv: new Uint8Array(randomBytes(16)) }
  const { definition } = parsed
  const wish = foldersOf({ name: definition?.name ?? '', uuid: definition?.uuid }, flags)
  const options = { capabilities, host, masterKey, wish, abiUpdate: !flags.existing, emulator: probed.file }
  const launched = launch(parsed, options)
  // The XML is to blame before the QEMU is.
  const diagnostics = [...notes, ...launched.diagnostics]
  const plan = probed.diagnostics.length > 0 ? undefined : launched.plan
  return { ...launched, plan, diagnostics: [...diagnostics, ...probed.diagnostics], name: input.name, masterKey }
}

interface Emulator {
  /** The file that is run; undefined where it is the one that the domain names. */
  readonly file?: string
  readonly capabilities?: Capabilities
  /** Why it cannot be used. */
  readonly diagnostics: readonly Diagnostic[]
}

/** What the QEMU can do that will run the guest; a name is looked up, and no other QEMU is taken than the one named. */
async function probeEmulator(wanted: string | undefined, arch: Arch, flags: LaunchFlags): Promise<Emulator> {
  const usual = emulatorOf({ emulators: {} }, arch)
  const found =
    wanted === undefined ? (findProgram(usual.slice(usual.lastIndexOf('/') + 1)) ?? usual) : findProgram(wanted)
  if (found === undefined || findProgram(found) === undefined) {
    const elsewhere = findProgram(usual.slice(usual.lastIndexOf('/') + 1))
    const hint = elsewhere === undefined ? 'Install QEMU.' : `Run with --emulator ${elsewhere}.`
    const message = `${wanted ?? usual}, the emulator of the domain, is not there.`
    return { diagnostics: [{ code: 'launch/no-emulator', severity: 'error', when: 'start', message, hint }] }
  }
  const file = found === wanted && flags.emulator === undefined ? {} : { file: found }
  if (flags.qemu !== undefined || flags.capabilities !== undefined) return { ...file, diagnostics: [] }
  const { capabilities, diagnostics } = await probeCached(found)
  if (capabilities === undefined) return { diagnostics }
  return { ...file, capabilities, diagnostics: [] }
}

/** Facts of this moment: the time, free ports, the environment. */
async function hereAndNow({ environment }: Host): Promise<Pick<Host, 'clock' | 'autoPorts' | 'environment'>> {
  const now = new Date()
  const { PATH } = process.env
  return {
    clock: { unixTime: Math.floor(now.getTime() / 1000), utcOffsetSeconds: -now.getTimezoneOffset() * 60 },
    autoPorts: await freePorts(),
    environment: PATH === undefined ? environment : { ...environment, PATH },
  }
}
