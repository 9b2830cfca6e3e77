# __linux_signal(signo, siginfo*, context*): the engine calls it between two instructions of anything, a leaf function
# too, and such a one keeps things below its stack pointer. So the pointer is moved before anything else happens, which
# C cannot say. The alternate stack is kept in globals, not in memory: every thread is an instance with its own.
	.globaltype	__stack_pointer, i32

	.globl	__linux_altstack_base
	.globaltype	__linux_altstack_base, i32
__linux_altstack_base:
	.globl	__linux_altstack_size
	.globaltype	__linux_altstack_size, i32
__linux_altstack_size:

	.functype	__linux_signal_stack (i32, i32, i32, i32, i32, i32) -> (i32)
	.functype	__linux_signal_deliver (i32, i32, i32) -> ()

	.hidden	__linux_altstack_set
	.globl	__linux_altstack_set
	.type	__linux_altstack_set,@function
__linux_altstack_set:
	.functype	__linux_altstack_set (i32, i32) -> ()
	local.get	0
	global.set	__linux_altstack_base
	local.get	1
	global.set	__linux_altstack_size
	end_function

	.globl	__linux_signal
	.type	__linux_signal,@function
	.export_name	__linux_signal, __linux_signal
__linux_signal:
	.functype	__linux_signal (i32, i32, i32) -> ()
	.local	i32
	global.get	__stack_pointer
	local.tee	3
	i32.const	128
	i32.sub
	i32.const	-16
	i32.and
	global.set	__stack_pointer
	local.get	0
	local.get	1
	local.get	2
	global.get	__stack_pointer
	global.get	__linux_altstack_base
	global.get	__linux_altstack_size
	call	__linux_signal_stack
	global.set	__stack_pointer
	local.get	0
	local.get	1
	local.get	2
	call	__linux_signal_deliver
	local.get	3
	global.set	__stack_pointer
	end_function
