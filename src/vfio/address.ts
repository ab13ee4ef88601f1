/** The parts of a PCI address; the ranges are 0-0xffffffff, 0-0xff, 0-0x1f, 0-7. */
export interface FunctionAddress {
  readonly domain: number
  readonly bus: number
  readonly slot: number
  readonly function: number
}

const written = /^([0-9a-f]{4,8}):([0-9a-f]{2}):([01][0-9a-f])\.([0-7])$/i

/** Reads `dddd:bb:ss.f`. */
export function parseAddress(text: string): FunctionAddress | undefined {
  const found = written.exec(text)
  if (found === null) return undefined
  const [domain, bus, slot, fn] = found.slice(1).map((part) => Number.parseInt(part, 16))
  return { domain: domain ?? 0, bus: bus ?? 0, slot: slot ?? 0, function: fn ?? 0 }
}
