import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { currentMemory } from './element.ts'

const mebibyte = 1024n
const rounded = startKey<bigint>('memory/rounded')

/** QEMU takes whole MiB only. */
function roundUp(kib: bigint): bigint {
  return ((kib + mebibyte - 1n) / mebibyte) * mebibyte
}

/** The id QEMU expects on the backend that replaces the machine's own RAM. */
function ramId(context: Context): string | undefined {
  const { capabilities, accelerator, definition } = context
  return capabilities.machine(definition.os.type.machine ?? '', accelerator)?.defaultRamId
}

export const memorySection = {
  basic: [
    {
      name: 'memory/current',
      apply: (context) => {
        const { memory, currentMemory: current } = context.definition
        if (memory?.value === undefined || (current?.value !== undefined && current.value <= memory.value)) return
        const made = currentMemory.create({ unit: 'KiB', value: memory.value })
        context.set(context.definition, 'currentMemory', made, defaultRule('memory/current'))
      },
    },
  ],
  validate: (context) => {
    if (!context.definition.memory?.value) {
      context.error({
        code: 'memory/missing',
        message: 'The guest has no memory.',
        hint: "Add <memory unit='GiB'>…</memory>, or memory to its NUMA cells.",
        ...(context.definition.memory && { at: context.definition.memory }),
      })
    }
  },
  prepare: (context) => {
    const { memory } = context.definition
    if (memory?.value !== undefined) context.start.set(rounded, memory, roundUp(memory.value))
  },
  contribute: (context, { machine }) => {
    machine.put(
      'dump-guest-core',
      context.definition.memory?.dumpCore ?? context.host.config.dumpGuestCore,
      rule('memory/dump-core'),
    )
    machine.put('memory-backend', ramId(context), rule('memory/default-ram'))
  },
  argv: {
    size: (context, out) => {
      const { memory } = context.definition
      if (memory === undefined) return
      out.text('-m', `size=${context.start.need(rounded, memory)}k`, of(memory, 'value'))
    },
    backend: (context, out) => {
      const { memory } = context.definition
      const id = ramId(context)
      if (memory === undefined || id === undefined) return
      out.object(
        new Properties()
          .put('qom-type', 'memory-backend-ram', rule('memory/default-ram'))
          .put('id', id, rule('memory/default-ram'))
          .put('size', context.start.need(rounded, memory) * 1024n, of(memory, 'value')),
      )
    },
    overcommit: (_context, out) => out.text('-overcommit', 'mem-lock=off', rule('memory/overcommit')),
  },
} satisfies Section
