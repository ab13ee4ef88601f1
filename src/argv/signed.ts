/** QEMU's numbers of 64 bits are signed: what passes 2^63 prints as the number below 0 (oracle: 11.3, 12.8). */
export const signed = (value: bigint | undefined): bigint | undefined => value && BigInt.asIntN(64, value)
