import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { Disk } from './element.ts'

/** A disk that is a namespace of an NVMe controller, which has the serial number of all of them. */
export const isNamespace = ({ target }: Disk): boolean => target?.bus === 'nvme'

/** `nvme-ns`: namespaces are counted from 1. */
export function nvmeNamespace(disk: Disk, context: Context): Properties {
  const properties = new Properties().put('driver', 'nvme-ns', rule('disk/nvme-namespace'))
  const { address } = disk
  if (address?.type !== 'drive') return properties
  const controller = context.controllerAt('nvme', address.controller)
  return properties
    .put('bus', controller && context.alias(controller), of(address, 'controller'))
    .put('nsid', (address.unit ?? 0) + 1, of(address, 'unit'))
}
