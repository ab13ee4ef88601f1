import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { hostFact } from '../../origin/origin.ts'
import { audiodev } from '../../parts/audio-reference.ts'
import { printTlsCredentials } from '../../parts/tls-credentials.ts'
import type { GraphicsOf } from './element.ts'
import { placeKey, portsKey } from './prepare.ts'

/** QEMU counts displays from here. */
export const firstVncPort = 5900
const credentials = 'vnc-tls-creds0'

/** `-vnc`. Source: QEMU's manual, "-vnc". */
export function printVnc(device: GraphicsOf<'vnc'>, context: Context, out: CommandLineBuilder): void {
  const { config } = context.host
  const properties = new Properties()
  putPlace(properties, device, context)
  properties.field('share', device, 'sharePolicy')
  if (device.passwd !== undefined) properties.put('password', true, of(device, 'passwd'))
  else if (config.vncPassword !== undefined) properties.put('password', true, hostFact('VNC password'))
  properties.field('power-control', device, 'powerControl')
  if (config.vncTLS) {
    const from = hostFact('TLS of VNC')
    printTlsCredentials(
      {
        id: credentials,
        directory: config.vncTLSx509certdir,
        endpoint: 'server',
        verifyPeer: config.vncTLSx509verify,
        owner: device,
        from,
      },
      context,
      out,
    )
    properties.put('tls-creds', credentials, from)
  }
  if (config.vncSASL) {
    properties.put('sasl', true, hostFact('SASL of VNC'))
    out.variable('SASL_CONF_PATH', config.vncSASLdir, hostFact('SASL of VNC'))
  }
  const audio = audiodev(device.audio, context)
  if (audio) properties.put('audiodev', audio.id, audio.from)
  out.keyValue('-vnc', properties, 'display')
  if (device.keymap !== undefined) out.text('-k', device.keymap, of(device, 'keymap'))
}

function putPlace(properties: Properties, device: GraphicsOf<'vnc'>, context: Context): void {
  const place = context.start.need(placeKey, device)
  if (place.kind === 'none') properties.put('display', 'none', rule('graphics/listen-nowhere'))
  else if (place.kind === 'unix') properties.put('vnc', `unix:${place.path.value}`, place.path.from)
  else {
    const { port, websocket } = context.start.need(portsKey, device)
    const { value, from } = place.address
    const address = value.includes(':') ? `[${value}]` : value
    properties.put('display', `${address}:${(port?.value ?? firstVncPort) - firstVncPort}`, from)
    if (websocket) properties.put('websocket', websocket.value, websocket.from)
  }
}
