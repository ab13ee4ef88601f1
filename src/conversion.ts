import type { CommandLine } from './argv/command-line.ts'
import type { Capabilities } from './capabilities/capabilities.ts'
import type { Context } from './context/context.ts'
import type { Diagnostic } from './diagnostic/diagnostic.ts'
import type { Host, Incoming } from './host/host.ts'
import type { LaunchWish } from './launch/plan.ts'
import type { Origins } from './origin/origin.ts'
import type { Purpose } from './pipeline/host-findings.ts'
import type { ParsedDomain } from './pipeline/parse.ts'
import type { Release } from './release/release.ts'

export interface ConvertOptions {
  readonly capabilities: Capabilities
  /**
   * The libvirt whose answers are given; the newest with evidence where absent. What `parseDomain` gave is converted by
   * the release it was read with.
   */
  readonly release?: Release | undefined
  readonly host: Host
  /** The number in paths of the domain's folders; -1, a domain that does not run, where absent. */
  readonly domainId?: number | undefined
  /**
   * The definition is new, as for `virsh define`: defaults may change what the guest sees. True where absent; false for
   * a guest that exists and must not notice a difference (libvirt reads its own definitions so).
   */
  readonly abiUpdate?: boolean | undefined
  /** Nobody named a QEMU: that of this version was chosen for the domain's machine type, which is told as an assumption. */
  readonly assumedQemu?: string | undefined
  /** What the result is for: a command line where absent. Decides what an unknown fact of the host means. */
  readonly purpose?: Purpose | undefined
  /** Only what is wrong with the domain is wanted: neither `xml` nor `argv` is made. */
  readonly findingsOnly?: boolean | undefined
  /** An assumption about the host is an error, and what nobody described as well. */
  readonly strictHost?: boolean | undefined
  /** Images are not looked into, as `virsh domxml-to-native` does it: where a chain ends is known only if the XML says so. */
  readonly unprobed?: boolean | undefined
  /** The line that `virsh domxml-to-native` prints: unprobed, and each network card is rewritten to a tap. */
  readonly native?: boolean | undefined
  /** Built as the target of a migration. */
  readonly incoming?: Incoming | undefined
  /** Set where the domain is started without libvirt; the host is then one of `launchHost`. */
  readonly launch?: LaunchWish | undefined
}

/** A definition that is complete and valid, ready to be formatted or started. */
export interface Completed {
  readonly parsed: ParsedDomain
  /** Undefined where the text cannot be read. */
  readonly context: Context | undefined
  readonly diagnostics: Diagnostic[]
}

export interface Conversion {
  /** All findings in document order; an error's `when` tells the stage that refuses. */
  readonly diagnostics: readonly Diagnostic[]
  /** The complete definition; undefined where it is refused, or where only findings are wanted. */
  readonly xml: string | undefined
  /** Undefined where there is any error, or nothing is to be started. */
  readonly argv: CommandLine | undefined
  readonly text: string
  readonly origins: Origins
}
