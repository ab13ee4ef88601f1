/** How a release is written in data: `11.3`, or `11.3.1` where the third number is not 0. */
export type ReleaseName = `${number}.${number}` | `${number}.${number}.${number}`

const form = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/

/** A release of libvirt. `11.3` and `11.3.0` are one; releases compare by their `rank`. */
export class Release {
  readonly major: number
  readonly minor: number
  readonly micro: number
  /** Grows with the version. */
  readonly rank: number

  private constructor(major: number, minor: number, micro: number) {
    this.major = major
    this.minor = minor
    this.micro = micro
    this.rank = (major * 10_000 + minor) * 10_000 + micro
  }

  /** Reads `11.3` or `11.3.0`; undefined where the text is no version. */
  static parse(text: string): Release | undefined {
    const [, major, minor, micro = '0'] = form.exec(text) ?? []
    return major === undefined ? undefined : new Release(Number(major), Number(minor), Number(micro))
  }

  /** A release named in data. */
  static of(name: ReleaseName): Release {
    const release = Release.parse(name)
    if (release === undefined) throw new Error(`${name} is no release`)
    return release
  }

  /** Whether this release is `other` or newer. */
  isAtLeast(other: Release): boolean {
    return this.rank >= other.rank
  }

  toString(): string {
    return this.micro === 0 ? `${this.major}.${this.minor}` : `${this.major}.${this.minor}.${this.micro}`
  }
}
