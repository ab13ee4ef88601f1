/** Parts of an element that no command line is made of, and why that is right. */
export interface SilentRow {
  /**
   * Below the slice's element, each with all that is inside: `mirror`, `@snapshot`; `.` at the end: the element
   * itself, without what is inside. What begins with a star and a slash may stand at any depth.
   */
  readonly paths: readonly string[]
  readonly why: string
  /** The section of formatdomain that says what it does, or who was asked. */
  readonly evidence: string
}
