import type { Context } from '../../context/context.ts'
import type { Cpu } from './element.ts'

export function validateCpu(context: Context): void {
  const { cpu } = context.definition
  if (cpu === undefined) return
  checkMode(cpu, context)
}

/** What is described here must be what is printed: other modes are refused until they are built. */
function checkMode(cpu: Cpu, context: Context): void {
  if (cpu.mode === 'host-model' || (cpu.mode === 'custom' && cpu.check === 'partial')) {
    context.error({
      code: 'cpu/comparison-not-built',
      message: 'A CPU that is compared with the host cannot be given to QEMU yet.',
      hint: "Use check='none', or host-passthrough.",
      at: cpu,
      when: 'start',
    })
  }
}
