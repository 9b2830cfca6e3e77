// fails: traced: an empty script: hello is never started


// reply calls: 5
// reply greeting: fd_write
// reply length: 13
// reply no-return: proc_exit
