import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { rule } from '../../argv/piece.ts'
import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind, Gate } from '../../context/unit.ts'
import { graphicsClaims } from './claims.ts'
import { dropAnyChannels, fillListen, fillPorts } from './defaults.ts'
import { printDbus, printEglHeadless, printSdl } from './display.ts'
import type { Graphics, GraphicsOf } from './element.ts'
import { launchGraphics } from './launch.ts'
import { prepareGraphics } from './prepare.ts'
import { fillRdpPort, fillRdpPortOld } from './rdp.ts'
import { printSpice } from './spice.ts'
import { checkGraphics, checkScreens } from './validate.ts'
import { printVnc } from './vnc.ts'

type Printer<T extends Graphics['type']> = (device: GraphicsOf<T>, context: Context, out: CommandLineBuilder) => void

/** One printer a type; another hypervisor's has none, nor has RDP, of which QEMU knows nothing. */
const printers: { readonly [T in Graphics['type']]?: Printer<T> } = {
  vnc: printVnc,
  spice: printSpice,
  sdl: printSdl,
  'egl-headless': printEglHeadless,
  dbus: printDbus,
}

export const graphicsKind = {
  defaults: [
    { name: 'graphics/listen', doc: 'Where it listens, said once.', apply: fillListen },
    { name: 'graphics/any-channels', doc: 'A SPICE channel of mode any is dropped.', apply: dropAnyChannels },
    { name: 'graphics/ports', doc: 'No port, -1 and autoport are one thing.', apply: fillPorts },
    {
      name: 'graphics/rdp-port',
      doc: 'The port of an RDP screen is chosen at a start where none is given, or it is -1.',
      until: '12.8',
      apply: fillRdpPortOld,
    },
    {
      name: 'graphics/rdp-port',
      doc: "The port of an RDP screen is chosen at a start where none is given, or it is 0 or -1, but with autoport='no'.",
      since: '12.8',
      apply: fillRdpPort,
    },
  ],
  gates: [
    gate('vnc', 'vnc', 'VNC'),
    gate('spice', 'spice', 'SPICE'),
    gate('sdl', 'sdl', 'SDL window'),
    gate('egl-headless', 'egl-headless', 'OpenGL display without a window'),
    gate('dbus', 'display-dbus', 'display over D-Bus'),
    {
      path: '@powerControl',
      needs: 'vnc-power-control',
      code: 'graphics/power-control-unsupported',
      what: 'power control by VNC clients',
      hint: 'Remove powerControl.',
      when: (device) => (device.type === 'vnc' && device.powerControl !== undefined ? device : undefined),
    },
    {
      path: 'gl',
      needs: 'spice-gl',
      code: 'graphics/spice-gl-unsupported',
      what: 'OpenGL in SPICE',
      hint: 'Remove <gl>.',
      when: (device) => (device.type === 'spice' && device.gl?.enable === true ? device.gl : undefined),
    },
    {
      path: 'gl/@rendernode',
      needs: 'spice-rendernode',
      code: 'graphics/spice-rendernode-unsupported',
      what: 'choice of render node for SPICE',
      hint: 'Remove rendernode.',
      when: (device) =>
        device.type === 'spice' && device.gl?.enable === true && device.gl.rendernode !== undefined
          ? device.gl
          : undefined,
    },
    {
      path: 'gl/@rendernode',
      needs: 'egl-headless.rendernode',
      code: 'graphics/egl-rendernode-unsupported',
      what: 'choice of render node for egl-headless',
      hint: 'Remove <gl>.',
      when: (device) => (device.type === 'egl-headless' && device.gl?.rendernode !== undefined ? device.gl : undefined),
    },
  ],
  check: checkGraphics,
  deviceClaims: graphicsClaims,
  validate: checkScreens,
  prepareDevice: prepareGraphics,
  launchDevice: launchGraphics,
  argv: {
    none: (context, out) => {
      if (context.devices.graphics.length === 0) out.text('-display', 'none', rule('graphics/none'))
    },
    screens: (context, out) => {
      for (const device of context.devices.graphics) {
        const print = printers[device.type] as Printer<Graphics['type']> | undefined
        print?.(device, context, out)
      }
    },
  },
} satisfies DeviceKind<Graphics>

function gate(type: Graphics['type'], needs: Flag, what: string): Gate<Graphics> {
  return {
    path: '@type',
    needs,
    code: `graphics/${type}-unsupported`,
    what,
    hint: 'Use another type of screen.',
    is: type,
  }
}
