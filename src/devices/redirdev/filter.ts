import type { Redirfilter, UsbFilterRule } from '../../definition.ts'

function hex(value: number | undefined, width: number): string {
  return value === undefined ? '-1' : `0x${value.toString(16).toUpperCase().padStart(width, '0')}`
}

function ruleText({ class: deviceClass, vendor, product, version, allow }: UsbFilterRule): string {
  const parts = [hex(deviceClass, 2), hex(vendor, 4), hex(product, 4), hex(version, 4)]
  return `${parts.join(':')}:${allow ? 1 : 0}`
}

/** `class:vendor:product:version:allow`, joined by `|` (QEMU: usb-redir, property `filter`). */
export function filterText(filter: Redirfilter): string {
  return filter.usbdev.map(ruleText).join('|')
}
