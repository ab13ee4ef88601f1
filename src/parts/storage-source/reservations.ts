import { type From, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import { type Image, storageNode } from './image.ts'

/** The one helper that is started with the guest. */
const managedId = 'pr-helper0'

function reservationsOf({ located }: Image) {
  const { source } = located
  return source !== undefined && 'reservations' in source ? source.reservations : undefined
}

/** A helper that somebody else runs is called after the node of the storage (oracle: 11.3, 12.8). */
const ownId = (image: Image): string => `pr-helper-${storageNode(image)}`

/** QEMU's id of the helper that an image's reservations go through; undefined where it has none. */
export function reservationManager(image: Image): { readonly id: string; readonly from: From } | undefined {
  const reservations = reservationsOf(image)
  if (reservations === undefined) return undefined
  const from = of(reservations, 'managed')
  return { id: reservations.managed ? managedId : ownId(image), from }
}

/** `-object pr-manager-helper` of a helper that somebody else runs. */
export function reservationObject(image: Image): Properties | undefined {
  const reservations = reservationsOf(image)
  if (reservations === undefined || reservations.managed) return undefined
  const { source } = reservations
  return new Properties()
    .put('qom-type', 'pr-manager-helper', rule('storage/reservations'))
    .put('id', ownId(image), rule('storage/reservations'))
    .put('path', source?.path, source ? of(source, 'path') : rule('storage/reservations'))
}

/** `-object pr-manager-helper` of the helper that libvirt starts with the guest. */
export function managedReservationObject(context: Context): Properties {
  const from = rule('storage/managed-reservations')
  return new Properties()
    .put('qom-type', 'pr-manager-helper', from)
    .put('id', managedId, from)
    .put('path', managedReservationSocket(context), from)
}

export function managedReservationSocket(context: Context): string {
  return `${domainDirectory(context)}/${managedId}.sock`
}
