import { of, rule } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import type { Section } from '../../../context/unit.ts'
import { defaultRule } from '../../../origin/origin.ts'
import { fillDefaultPorts } from '../../../parts/storage-source/default-ports.ts'
import { emitImage } from '../../../parts/storage-source/opened.ts'
import { flashesOf, openFlashes } from './flash.ts'
import { launchFirmware, moveVariables } from './launch.ts'
import { firmwareFormats, firmwareSelection } from './select.ts'
import { checkFirmware } from './validate.ts'
import { printStore } from './varstore.ts'

/** The firmware that the guest starts with: chosen among the host's, or named by the domain. */
export const firmwareSection = {
  basic: [
    firmwareSelection,
    ...firmwareFormats,
    {
      name: 'firmware/own-variables',
      doc: "Started without libvirt: variables in libvirt's own folder lie in the user's.",
      apply: moveVariables,
    },
    {
      name: 'firmware/ports',
      doc: "The protocol's own port of each server of the variables without one.",
      apply: (context) => {
        const { nvram } = context.definition.os
        if (nvram?.type !== undefined) fillDefaultPorts(nvram, defaultRule('firmware/ports'), context)
      },
    },
  ],
  validate: checkFirmware,
  prepare: openFlashes,
  contribute: (context, { machine }) => {
    const [code, variables] = flashesOf(context)
    const { os } = context.definition
    if (code && os.loader) machine.put('pflash0', code.node, of(os.loader, 'value'))
    if (variables && os.nvram) machine.put('pflash1', variables.node, of(os, 'nvram'))
  },
  argv: {
    flashes: (context, out) => {
      for (const flash of flashesOf(context)) emitImage(flash.opened, out)
    },
    secure: ({ definition: { os } }, out) => {
      if (!os.loader?.secure || os.loader.type !== 'pflash') return
      const from = rule('firmware/secure-flash')
      out.keyValue(
        '-global',
        new Properties()
          .put('driver', 'cfi.pflash01', from)
          .put('property', 'secure', from)
          .put('value', true, of(os.loader, 'secure')),
      )
    },
    bios: ({ definition: { os } }, out) => {
      if (os.loader?.type === 'rom' && os.loader.value !== undefined) {
        out.text('-bios', os.loader.value, of(os.loader, 'value'))
      }
    },
    store: printStore,
  },
  launch: launchFirmware,
} satisfies Section
