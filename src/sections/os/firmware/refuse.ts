/** Reports what a firmware cannot be; the firmware itself is then not said to be missing. */
export type Refuse = (code: string, message: string, hint: string, at?: object, field?: string) => void
