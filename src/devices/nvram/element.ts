import { element, type Infer } from '../../codec/element.ts'
import { child } from '../../codec/field.ts'
import { address } from '../../fragments/address.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

export const nvram = element('nvram', 'The memory of a POWER server that outlives a restart.', {
  children: { alias: plainDeviceInfo.alias, address: child(address, { doc: 'Its register on the virtual I/O bus.' }) },
})

export type NvramDevice = Infer<typeof nvram>
