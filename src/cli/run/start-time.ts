import { readFileSync } from 'node:fs'

/** When a process was started, in the kernel's ticks since boot (proc(5): stat, field 22); with its id it names a process. */
export function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
