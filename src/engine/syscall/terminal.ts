/** The controlling terminal, as a process that makes a call sees it: credentials(7), tty_ioctl(4). */
export interface Terminal {
  /**
   * To be asked before a byte is read from it: 0; −EIO; or −ERESTARTSYS, and a SIGTTIN is on its way to the caller's
   * group. drivers/tty/n_tty.c: job_control()
   */
  mayRead(): number
  /** TIOCGPGRP: "Get the process group ID of the foreground process group on this terminal"; −ENOTTY. */
  foregroundGroup(): number
  /** TIOCSPGRP: 0; −ENOTTY, −EINVAL, −ESRCH, −EPERM; −EIO or −ERESTARTSYS (SIGTTOU) from the background. */
  setForegroundGroup(pgid: number): number
}
