import { PTRACE, PROCESS_VM_WRITEV,
  PTRACE_EVENT, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT } from '../abi/ptrace.ts'
import { CLD, SI, SIGNAL, SYS_SECCOMP, TRAP_TRACE, defaultAction, signalName } from '../abi/signal.ts'
import { ArchCode, EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace, TraceEvent } from '../trace/trace.ts'
import { Mark, answersOf, isEmulation } from './answers.ts'
import { decodeResult, tracedCall, type DecodedResult, type TracedCall } from './call.ts'
import { past, phraseOf } from './phrase.ts'
import { fdNamer } from './provenance.ts'
import { optionsText, offsetText, requestText, signoText } from './request.ts'
import { siCodeText } from './siginfo.ts'
import { deathText, eventText, isTrap, messageText, stopText } from './stop.ts'
import { hexText, plural } from './text.ts'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `ENOSPC, no space left on device`. */
const failureText = ({ errno, message, raw }: DecodedResult): string =>
  errno === undefined
    ? `error ${raw}`
    : `${errno}, ${message === undefined ? '' : message.charAt(0).toLowerCase() + message.slice(1)}`

/** An event in a sentence or two, for the inspector and for those who listen. Empty if there is no such event. */
export const describe = (trace: Trace, seq: Seq): string => {
  const event = trace.event(seq)
  switch (event?.kind) {
    case EventKind.entry:
      return entryText(trace, event)
    case EventKind.exit:
      return exitText(trace, event)
    case EventKind.call: {
      const call = tracedCall(trace, seq, 'after', fdNamer(trace))
      return call === undefined ? '' : `${doneText(call)} Nobody traced it.`
    }
    case EventKind.request:
      return requestSentence(trace, event)
    case EventKind.event:
      return eventSentence(trace, event)
    case EventKind.signal:
      return signalSentence(trace, event)
    case EventKind.group:
      return isTrap(event)
        ? `Is stopped (${eventText(PTRACE_EVENT.PTRACE_EVENT_STOP)}): ${stopText(trace, event)}.`
        : `Has been stopped by ${signalName(event.nr)}, with its whole process. SIGCONT lets it go on.`
    case EventKind.birth: {
      const birth = trace.birthOf(event.pid, seq)
      if ((event.flags & Flag.exec) !== 0) return `Runs another program from here on: ${[birth?.name ?? '', ...(birth?.argv.slice(1) ?? [])].join(' ')}.`
      if ((event.flags & Flag.thread) !== 0) return `Begins as a thread of process ${birth?.parent ?? 0}, whose memory and descriptors it shares.`
      const child = birth !== undefined && birth.parent > 0 ? `, a child of task ${birth.parent}` : ''
      return `Begins as ${birth?.name ?? 'a task'}${child}.`
    }
    case EventKind.death:
      return `Has ended: ${deathText(event.status)}.`
    case EventKind.print:
      return `The script printed: ${trace.text(seq)}`
    case EventKind.failure:
      return `${event.pid === 0 ? 'The run' : 'The script'} failed: ${trace.text(seq)}`
    default:
      return ''
  }
}

/** A call that has run: `Wrote 13 bytes …`, or what it tried and why it failed. */
const doneText = (call: TracedCall): string => {
  const { verb, rest } = phraseOf(call)
  if (call.result.kind !== 'failure') return `${capital(past(verb))} ${rest}.`
  if (call.result.text.startsWith('?'))
    return `Was interrupted when it was to ${verb} ${rest}; it will be restarted or end with EINTR.`
  return `Tried to ${verb} ${rest}: ${failureText(call.result)}.`
}

const entryText = (trace: Trace, { seq }: TraceEvent): string => {
  const names = fdNamer(trace)
  const before = tracedCall(trace, seq, 'before', names)
  if (before === undefined) return ''
  const { verb, rest, undone } = phraseOf(before)
  const answers = answersOf(trace)
  const resume = answers.resumeOf(seq)
  const { outcome } = before
  if (outcome === undefined) {
    if (before.row?.returns === false) return `Is about to ${verb} ${rest}. The call does not come back.`
    return `Is about to ${verb} ${rest}. It has not ${resume > 0 ? 'returned' : 'run'} yet.`
  }
  if (!before.skipped) {
    if (outcome.exit > 0) return `Is about to ${verb} ${rest}. It has not run yet.`
    const after = tracedCall(trace, seq, 'after', names)
    const why =
      (answers.tagsOf(resume) & PTRACE_VM_SKIPEXIT) !== 0
        ? 'The tracer asked for no exit stop.'
        : 'No exit stop follows.'
    return `${doneText(after ?? before)} ${why}`
  }
  const after = tracedCall(trace, seq, 'after', names)
  const follows = outcome.exit > 0 ? `its exit stop follows at ${outcome.exit}` : 'no exit stop follows'
  return `Was to ${verb} ${rest}. ${skippedText(trace, seq, after?.result)}: ${undone}, and ${follows}.`
}

/** Who kept a call from running, and what it returned instead. */
const skippedText = (trace: Trace, entry: Seq, result: DecodedResult | undefined): string => {
  const answers = answersOf(trace)
  const marks = answers.marksOf(entry)
  const resume = answers.resumeOf(entry)
  const emulated =
    (answers.tagsOf(resume) & PTRACE_VM_SKIPCALL) === 0
    && (isEmulation(trace.event(resume)?.nr ?? 0) || ((trace.event(entry)?.flags ?? 0) & Flag.emulated) !== 0)
  const did = [
    ...((marks & Mark.memory) !== 0 ? ['wrote to its memory'] : []),
    ...((marks & Mark.result) !== 0 ? ['set the result'] : []),
    ...((marks & Mark.number) !== 0 ? ['changed the number of the call'] : []),
    ...(emulated ? ['emulates it (SYSEMU)'] : ['skipped it']),
  ]
  const list = did.length === 1 ? did[0] : `${did.slice(0, -1).join(', ')} and ${did.at(-1)}`
  const returned =
    (marks & Mark.result) !== 0 || result === undefined ? '' : `, and it returns ${result.errno ?? result.text}`
  return `The tracer ${list}${returned}`
}

const exitText = (trace: Trace, { seq }: TraceEvent): string => {
  const call = tracedCall(trace, seq, 'after', fdNamer(trace))
  if (call === undefined) return ''
  if (!call.skipped) return doneText(call)
  const { verb, rest, undone } = phraseOf(call)
  return `Was to ${verb} ${rest}, but was not run: ${undone}. It returns ${call.result.errno ?? call.result.text}.`
}

const UNTIL: Readonly<Record<number, string>> = {
  [PTRACE.PTRACE_CONT]: 'run',
  [PTRACE.PTRACE_SYSCALL]: 'run until its next system call stop',
  [PTRACE.PTRACE_SYSVM]: 'run until its next system call stop',
  [PTRACE.PTRACE_SYSEMU]: 'run until its next system call, which will not be run',
  [PTRACE.PTRACE_SYSEMU_SINGLESTEP]: 'make one step; a system call will not be run',
  [PTRACE.PTRACE_SINGLESTEP]: 'make one step',
  [PTRACE.PTRACE_SINGLEBLOCK]: 'run to the end of the block',
  [PTRACE.PTRACE_DETACH]: 'go: it is traced no longer',
}

const place = (addr: number, pid: number): string => `${hexText(addr)} of task ${pid}`

const requestSentence = (trace: Trace, event: TraceEvent): string => {
  const { nr, pid, ret, seq } = event
  const { addr, data, poked } = trace.request(seq)
  if (ret < 0) return `${requestText(nr)} on task ${pid} failed: ${failureText(decodeResult(ArchCode.linux, ret))}.`
  const lets = UNTIL[nr]
  if (lets !== undefined) {
    const tags = answersOf(trace).tagsOf(seq)
    const tag =
      tags === 0
        ? ''
        : (tags & PTRACE_VM_SKIPCALL) !== 0
          ? '; the call at hand is not run and has no exit stop'
          : '; the call at hand has no exit stop'
    const useless =
      tags !== 0 && trace.event(event.link)?.kind !== EventKind.entry && (tags & PTRACE_VM_SKIPCALL) !== 0
        ? ' (but no call is pending here)'
        : ''
    const gives = data === 0 ? '' : `, and gives it ${signoText(data)}`
    return `The tracer lets task ${pid} ${lets}${tag}${useless}${gives}.`
  }
  switch (nr) {
    case PTRACE.PTRACE_POKEUSER:
      return `The tracer sets ${offsetText(addr).replace(/^offsetof\((.*)\)$/, '$1')} of task ${pid} to ${data | 0}.`
    case PTRACE.PTRACE_SETREGS:
    case PTRACE.PTRACE_SETREGSET:
    case PTRACE.PTRACE_SET_SYSCALL_INFO:
      return `The tracer sets registers of task ${pid}.`
    case PTRACE.PTRACE_POKETEXT:
    case PTRACE.PTRACE_POKEDATA:
    case PTRACE.PTRACE_POKECHARDATA:
    case PROCESS_VM_WRITEV:
      return `The tracer writes ${plural(poked?.is.length ?? 4, 'byte')} to ${place(poked?.addr ?? addr, pid)}.`
    case PTRACE.PTRACE_SEIZE:
      return `Task ${pid} is traced from now on, without a stop${data === 0 ? '' : `, with ${optionsText(data)}`}.`
    case PTRACE.PTRACE_ATTACH:
      return `Task ${pid} is traced from now on, and is sent SIGSTOP.`
    case PTRACE.PTRACE_TRACEME:
      return `Task ${pid} asks to be traced by its parent.`
    case PTRACE.PTRACE_SETOPTIONS:
      return `The tracer sets options of task ${pid}: ${optionsText(data)}.`
    case PTRACE.PTRACE_INTERRUPT:
      return `The tracer interrupts task ${pid}.`
    case PTRACE.PTRACE_LISTEN:
      return `The tracer leaves task ${pid} stopped, and listens for what happens to it.`
    case PTRACE.PTRACE_KILL:
      return `The tracer kills task ${pid}.`
    default:
      return `The tracer looks at task ${pid} with ${requestText(nr)}.`
  }
}

const eventSentence = (trace: Trace, event: TraceEvent): string => {
  switch (event.nr) {
    case PTRACE_EVENT.PTRACE_EVENT_FORK:
    case PTRACE_EVENT.PTRACE_EVENT_VFORK:
    case PTRACE_EVENT.PTRACE_EVENT_CLONE:
      return `Has a child, task ${event.ret}, and is stopped inside the call that made it.`
    case PTRACE_EVENT.PTRACE_EVENT_VFORK_DONE:
      return `May go on: its child, task ${event.ret}, has ended or runs another program.`
    case PTRACE_EVENT.PTRACE_EVENT_EXEC:
      return 'Runs a new program, and is stopped inside the call that started it.'
    case PTRACE_EVENT.PTRACE_EVENT_EXIT:
      return `Is about to end with ${messageText(trace, event)}. Its memory can still be read.`
    case PTRACE_EVENT.PTRACE_EVENT_SECCOMP:
      return `A seccomp filter handed the call to the tracer, with data ${event.ret >>> 0}.`
    case PTRACE_EVENT.PTRACE_EVENT_STOP:
      return `Is stopped (${eventText(event.nr)}): ${messageText(trace, event)}.`
    default:
      return `Is stopped by ${eventText(event.nr)}.`
  }
}

const OUTCOMES = {
  term: 'it ends the process',
  core: 'it ends the process',
  stop: 'it stops the process',
  cont: 'it continues the process',
  ignore: 'it is ignored',
} as const

const signalSentence = (trace: Trace, event: TraceEvent): string => {
  const { code, pid, addr } = trace.siginfo(event.seq)
  const name = signalName(event.nr)
  const otherwise = `The tracer decides whether it does; without a handler ${OUTCOMES[defaultAction(event.nr)]}.`
  if (event.nr === SIGNAL.SIGCHLD && code > 0 && code <= CLD.CLD_CONTINUED)
    return `Is about to receive ${name} (${siCodeText(event.nr, code)}): its child, task ${pid}, ${childText(code, addr)}. ${otherwise}`
  if (event.nr === SIGNAL.SIGTRAP && code === TRAP_TRACE) return 'Has made one step (SIGTRAP, TRAP_TRACE), and is stopped again.'
  if (event.nr === SIGNAL.SIGSYS && code === SYS_SECCOMP) return `A seccomp filter refused its call: it is about to receive ${name}. ${otherwise}`
  // "SI_USER with pid 0 marks the automatic SIGSTOP of a new child" (stops.md).
  if (event.nr === SIGNAL.SIGSTOP && code === SI.SI_USER && pid === 0) return 'Is stopped by the SIGSTOP that every new child of a tracee begins with.'
  const from = pid > 0 ? `, sent by ${pid === event.pid ? 'itself' : `task ${pid}`}` : ''
  return `Is about to receive ${name} (${siCodeText(event.nr, code)}${from}). ${otherwise}`
}

/** What a SIGCHLD says of the child: waitid(2), si_code and si_status. */
const childText = (code: number, status: number): string => {
  switch (code) {
    case CLD.CLD_EXITED:
      return `has exited with ${status}`
    case CLD.CLD_KILLED:
      return `was killed by ${signalName(status)}`
    case CLD.CLD_DUMPED:
      return `was killed by ${signalName(status)}, with a core dump`
    case CLD.CLD_TRAPPED:
      return `is in a ptrace-stop (${signalName(status)})`
    case CLD.CLD_STOPPED:
      return `was stopped by ${signalName(status)}`
    default:
      return 'goes on'
  }
}

const thousands = (n: number): string => `${n}`.replace(/\B(?=(\d{3})+$)/g, ',')

/** For a screen reader: where one is, whose event it is, and what happens. */
export const announce = (trace: Trace, seq: Seq): string => {
  const event = trace.event(seq)
  if (event === undefined) return 'No events yet.'
  const name = trace.birthOf(event.pid, seq)?.name
  const task = `Task ${event.pid}${name === undefined ? '' : `, ${name}`}.`
  return `Event ${thousands(seq)} of ${thousands(trace.length)}. ${task} ${describe(trace, seq)}`
}
