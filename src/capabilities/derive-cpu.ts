import { type Json, type JsonObject, objectOf, objectsOf, textOf, textsOf } from '../json/loose.ts'
import type { Accelerator, Arch, CpuModel, HostCpu, HostCpuProperty } from './capabilities.ts'
import { answerTo, type Question, type Session } from './dialogue.ts'
import { isPower, isX86 } from './table.ts'

/** CPU models of a session, in QEMU's order. */
export function cpuModelsOf(session: Session, arch: Arch): CpuModel[] {
  return objectsOf(answerTo(session, { execute: 'query-cpu-definitions' })).map((entry) => {
    // POWER names its aliases of old with an empty type
    const type = textOf(entry.typename) || undefined
    const blockers = textsOf(entry['unavailable-features'])
    return {
      name: cpuModelName(textOf(entry.name) ?? '', arch),
      ...(type !== undefined && { type }),
      usable: Array.isArray(entry['unavailable-features']) ? (blockers.length > 0 ? 'no' : 'yes') : 'unknown',
      blockers,
      deprecated: entry.deprecated === true,
    }
  })
}

/** libvirt spells the generations of POWER in capitals, QEMU in small letters. */
function cpuModelName(name: string, arch: Arch): string {
  return isPower(arch) && /^power\d+$/.test(name) ? name.toUpperCase() : name
}

/** The model that stands for the host: `host` where hardware runs the guest, else the best that TCG emulates. */
export function hostModelOf(accelerator: Accelerator): 'host' | 'max' {
  return accelerator === 'tcg' ? 'max' : 'host'
}

/** x86 and s390x expand to a model without features and all of them, others to a list of what can be set. */
export function expansionType(arch: Arch): 'static' | 'full' {
  return isX86(arch) || arch === 's390x' ? 'static' : 'full'
}

export function expansion(type: 'static' | 'full', name: string, props?: JsonObject): Question {
  return {
    execute: 'query-cpu-model-expansion',
    arguments: { type, model: props === undefined ? { name } : { name, props } },
  }
}

/** Asks for the host CPU with what would prevent migration; x86 only. */
export const unmigratable: JsonObject = { migratable: false }

/** Asks for the Hyper-V enlightenments too; x86 with KVM only. */
export const hypervPassthrough: JsonObject = { migratable: false, 'hv-passthrough': true }

/**
 * The host CPU: properties in QEMU's order. Where QEMU was asked with and without what prevents migration, values are
 * those of the fuller answer, and a feature is migratable where both answers have it.
 */
export function hostCpuOf(session: Session, accelerator: Accelerator): HostCpu | undefined {
  const name = hostModelOf(accelerator)
  for (const type of ['static', 'full'] as const) {
    const model = modelIn(answerTo(session, expansion(type, name)))
    if (model === undefined) continue
    const fuller = modelIn(answerTo(session, expansion(type, name, unmigratable)))
    return {
      model: textOf(model.name) ?? '',
      migratability: fuller !== undefined,
      properties: propertiesOf(objectOf(model.props), fuller && objectOf(fuller.props)),
    }
  }
  return undefined
}

/** The features a guest is better without, where QEMU tells them (s390x since QEMU 9.1); the full expansion has all. */
export function deprecatedOf(session: Session, accelerator: Accelerator): readonly string[] | undefined {
  const names = objectOf(answerTo(session, expansion('full', hostModelOf(accelerator))))['deprecated-props']
  return Array.isArray(names) ? textsOf(names) : undefined
}

export function modelIn(answer: Json | undefined): JsonObject | undefined {
  return answer === undefined ? undefined : objectOf(objectOf(answer).model)
}

function propertiesOf(migratable: JsonObject, fuller: JsonObject | undefined): HostCpuProperty[] {
  const properties: HostCpuProperty[] = []
  for (const [name, value] of Object.entries(fuller ?? migratable)) {
    if (typeof value === 'boolean') {
      const migrates = fuller !== undefined && value ? { migratable: migratable[name] === true } : {}
      properties.push({ name, type: 'boolean', value, ...migrates })
    } else if (Number.isSafeInteger(value) && typeof value === 'number')
      properties.push({ name, type: 'number', value })
    else if (typeof value === 'string') properties.push({ name, type: 'string', value })
  }
  return properties
}
