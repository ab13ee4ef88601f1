import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of } from '../../argv/piece.ts'
import { Properties, type PropertyScalar } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { hostFact } from '../../origin/origin.ts'
import { backends } from './backends.ts'
import type { Audio } from './element.ts'

type Stream = NonNullable<Audio['input']>
type Names = readonly (readonly [field: string, property: string])[]

const common: readonly (readonly [keyof Stream & string, string])[] = [
  ['mixingEngine', 'mixing-engine'],
  ['fixedSettings', 'fixed-settings'],
  ['voices', 'voices'],
  ['bufferLength', 'buffer-length'],
]

/** Adds named fields; the tables in `backends.ts` name only fields that hold scalars. */
function putAll(properties: Properties, owner: object, names: Names): Properties {
  for (const [field, property] of names) {
    const value = (owner as { readonly [field: string]: PropertyScalar | undefined })[field]
    properties.put(property, value, of(owner, field as never))
  }
  return properties
}

function streamProperties(stream: Stream | undefined, names: Names): Properties | undefined {
  if (stream === undefined) return undefined
  const properties = putAll(new Properties(), stream, common)
  const { settings } = stream
  if (settings) {
    properties.field('frequency', settings, 'frequency').field('channels', settings, 'channels')
    properties.field('format', settings, 'format')
  }
  putAll(properties, stream, names)
  return properties.size > 0 ? properties : undefined
}

/** `-audiodev`, JSON in every QEMU that libvirt supports. */
export function printAudio(device: Audio, context: Context, out: CommandLineBuilder): void {
  const { driver, own = [], stream = [] } = backends[device.type]
  const properties = new Properties()
    .put('id', `audio${device.id}`, of(device, 'id'))
    .put('driver', driver, of(device, 'type'))
    .field('timer-period', device, 'timerPeriod')
  putAll(properties, device, own)
  properties.put('in', streamProperties(device.input, stream), of(device, 'input'))
  properties.put('out', streamProperties(device.output, stream), of(device, 'output'))
  out.json('-audiodev', properties)
  printEnvironment(device, context, out)
}

/** What a backend takes from the environment instead of an option. */
function printEnvironment(device: Audio, context: Context, out: CommandLineBuilder): void {
  if (device.type === 'sdl' && device.driver !== undefined) {
    out.variable('SDL_AUDIODRIVER', device.driver, of(device, 'driver'))
  }
  if (device.type === 'pipewire') {
    const name = 'PIPEWIRE_RUNTIME_DIR'
    const value = device.runtimeDir ?? context.host.environment[name]
    const from = device.runtimeDir === undefined ? hostFact(`environment ${name}`) : of(device, 'runtimeDir')
    if (value !== undefined) out.variable(name, value, from)
  }
}
