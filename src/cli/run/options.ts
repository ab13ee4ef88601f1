import type { Command } from '@commander-js/extra-typings'

/** The options of every command that starts a domain, or says how. */
export function withLaunch<Args extends unknown[], Opts extends Record<string, unknown>>(command: Command<Args, Opts>) {
  return command
    .option('--emulator <path>', 'the QEMU to run instead of the one that the domain names')
    .option('--runtime-dir <folder>', 'where sockets and keys lie while it runs (default: XDG_RUNTIME_DIR/domxml)')
    .option('--state-dir <folder>', 'where lies what lasts: UEFI variables, TPM state (default: ~/.local/state/domxml)')
    .option('--qemu <version>', 'built-in capability table instead of what the QEMU itself tells')
    .option('--capabilities <file>', 'capability table from a file')
    .option('--libvirt <version>', 'the libvirt whose defaults hold')
    .option('--host <file>', 'facts of the host instead of those of this machine')
    .option('--existing', 'the guest exists: defaults must not change what it sees')
}
