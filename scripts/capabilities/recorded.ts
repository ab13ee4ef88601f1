import { readdirSync, readFileSync } from 'node:fs'
import type { BuiltinBuild } from '../../src/capabilities/builtin/format.ts'
import type { CapabilityTable } from '../../src/capabilities/capabilities.ts'
import { derive } from '../../src/capabilities/derive.ts'
import { dialogueOfRecording } from '../../src/capabilities/dialogue.ts'

/** A table and how `--qemu` names it. */
export interface Recorded {
  readonly build: BuiltinBuild
  readonly table: CapabilityTable
}

/** `caps_9.0.0_x86_64+hvf.replies`: label, architecture, variant. */
const recordingName = /^caps_([\d.]+)_([^+]+?)(?:\+(.+))?\.replies$/

/** The tables of the builds whose dialogues are recorded in a folder of the reference material. */
export function recordedIn(folder: string): Recorded[] {
  return readdirSync(folder).flatMap((file) => {
    const [, label = '', , variant] = recordingName.exec(file) ?? []
    if (label === '') return []
    const dialogue = dialogueOfRecording(readFileSync(`${folder}/${file}`, 'utf8'))
    const { capabilities } = derive(dialogue, { hvf: variant === 'hvf' }, label)
    if (capabilities === undefined) throw new Error(`${file} is no recording`)
    return [{ build: buildOf(capabilities.table, variant), table: capabilities.table }]
  })
}

export function buildOf(table: CapabilityTable, variant?: string): BuiltinBuild {
  const { label, arch, version } = table
  return { label, arch, ...(variant && { variant }), version, package: table.package }
}
