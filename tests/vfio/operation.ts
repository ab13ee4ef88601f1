/** One thing that is done to the guest of the kernel oracle, as the recordings tell it. */
export type Operation =
  | { readonly op: 'bind'; readonly address: string; readonly driver: string }
  /** `driver` is the one into whose `unbind` the address is written. */
  | { readonly op: 'unbind'; readonly address: string; readonly driver: string }
  | { readonly op: 'override'; readonly address: string; readonly driver: string | null }
  | { readonly op: 'numvfs'; readonly address: string; readonly count: number | string }
  | { readonly op: 'option'; readonly enableSriov: boolean }
  /** Through the group; `bare` without giving the group a container. */
  | {
      readonly op: 'open'
      readonly holder: string
      readonly address: string
      readonly name: string
      readonly bare?: boolean
    }
  | { readonly op: 'iommufd'; readonly holder: string; readonly address: string; readonly token?: string }
  | { readonly op: 'close'; readonly holder: string; readonly address: string }
  | {
      readonly op: 'feature'
      readonly holder: string
      readonly address: string
      readonly argsz: number
      readonly flags: number
      readonly token: string
    }
  /** The holder asks to be told when the kernel wants the function back. */
  | { readonly op: 'channel'; readonly holder: string; readonly address: string }
  /** The request that waits is awaited. */
  | { readonly op: 'join' }

/** What the kernel answers: an errno, or that the request waits, and the lines of the log. */
export interface Answer {
  readonly outcome: 'done' | 'refused' | 'waits'
  readonly errno?: string
  readonly log: readonly string[]
}

/** A PCI function of the guest as a recording begins. */
export interface RecordedFunction {
  readonly address: string
  readonly driver?: string
  /** Drivers of the host whose table has the function's id. */
  readonly kernelDrivers: readonly string[]
  readonly iommuGroup: number
  readonly bridge: boolean
  readonly sriov?: {
    readonly totalVfs: number
    readonly driverLimit?: { readonly driver: string; readonly totalVfs: number }
    readonly offset: number
    readonly stride: number
    /** The driver of the host that takes VFs as soon as they are there. */
    readonly vfDriver?: string
  }
}

/** The first line of a recording. */
export interface Beginning {
  readonly kernelVersion: string
  readonly functions: readonly RecordedFunction[]
}

export type RecordedOperation = Operation & Answer
