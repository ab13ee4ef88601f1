import { wantsColour } from './report.ts'

/** Where a command prints, and the status it ends with: the process in use, buffers in tests. */
export interface Terminal {
  out(text: string): void
  error(text: string): void
  readonly colourOut: boolean
  readonly colourError: boolean
  /** The status of the process at its end; the gravest that was set stays. */
  end(status: number): void
}

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  get colourOut() {
    return wantsColour(process.stdout)
  },
  get colourError() {
    return wantsColour(process.stderr)
  },
  end: (status) => {
    process.exitCode = Math.max(Number(process.exitCode ?? 0), status)
  },
}
