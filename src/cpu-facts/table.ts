import type { Period } from '../release/dated.ts'

/**
 * Generated CPU facts of a family of architectures, a line each, words separated by one space. libvirt's map changes with
 * its releases: each map is a list of lines, and a line that several maps have stands once.
 *
 * - a vendor is `NAME ID`: on x86 the CPUID vendor string, on Arm the implementer; `-` where there is none;
 * - a feature is `NAME BIT` and then any of `qemu=NAME` (what QEMU calls it where that is another name), `qemu=` (QEMU
 *   has it not), `alias=A,B`, `unmigratable`. BIT is `LEAF.SUBLEAF.REGISTER.BIT` of CPUID or `msr:INDEX.BIT`, numbers
 *   in hexadecimal but for BIT; `-` where features have no bits;
 * - a model is `NAME VENDOR DECODE IDS` and then its features, those QEMU removed from it with a leading `!`. DECODE
 *   is `h` where a host may be recognised as it, `g` where a guest's host-model may become it; `-` for neither. IDS is
 *   a list of `FAMILY.MODEL` or `FAMILY.MODEL.STEPPINGS` on x86, of `VALUE/MASK` of the processor version elsewhere.
 *   `NAME =OTHER DECODE IDS` is an earlier model of the map with some features more and, after a `-`, some less; IDS may
 *   be `=`.
 *
 * Names hold `%20` for a space.
 */
export interface CpuTable {
  readonly vendors: readonly string[]
  readonly features: readonly string[]
  readonly models: readonly string[]
  /** From the oldest to the newest. */
  readonly maps: readonly CpuMap[]
}

/** What the libvirts of a period know: ranges of lines. */
export interface CpuMap extends Period {
  readonly vendors: string
  readonly features: string
  readonly models: string
}
