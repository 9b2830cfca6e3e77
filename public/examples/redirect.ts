// Another file than the one that was asked for: cat wants its diary, and gets the poem.
//
// Every path is relative to a directory that the program holds a descriptor of: "/home/diary.txt"
// arrives as descriptor 3, which is the root, and "home/diary.txt". `rewrite` puts the longer or
// shorter path below the stack and sets pointer and length. cat never learns of it: what it says
// in an error message is still the name that it knows.

import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn("cat", { argv: ["/home/diary.txt"] }))) {
  if (stop.kind === "syscall-entry" && stop.call.name === "path_open") {
    const { path } = stop.call.args
    console.log("it asks for", path)
    if (path.endsWith("diary.txt")) stop.rewrite({ path: path.replace("diary", "poem") })
  }
  if (stop.kind === "syscall-exit" && stop.call.name === "path_open") {
    console.log("and gets descriptor %d", stop.memory.u32(stop.call.raw.opened_fd ?? 0))
  }
}
