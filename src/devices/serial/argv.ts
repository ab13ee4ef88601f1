import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { chardevId, chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import type { Serial } from './element.ts'
import { models } from './models.ts'

/** A port of the board itself is bound by `-serial`, any other is a device. */
export function emitSerial(device: Serial, context: Context, out: CommandLineBuilder): void {
  const use = chardevUse(device, context)
  emitChardev(device, use, context, out)
  const model = device.target?.model
  if (model === undefined || models[model.name].onBoard) {
    out.text('-serial', `chardev:${chardevId(use)}`, rule('serial/board'))
    return
  }
  const properties = new Properties()
    .put('driver', model.name, of(model, 'name'))
    .put('chardev', chardevId(use), use.named)
    .id(device, context)
  if (model.name === 'isa-serial' && device.target) properties.field('index', device.target, 'port')
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
}
