import { escapeCommas } from '../../argv/key-value.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import { capabilityFlag } from '../../capabilities/origin.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import { spawnsHelper } from '../../context/spawns-helper.ts'
import type { Section } from '../../context/unit.ts'
import { asked } from '../../host/asked.ts'
import { emulatorOf } from '../../host/host.ts'
import { hostFact } from '../../origin/origin.ts'
import { printDeprecation } from './deprecation.ts'
import { launchProcess } from './launch.ts'

/** A path, as the process is started without a shell's search: what else stands there would be a word of its own to one. */
function checkEmulator(context: Context): void {
  const { emulator } = context.devices
  if (!emulator || emulator.startsWith('/')) return
  context.error({
    code: 'process/emulator-path',
    message: 'The emulator is not named by an absolute path.',
    hint: 'Write it from the root on: <emulator>/usr/bin/qemu-system-x86_64</emulator>.',
    at: context.devices,
    field: 'emulator',
  })
}

/** The process itself: environment, binary, monitor, sandbox, and what every guest gets. */
export const processSection = {
  basic: [
    {
      name: 'process/emulator',
      doc: "The host's emulator for the architecture.",
      apply: (context) => {
        const { devices } = context.definition
        if (devices.emulator !== undefined) return
        const path = emulatorOf(context.host, context.arch)
        const { value, origin } = context.ask(asked.emulator(context.arch), path, { at: devices, says: path })
        if (value !== undefined) context.set(devices, 'emulator', value, origin)
      },
    },
  ],
  validate: checkEmulator,
  argv: {
    environment: (context, out) => {
      const { environment } = context.host
      const home = domainDirectory(context)
      const own = rule('process/own-home')
      const passOn = (name: string) => {
        const value = environment[name]
        if (value !== undefined) out.variable(name, value, hostFact(`environment ${name}`))
      }
      out.variable('LC_ALL', 'C', rule('process/plain-locale'))
      passOn('LD_PRELOAD')
      passOn('LD_LIBRARY_PATH')
      out.variable('PATH', environment.PATH ?? '/bin:/usr/bin', hostFact('environment PATH'))
      out.variable('HOME', home, own)
      passOn('USER')
      passOn('LOGNAME')
      passOn('TMPDIR')
      out.variable('XDG_DATA_HOME', `${home}/.local/share`, own)
      out.variable('XDG_CACHE_HOME', `${home}/.cache`, own)
      out.variable('XDG_CONFIG_HOME', `${home}/.config`, own)
      out.binary(context.devices.emulator ?? '', of(context.devices, 'emulator'))
    },
    'user-environment': ({ definition }, out) => {
      for (const env of definition.commandline?.env ?? []) out.variable(env.name, env.value ?? '', of(env, 'value'))
    },
    deprecation: printDeprecation,
    fips: ({ capabilities, host }, out) => {
      if (host.fips && capabilities.has('enable-fips')) out.flag('-enable-fips', hostFact('FIPS mode'))
    },
    incoming: ({ options: { incoming } }, out) => {
      if (incoming === undefined) return
      const uri = incoming.uri === 'stdio' ? `fd:${incoming.fd}` : incoming.uri
      out.text('-incoming', uri, hostFact('source of the migration'))
    },
    'user-arguments': ({ definition }, out) => {
      for (const arg of definition.commandline?.arg ?? []) out.verbatim(arg.value, of(arg, 'value'))
    },
    paused: (_context, out) => out.flag('-S', rule('process/start-paused')),
    'master-key': (context, out) => {
      const from = rule('process/master-key')
      out.object(
        new Properties()
          .put('qom-type', 'secret', from)
          .put('id', 'masterKey0', from)
          .put('format', 'raw', from)
          .put('file', `${domainDirectory(context)}/master-key.aes`, from),
      )
    },
    bare: (_context, out) => {
      out.flag('-no-user-config', rule('process/no-user-config'))
      out.flag('-nodefaults', rule('process/no-defaults'))
    },
    monitor: (context, out) => {
      const from = rule('process/monitor')
      const socket = context.host.resources.chardevUnixListen()
      const target =
        socket === undefined
          ? { text: `path=${escapeCommas(domainDirectory(context))}/monitor.sock`, from }
          : { text: `fd=${socket}`, from: hostFact('descriptor of the monitor') }
      out.option('-chardev', [{ text: 'socket,id=charmonitor,', from }, target, { text: ',server=on,wait=off', from }])
      if (!context.capabilities.has('object-monitor-qmp')) {
        out.text('-mon', 'chardev=charmonitor,id=monitor,mode=control', from)
        return
      }
      const object = capabilityFlag('object-monitor-qmp')
      out.object(
        new Properties()
          .put('qom-type', 'monitor-qmp', object)
          .put('id', 'monitor', object)
          .put('chardev', 'charmonitor', object),
      )
    },
    sandbox: (context, out) => {
      if (context.host.config.seccompSandbox === 0 || !context.capabilities.has('seccomp-sandbox')) return
      // A helper that QEMU starts must not be forbidden, and is set-user-id: no mode of the sandbox lets it.
      if (context.options.launch !== undefined && spawnsHelper(context)) return
      const strict = 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'
      out.text('-sandbox', strict, rule('process/sandbox'))
    },
    messages: (context, out) => {
      if (context.host.config.logTimestamp) out.text('-msg', 'timestamp=on', rule('process/log-timestamp'))
    },
  },
  launch: launchProcess,
} satisfies Section
