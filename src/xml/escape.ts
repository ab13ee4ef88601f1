import { own } from '../own.ts'

const SPECIAL = /[<>&'"]/g
const CONTROL = /[^\t\n\r\x20-\uFFFF]/g
const SPECIAL_OR_CONTROL = new RegExp(`${SPECIAL.source}|${CONTROL.source}`)

const REPLACEMENTS: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
}

/**
 * A value as libvirt writes it, in attributes and text alike: the five special characters as references, control
 * characters that XML cannot hold left out; tab and line ends stay as they are.
 */
export function escapeXml(value: string): string {
  if (!SPECIAL_OR_CONTROL.test(value)) return value
  return value.replace(CONTROL, '').replace(SPECIAL, (character) => own(REPLACEMENTS, character)!)
}
