import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { countOf, type Json, objectOf, objectsOf, textOf } from '../json/loose.ts'
import {
  type Accelerator,
  type AcceleratorTable,
  type Arch,
  type Capabilities,
  capabilitiesOf,
  type GicCapability,
  type SevCapability,
  type SgxCapability,
  versionText,
} from './capabilities.ts'
import { cpuModelsOf, deprecatedOf, hostCpuOf } from './derive-cpu.ts'
import { hypervOf, hypervValuesOf } from './derive-hyperv.ts'
import { machinesOf } from './derive-machines.ts'
import { answerTo, type Dialogue, type Session } from './dialogue.ts'
import { archOfTarget, type Facts, factsOf, type HostAnswers } from './facts.ts'
import type { Flag } from './flags.ts'
import { rowList } from './rows.ts'

export interface Derived {
  readonly capabilities?: Capabilities
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Derives a capability table from what a QEMU answered, recorded or live. `label` is what `--qemu` calls the build;
 * without one it is the version reported. Raises `capabilities/not-a-qemu` where the answers do not say which QEMU
 * it is.
 */
export function derive(dialogue: Dialogue, host: HostAnswers = {}, label?: string): Derived {
  const facts = factsOf(dialogue, host)
  const { version, arch } = facts
  if (version === undefined || arch === undefined) return { diagnostics: [notAQemu(dialogue, version === undefined)] }
  const session = dialogue.sessions[0]
  const sev = sevOf(answerTo(session, { execute: 'query-sev-capabilities' }))
  const sgx = sgxOf(answerTo(session, { execute: 'query-sgx-capabilities' }))
  const hyperv = facts.kvm ? hypervOf(session) : undefined
  const hypervValues = facts.kvm ? hypervValuesOf(session) : undefined
  const capabilities = capabilitiesOf({
    label: label ?? versionText(version),
    version,
    package: facts.package,
    arch,
    flags: flagsOf(facts),
    accelerators: acceleratorsOf(dialogue, facts, arch),
    gic: gicOf(answerTo(session, { execute: 'query-gic-capabilities' })),
    ...(sev && { sev }),
    ...(sgx && { sgx }),
    ...(hyperv && { hyperv }),
    ...(hypervValues && { hypervValues }),
    recordedOn: 'host',
  })
  return { capabilities, diagnostics: [] }
}

/** The flags whose row holds. */
export function flagsOf(facts: Facts): Flag[] {
  return rowList.filter((row) => row.shows.holds(facts)).map((row) => row.flag)
}

function acceleratorsOf(
  dialogue: Dialogue,
  facts: Facts,
  arch: Arch,
): { [accelerator in Accelerator]?: AcceleratorTable } {
  const tables: { [accelerator in Accelerator]?: AcceleratorTable } = {}
  const first: Accelerator = facts.kvm ? 'kvm' : facts.host.hvf ? 'hvf' : 'tcg'
  for (const [index, accelerator] of [first, 'tcg' as const].entries()) {
    const session = dialogue.sessions[index]
    if (session === undefined || tables[accelerator] !== undefined) continue
    const hostCpu = hostCpuOf(session, accelerator)
    const deprecatedFeatures = deprecatedOf(session, accelerator)
    tables[accelerator] = {
      machines: machinesOf(session, arch),
      cpuModels: cpuModelsOf(session, arch),
      ...(hostCpu && { hostCpu }),
      ...(deprecatedFeatures && { deprecatedFeatures }),
    }
  }
  return tables
}

function gicOf(answer: Json | undefined): GicCapability[] {
  const capabilities: GicCapability[] = []
  for (const entry of objectsOf(answer)) {
    const version = gicVersions[countOf(entry.version) ?? 0]
    const [kernel, emulated] = [entry.kernel === true, entry.emulated === true]
    if (version !== undefined) capabilities.push({ version, kernel, emulated })
  }
  return capabilities
}

const gicVersions: { readonly [number: number]: GicCapability['version'] } = { 2: '2', 3: '3', 4: '4' }

function sevOf(answer: Json | undefined): SevCapability | undefined {
  const object = objectOf(answer)
  const [cbitpos, reducedPhysBits] = [countOf(object.cbitpos), countOf(object['reduced-phys-bits'])]
  if (cbitpos === undefined || reducedPhysBits === undefined) return undefined
  const cpu0Id = textOf(object['cpu0-id'])
  return {
    cbitpos,
    reducedPhysBits,
    pdh: textOf(object.pdh) ?? '',
    certChain: textOf(object['cert-chain']) ?? '',
    ...(cpu0Id !== undefined && { cpu0Id }),
  }
}

function sgxOf(answer: Json | undefined): SgxCapability | undefined {
  const object = objectOf(answer)
  const size = countOf(object['section-size'])
  if (size === undefined) return undefined
  return {
    flc: object.flc === true,
    sgx1: object.sgx1 === true,
    sgx2: object.sgx2 === true,
    sectionSizeKiB: Math.floor(size / 1024),
    sections: objectsOf(object.sections).map((section) => ({
      node: countOf(section.node) ?? 0,
      sizeKiB: Math.floor((countOf(section.size) ?? 0) / 1024),
    })),
  }
}

function notAQemu(dialogue: Dialogue, noVersion: boolean): Diagnostic {
  const session: Session | undefined = dialogue.sessions[0]
  const target = textOf(objectOf(answerTo(session, { execute: 'query-target' })).arch)
  const unknown = target !== undefined && archOfTarget(target) === undefined
  return {
    code: 'capabilities/not-a-qemu',
    severity: 'error',
    message: noVersion
      ? 'The answers name no version of QEMU.'
      : unknown
        ? `QEMU's target '${target}' is no known architecture.`
        : 'The answers name no target of QEMU.',
    hint: 'Give a QEMU system emulator, for example /usr/bin/qemu-system-x86_64.',
  }
}
