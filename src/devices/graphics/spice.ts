import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { hostFact } from '../../origin/origin.ts'
import type { GraphicsOf } from './element.ts'
import { placeKey, portsKey, renderNodeKey } from './prepare.ts'

const channelOptions = { secure: 'tls-channel', insecure: 'plaintext-channel' } as const

/** `-spice`. Source: QEMU's manual, "-spice". */
export function printSpice(device: GraphicsOf<'spice'>, context: Context, out: CommandLineBuilder): void {
  const { config } = context.host
  const properties = new Properties()
  putPlace(properties, device, context)
  if (config.spiceSASL) {
    properties.put('sasl', true, hostFact('SASL of SPICE'))
    out.variable('SASL_CONF_PATH', config.spiceSASLdir, hostFact('SASL of SPICE'))
  }
  const { mouse } = device
  if (mouse) properties.put('agent-mouse', mouse.mode === 'client', of(mouse, 'mode'))
  // A password goes over the monitor, never on the command line.
  if (device.passwd === undefined && config.spicePassword === undefined) {
    properties.put('disable-ticketing', true, rule('graphics/spice-open'))
  }
  const ports = context.start.get(portsKey, device)
  if (ports?.tlsPort) properties.put('x509-dir', config.spiceTLSx509certdir, hostFact('TLS of SPICE'))
  putChannels(properties, device)
  putPicture(properties, device)
  if (device.clipboard?.copypaste === false) {
    properties.put('disable-copy-paste', true, of(device.clipboard, 'copypaste'))
  }
  if (device.filetransfer?.enable === false) {
    properties.put('disable-agent-file-xfer', true, of(device.filetransfer, 'enable'))
  }
  if (device.gl?.enable === true) {
    properties.put('gl', true, of(device.gl, 'enable'))
    const node = context.start.get(renderNodeKey, device)
    if (node) properties.put('rendernode', node.value, node.from)
  }
  properties.put('seamless-migration', true, rule('graphics/seamless-migration'))
  out.keyValue('-spice', properties)
  if (device.keymap !== undefined) out.text('-k', device.keymap, of(device, 'keymap'))
}

function putPlace(properties: Properties, device: GraphicsOf<'spice'>, context: Context): void {
  const place = context.start.need(placeKey, device)
  if (place.kind === 'none') properties.put('port', 0, rule('graphics/listen-nowhere'))
  else if (place.kind === 'unix') {
    properties.put('unix', true, place.path.from).put('addr', place.path.value, place.path.from)
  } else {
    const { port, tlsPort } = context.start.need(portsKey, device)
    if (port) properties.put('port', port.value, port.from)
    if (tlsPort) properties.put('tls-port', tlsPort.value, tlsPort.from)
    if (port || tlsPort) properties.put('addr', place.address.value, place.address.from)
  }
}

function putChannels(properties: Properties, device: GraphicsOf<'spice'>): void {
  const { defaultMode } = device
  if (defaultMode !== undefined && defaultMode !== 'any') {
    properties.put(channelOptions[defaultMode], 'default', of(device, 'defaultMode'))
  }
  for (const channel of device.channel) {
    if (channel.mode !== 'any') properties.put(channelOptions[channel.mode], channel.name, of(channel, 'name', 'mode'))
  }
}

function putPicture(properties: Properties, { image, jpeg, zlib, playback, streaming }: GraphicsOf<'spice'>): void {
  if (image) properties.field('image-compression', image, 'compression')
  if (jpeg) properties.field('jpeg-wan-compression', jpeg, 'compression')
  if (zlib) properties.field('zlib-glz-wan-compression', zlib, 'compression')
  if (playback) properties.field('playback-compression', playback, 'compression')
  if (streaming) properties.field('streaming-video', streaming, 'mode')
}
