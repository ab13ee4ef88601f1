/** What a key of libvirt's configuration files may hold. */
export type ConfValue = string | number | readonly string[]

/**
 * Reads libvirt's configuration files (`qemu.conf`): `key = "text"`, `key = 1`, `key = [ "a", "b" ]`, comments after
 * `#`. What is none of these is left out; libvirt itself would not start with it.
 */
export function readConf(text: string): ReadonlyMap<string, ConfValue> {
  const values = new Map<string, ConfValue>()
  const entry = /^[ \t]*([A-Za-z][\w.]*)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|-?\d+|\[[^\]]*\])/gm
  for (const [, key = '', raw = ''] of text.matchAll(entry)) values.set(key, parsed(raw))
  return values
}

function parsed(raw: string): ConfValue {
  if (raw.startsWith('[')) return [...raw.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)].map(([, a, b]) => a ?? b ?? '')
  if (/^-?\d+$/.test(raw)) return Number(raw)
  return raw.slice(1, -1).replace(/\\(.)/g, '$1')
}
