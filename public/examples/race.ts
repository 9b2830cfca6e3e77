// Two processes add to one number in a file: for each addition a read, then a write, and nothing that holds the two
// together.
//
// This run loses nothing, and proves nothing: whose turn it is, and for how long, is the schedule's to say. Choose
// "Try 100 schedules" (Ctrl+Shift+P): it runs this again under a hundred others, and the first that comes to another
// end becomes a branch. Compare that with this run: between a read of the one process and its write you will find what
// the other has added, and what then gets lost.
//
// Nobody stops them here. A stop at every call would give the turn to the other at every call, and lose the race at
// once: put { follow: true } in the place of the mode to see that.

import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn("race"), { mode: "signals" })) {
  if (stop.kind === "exited") console.log(stop.code === 0 ? "Nothing got lost, this time." : "Additions got lost.")
}
