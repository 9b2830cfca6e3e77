// What the page says about each guest, and the world it starts in when nobody asks for another.

const poem = `A word is dead
When it is said,
Some say.
I say it just
Begins to live
That day.
`

const home = [
  { path: '/home/poem.txt', text: poem },
  { path: '/home/todo.txt', text: 'trace something\nskip a call\nread ptrace(2)\n' },
  { path: '/home/latest', link: 'todo.txt' },
  { path: '/home/drafts/first.txt', text: 'Once upon a time\n' },
  { path: '/home/drafts/old/zeroth.txt', text: 'Once\n' },
]

/**
 * One entry per guest, in the order of the menu. `files` are made before the start, with the directories above
 * them; `tty` makes descriptors 0 to 2 a terminal; `stdin` is typed there in advance if there is one, else it is
 * all the input there is.
 */
export const catalogue = {
  hello: {
    title: 'Hello, world',
    sentence: 'Writes one line and asks the clock before and after: five calls in all.',
    argv: ['hello'],
    files: [],
  },
  cat: {
    title: 'Copy to standard output',
    sentence: 'Opens a file and copies it out, 4096 bytes at a time, until a read gives nothing.',
    argv: ['cat', '/home/poem.txt'],
    files: [{ path: '/home/poem.txt', text: poem }],
  },
  ls: {
    title: 'List a directory',
    sentence: 'Reads the entries of a directory and asks about each: type, size, time, and where a link leads.',
    argv: ['ls', '-l', '/home'],
    files: home,
  },
  cp: {
    title: 'Copy a file',
    sentence: 'Makes sure that source and target are not one file, then reads and writes in turn.',
    argv: ['cp', '-p', '/home/poem.txt', '/home/copy.txt'],
    files: [{ path: '/home/poem.txt', text: poem }],
  },
  wc: {
    title: 'Count lines, words and bytes',
    sentence: 'Reads to the end and prints three numbers that no call ever told it.',
    argv: ['wc', '/home/poem.txt'],
    files: [{ path: '/home/poem.txt', text: poem }],
  },
  sort: {
    title: 'Sort lines',
    sentence: 'Reads all lines, then writes them in order, up to 16 with one call, from wherever they lie in memory.',
    argv: ['sort', '/home/poem.txt'],
    files: [{ path: '/home/poem.txt', text: poem }],
  },
  patch: {
    title: 'Overwrite in the middle',
    sentence: 'Seeks to the middle of a file, writes five bytes over those that are there, and prints the file.',
    argv: ['patch', '/home/greeting.txt', '7', 'there'],
    files: [{ path: '/home/greeting.txt', text: 'Hello, world, and good day.\n' }],
  },
  notes: {
    title: 'Save what was typed',
    sentence: 'Writes a new file beside the old one and renames it over that: safe, if every call is looked at.',
    argv: ['notes'],
    files: [{ path: '/home/notes.txt', text: 'Old notes.\n' }],
    stdin: 'Bread, and milk.\nAsk Ann about the third chapter; she has not answered yet.\nThe train goes at 17:42.\n',
  },
  calc: {
    title: 'A calculator on the terminal',
    sentence: 'Prompts, waits for a line, answers; lives through errors and ends with its input.',
    argv: ['calc'],
    files: [],
    stdin: '1 + 2\n2 * (3 + 4)\n7 / 0\n',
    tty: true,
  },
  clock: {
    title: 'Two clocks',
    sentence: 'Prints the time of day and a stopwatch side by side, three times, a quarter of a second apart.',
    argv: ['clock', '3'],
    files: [],
  },
  dice: {
    title: 'Dice',
    sentence: 'Throws dice with random bytes, one call per throw, and throws again where a byte would be unfair.',
    argv: ['dice', '5'],
    files: [],
  },
  lotto: {
    title: 'Six of 49',
    sentence: 'Draws lottery numbers: asks for the time, then for random bytes until six numbers are different.',
    argv: ['lotto', '2'],
    files: [],
  },
  nap: {
    title: 'Sleep and wait',
    sentence: 'Sleeps for half a second, then waits for you to type a line, but not for more than two seconds.',
    argv: ['nap'],
    files: [],
    tty: true,
  },
  logd: {
    title: 'A log that rotates',
    sentence: 'Appends each line of its input to /var/log/app.log with the time, and starts a new log at 160 bytes.',
    argv: ['logd', '160'],
    files: [{ path: '/var/log/app.log', text: '2038-01-18T22:00:00Z logd done\n' }],
    stdin: 'disk 88% full\ndisk 91% full\ndisk 92% full\n',
  },
  walk: {
    title: 'Walk a tree',
    sentence: 'Prints a directory with all that is below it; the descriptors count how deep it is.',
    argv: ['walk', '/home'],
    files: home,
  },
  config: {
    title: 'Settings behind two links',
    sentence: 'Follows /etc/app.conf link by link to say where it leads, then opens it and reads its settings.',
    argv: ['config'],
    files: [
      { path: '/etc/app.conf', link: 'app/current.conf' },
      { path: '/etc/app/current.conf', link: 'v2.conf' },
      { path: '/etc/app/v1.conf', text: 'colour = green\nretries = 1\n' },
      { path: '/etc/app/v2.conf', text: '# since Tuesday\ncolour = blue\nretries = 3 # was 1\n' },
    ],
  },
  mole: {
    title: 'A mole below /work',
    sentence: 'Does its work in one directory, and tries thirteen ways out of it: something to try a sandbox on.',
    argv: ['mole', '1', '2', '5', '7'],
    files: [
      { path: '/work/plan.txt', text: 'Dig.\n' },
      { path: '/work/v1..2.txt', text: 'Dig deeper.\n' },
      { path: '/work/box/apple.txt', text: 'An apple.\n' },
      { path: '/work/letter', link: '../secret/key.txt' },
      { path: '/workshop/key.txt', text: 'the key of the workshop\n' },
      { path: '/secret/key.txt', text: 'the key of the house\n' },
      { path: '/etc/motd', text: 'Welcome.\n' },
    ],
  },
  probe: {
    title: 'What can this ptrace do?',
    sentence: 'Lets its tracer find out whether PTRACE_VM is there, as User-Mode Linux and umview do: by trying.',
    argv: ['probe'],
    files: [],
  },
  sh: {
    title: 'A shell',
    sentence: 'Reads commands from the terminal: pipes, redirection, variables, and jobs in the background, with fg and Ctrl-C.',
    argv: ['sh'],
    files: home,
    tty: true,
    sdk: true,
    programs: ['ls', 'cat', 'wc', 'cp', 'hello', 'sleep'],
  },
  strace: {
    title: 'strace, in C',
    sentence: 'Traces a command with PTRACE_SYSCALL, and with -f its children, too: here a shell with a pipeline.',
    argv: ['strace', '-f', 'sh', '-c', 'ls /home | wc'],
    files: home,
    sdk: true,
    programs: ['sh', 'ls', 'wc'],
  },
  family: {
    title: 'Three children',
    sentence: 'Forks three children that do different things, and waits until the last of them is gone.',
    argv: ['family'],
    files: [],
    sdk: true,
    programs: ['hello'],
  },
  alarmed: {
    title: 'Handlers and an alarm',
    sentence: 'Waits three times, and shows what becomes of a call that a signal interrupts.',
    argv: ['alarmed'],
    files: [],
    sdk: true,
  },
  jail: {
    title: 'A filter on itself',
    sentence: 'Gives up calls for good with seccomp: one fails, one asks a tracer, one kills.',
    argv: ['jail'],
    files: [],
    sdk: true,
  },
  crew: {
    title: 'Three threads',
    sentence: 'Counts together in three threads, under a mutex made of a futex.',
    argv: ['crew'],
    files: [],
    sdk: true,
  },
  race: {
    title: 'Two processes, one number',
    sentence: 'Parent and child add to one number in a file. Under most schedules all is well; under some, additions get lost.',
    argv: ['race'],
    files: [{ path: '/home/counter', text: '0\n' }],
    sdk: true,
  },
  sleep: {
    title: 'Sleep',
    sentence: 'Waits so many seconds, in one nanosleep, and nothing else.',
    argv: ['sleep', '2'],
    files: [],
    sdk: true,
  },
  tripwire: {
    title: 'Breakpoints of its own',
    sentence: 'Adds numbers, and sends itself a SIGTRAP at every negative one, as a breakpoint would.',
    argv: ['tripwire', '4', '-2', '10', '-7', '1'],
    files: [],
    sdk: true,
  },
  scribe: {
    title: 'Lines in a ring',
    sentence: 'Shows each line and keeps it in a file; a line that runs over the end of its ring is written in two pieces at once.',
    argv: ['scribe'],
    files: [{ path: '/home/minutes.txt', text: 'Nothing yet.\n' }],
    stdin: 'Ann: call 555-0142 today, and bring the café’s key\n! Ben has lost card 4417 1234\nNext meeting: 3 May, 17:30, room 12, “naïve” plans\n',
  },
  egg: {
    title: 'A kitchen timer',
    sentence: 'Waits three minutes, one at a time, and does not trust a clock that another one contradicts.',
    argv: ['egg', '3'],
    files: [],
  },
  courier: {
    title: 'A letter, and a sealed order',
    sentence: 'Opens a letter by a name in a buffer, makes sure that nobody has touched the buffer, and delivers.',
    argv: ['courier'],
    files: [
      { path: '/post/letter.txt', text: 'Dear Ann, the answer is yes. Ben\n' },
      { path: '/post/returned/to-sender/letter-of-last-week.txt', text: 'Dear Ann, I am not sure yet. Give me a week. Ben\n' },
    ],
  },
  duty: {
    title: 'Signals to itself',
    sentence: 'Raises the signals it is told to, says what it felt, and waits for a relief that nobody sends.',
    argv: ['duty', 'USR1', 'TERM', 'HUP', 'TSTP', 'USR1'],
    files: [],
    sdk: true,
  },
  fenced: {
    title: 'A filter that asks',
    sentence: 'Reads files behind a filter of its own, by which a tracer decides about every file that is opened.',
    argv: ['fenced', '/home/poem.txt', '/home/private/diary.txt', '/home/todo.txt', '/home/nowhere'],
    files: [
      { path: '/home/poem.txt', text: poem },
      { path: '/home/todo.txt', text: 'trace something\nskip a call\nread ptrace(2)\n' },
      { path: '/home/private/diary.txt', text: 'Nobody reads this.\n' },
    ],
    sdk: true,
  },
  vault: {
    title: 'A lock beside a shelf',
    sentence: 'Does its chores in the order it is told, and one of them writes over a byte that is not its own.',
    argv: ['vault', 'dust', 'oil', 'polish', 'dust', 'wind', 'oil'],
    files: [],
  },
  desk: {
    title: 'Four visitors',
    sentence: 'Enters four names into a book and greets them; a mistake is made long before it is noticed.',
    argv: ['desk'],
    files: [
      { path: '/desk/levels', text: 'SGGG\n' },
      { path: '/desk/1', text: 'Ada_Moss\n' },
      { path: '/desk/2', text: 'Jo_Birch\n' },
      { path: '/desk/3', text: 'Li_Reed\n' },
      { path: '/desk/4', text: 'Theodora_Elm\n' },
    ],
  },
}
