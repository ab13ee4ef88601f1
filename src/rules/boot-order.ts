import type { Bootable, Context } from '../context/context.ts'

/** A guest boots by the list of <os> or by the order of its devices, never both; no place is given twice. */
export function bootOrder(context: Context): void {
  const [listed] = context.definition.os.boot
  const holders = new Map<number, Bootable>()
  const check = (device: Bootable) => {
    const { boot } = device
    if (boot === undefined) return
    if (listed !== undefined && holders.size === 0) {
      context.error({
        code: 'boot/list-and-order',
        message: 'The guest has a boot list in <os> and devices with a boot order.',
        hint: 'Remove <boot dev> from <os>, or <boot order> from the devices.',
        at: listed,
      })
    }
    if (holders.has(boot.order)) {
      context.error({
        code: 'boot/duplicate-order',
        message: `Two devices have the place ${boot.order} in the boot order.`,
        hint: 'Number the devices 1, 2, 3 …',
        at: boot,
        field: 'order',
      })
    }
    holders.set(boot.order, device)
  }
  context.eachKind((devices) => devices.forEach(check))
}
