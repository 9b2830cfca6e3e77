// A sandbox that denies and logs: cp may read what it likes, but write below /tmp only.
//
// Rules of one call are asked in turn, and the first that decides wins. What no rule decides runs
// silently: the sandbox costs one stop per call, and no exit stop at all. It never trusts the guest:
// a path with ".." in it is refused before anybody asks where it leads.
//
// Unlike seccomp, it sees what pointers point to; and unlike a tracer of threads on Linux, it can
// rely on what it saw: nobody else runs while the guest stands at the entry.

import { EACCES, type CallName, type VirtualCall, spawn, virtualize } from "ptrace"

const WRITES = 0x40n | 0x100n | 0x400000n // FD_WRITE, FD_ALLOCATE, FD_FILESTAT_SET_SIZE
const CREAT_OR_TRUNC = 1 | 8
const log: string[] = []

function deny(call: VirtualCall<CallName>, why: string) {
  log.push(`${call.name}: ${why}`)
  call.fail(EACCES)
}

function isWritten({ oflags, fs_rights_base }: { oflags: number; fs_rights_base: bigint }) {
  return (oflags & CREAT_OR_TRUNC) !== 0 || (fs_rights_base & WRITES) !== 0n
}

const { code } = await virtualize(spawn(), {
  path_open: [
    { when: { path: /(^|\/)\.\.(\/|$)/ }, do: (call) => deny(call, `${call.args.path} climbs`) },
    { when: { path: /^tmp\// }, do: (call) => call.run() },
    { when: ({ args }) => isWritten(args), do: (call) => deny(call, `/${call.args.path} for writing`) },
  ],
  path_unlink_file: (call) => deny(call, `/${call.args.path} would be gone`),
  path_rename: (call) => deny(call, `/${call.args.old_path} would become /${call.args.new_path}`),
  path_symlink: (call) => deny(call, `/${call.args.new_path} could lead anywhere`),
  path_link: (call) => deny(call, `/${call.args.new_path} could be a back door`),
})

console.log("denied:", log)
console.log("the guest ended with", code)
