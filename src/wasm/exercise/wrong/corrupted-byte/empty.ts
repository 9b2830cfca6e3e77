// fails: traced: an empty script: desk is never started

// reply noticed: 121
// reply was: S
// reply function: enter
// reply next-file: /desk/3
// reply room: 1
