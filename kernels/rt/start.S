# SPDX-License-Identifier: Apache-2.0
#
# Where a thread begins and ends, and has no stack. The host makes an instance for it whose globals are fresh: its
# __stack_pointer is the main thread's. So no C may run before it has been set, nor after `over` has: then whoever joins
# the thread frees its stack.

	.globaltype __stack_pointer, i32
	.functype __wasm_init_tls (i32) -> ()
	.functype rt_thread_run (i32) -> ()

	.globl wasi_thread_start
	.type wasi_thread_start,@function
wasi_thread_start:                     # id, struct rt_thread*
	.functype wasi_thread_start (i32, i32) -> ()
	local.get 1
	i32.load 0                     # stack_top
	global.set __stack_pointer
	local.get 1
	i32.load 4                     # storage
	call __wasm_init_tls
	local.get 1
	call rt_thread_run
	local.get 1
	i32.const 1
	i32.atomic.store 8             # over; from here on the memory may be somebody else's
	local.get 1
	i32.const -1
	memory.atomic.notify 8         # a waiter that is none of ours looks again and sleeps on
	drop
	end_function
