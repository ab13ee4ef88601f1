import type { CapabilityDiff, NameDiff } from '../../capabilities/diff.ts'

/** `+` gained, `-` lost, `!` deprecated now; nothing where the tables are equal. */
export function diffText({ flags, machines, cpuModels }: CapabilityDiff): string {
  return [
    section('flags', { ...flags, deprecated: [] }),
    section('machine types', machines),
    section('CPU models', cpuModels),
  ]
    .filter((text) => text !== '')
    .join('\n')
}

function section(title: string, { gained, lost, deprecated }: NameDiff): string {
  const lines = [
    ...gained.map((name) => `+ ${name}\n`),
    ...lost.map((name) => `- ${name}\n`),
    ...deprecated.map((name) => `! ${name} (deprecated)\n`),
  ]
  return lines.length === 0 ? '' : `${title}\n${lines.join('')}`
}
