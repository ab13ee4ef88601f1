const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
let users = 0

/** Does something without a break: a signal meanwhile ends the process behind it. */
export function whole(work: () => void): void {
  // Node runs a listener only between two pieces of work; while there is one, the signal does not end the process.
  if (users++ === 0) for (const signal of signals) process.on(signal, endBySignal)
  try {
    work()
  } finally {
    // A signal that came is heard in the turn of the event loop that follows: only then nobody listens any more.
    setImmediate(() =>
      setImmediate(() => {
        if (--users === 0) stopListening()
      }),
    )
  }
}

function endBySignal(signal: NodeJS.Signals): void {
  stopListening()
  process.kill(process.pid, signal)
}

function stopListening(): void {
  for (const signal of signals) process.off(signal, endBySignal)
}
