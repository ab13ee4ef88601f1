import { lastQemuWith } from '../../capabilities/builtin/last-with.ts'
import type { Capabilities, MachineType } from '../../capabilities/capabilities.ts'
import { compareLabels } from '../../capabilities/label.ts'
import { onlyMeant } from '../../diagnostic/suggest.ts'

export interface Missing {
  readonly message: string
  readonly hint: string
  /** The one of its family that comes nearest. */
  readonly instead?: string
  /** The one that was certainly meant. */
  readonly meant?: string
}

interface Versioned {
  readonly name: string
  readonly version: string
}

/** `pc-q35-9.0` is version 9.0 of the family `pc-q35`; `pc-q35-rhel9.4.0` and `pc-q35-noble` are a distribution's. */
const form = /^(.+?)-(\d+(?:\.\d+){1,2}|rhel[\d.]+|[a-z]+(?:-hpb)?)$/

/**
 * Why a QEMU has not a machine type whose family it has, where the name tells: it is too new for this QEMU, QEMU removed
 * it, or a distribution made it. Undefined for any other name.
 */
export function whyMissing(
  name: string,
  machines: readonly MachineType[],
  capabilities: Capabilities,
): Missing | undefined {
  const [, family, version] = form.exec(name) ?? []
  if (family === undefined || version === undefined) return undefined
  const own = machines.flatMap((machine): Versioned[] => {
    const [, ofFamily, ofVersion = ''] = form.exec(machine.name) ?? []
    return ofFamily === family && /^\d/.test(ofVersion) ? [{ name: machine.name, version: ofVersion }] : []
  })
  const sorted = own.sort((a, b) => compareLabels(a.version, b.version))
  const [oldest, newest] = [sorted[0], sorted.at(-1)]
  if (oldest === undefined || newest === undefined) return undefined
  const qemu = `QEMU ${capabilities.label}`
  if (!/^\d/.test(version)) return ofDistribution(name, newest.name, capabilities)
  if (compareLabels(version, newest.version) > 0) {
    return {
      message: `${qemu} does not have the machine type ${name} yet: it comes with QEMU ${version}.`,
      hint: `Use QEMU ${version} or later, or ${newest.name}, the newest that this one has.`,
      instead: newest.name,
    }
  }
  if (compareLabels(version, oldest.version) >= 0) return between(name, version, sorted)
  const last = lastQemuWith(capabilities.arch, name)
  return {
    message: `${qemu} no longer has the machine type ${name}.`,
    hint: `${last === undefined ? 'Use an older QEMU' : `Use QEMU ${last} or older`}, or ${oldest.name}, the oldest that this one has; a guest may notice the difference.`,
    instead: oldest.name,
  }
}

/** A version that there never was: those beside it are the choice. */
function between(name: string, version: string, sorted: readonly Versioned[]): Missing {
  const meant = onlyMeant(
    name,
    sorted.map((it) => it.name),
  )
  if (meant !== undefined)
    return { message: `This QEMU has no machine type ${name}.`, hint: `Did you mean ${meant}?`, instead: meant, meant }
  const major = version.slice(0, version.indexOf('.') + 1)
  const same = sorted.filter((it) => it.version.startsWith(major))
  const next = sorted.findIndex((it) => compareLabels(it.version, version) > 0)
  const choices = same.length > 0 ? same : sorted.slice(next - 1, next + 1)
  return {
    message: `This QEMU has no machine type ${name}.`,
    hint: `It has ${choices.map((it) => it.name).join(', ')}; the newest is ${sorted.at(-1)?.name}.`,
    instead: sorted[next - 1]!.name,
  }
}

function ofDistribution(name: string, newest: string, { arch, recordedOn }: Capabilities): Missing {
  const probe = `domxml capabilities probe /usr/bin/qemu-system-${arch} -o qemu.json`
  return recordedOn === 'host'
    ? {
        message: `This QEMU has no machine type ${name}, which only a distribution's own QEMU has.`,
        hint: `Give the table of that distribution's QEMU, or use ${newest}.`,
        instead: newest,
      }
    : {
        message: `${name} is a machine type of a distribution's own QEMU, and built-in tables know only those of QEMU itself.`,
        hint: `Run \`${probe}\` on the host and give --capabilities qemu.json, or use ${newest}.`,
        instead: newest,
      }
}
