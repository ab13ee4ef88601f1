/** The numbers of a label, `8.2` or `8.2.0`; undefined where it is none. */
export function numbersOf(label: string): readonly [number, number, number] | undefined {
  const [, major, minor = '0', micro = '0'] = /^v?(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?$/.exec(label.trim()) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor), Number(micro)]
}

/** Negative where `a` is older. Labels that are no versions are equal to all. */
export function compareLabels(a: string, b: string): number {
  const [first, second] = [numbersOf(a), numbersOf(b)]
  if (first === undefined || second === undefined) return 0
  return first[0] - second[0] || first[1] - second[1] || first[2] - second[2]
}
