// SPDX-License-Identifier: Apache-2.0
#include "interp/race/trusted.h"

#include <algorithm>
#include <array>

namespace weft {
namespace {

constexpr auto kSynchronise = std::to_array<std::string_view>({
    // musl's atomics, which are functions at -O0, and the accesses to threads_minus_1 in its thread list
    "a_and",
    "a_barrier",
    "a_cas",
    "a_cas_p",
    "a_dec",
    "a_fetch_add",
    "a_fetch_and",
    "a_fetch_or",
    "a_inc",
    "a_or",
    "a_spin",
    "a_store",
    "a_swap",
    "__lock",
    "__unlock",
    "__lockfile",
    "__unlockfile",
    "__timedwait",
    "__timedwait_cp",
    "__wait",
    "__wake",
    "__futexwait",
    "__tl_lock",
    "__tl_sync",
    "__tl_unlock",
    "__vm_wait",
    "__private_cond_signal",
    "_emscripten_thread_exit",
    "__wasi_thread_start_C",
    "wasi_thread_start",
    "cnd_broadcast",
    "cnd_signal",
    "cnd_timedwait",
    "cnd_wait",
    "mtx_lock",
    "mtx_timedlock",
    "mtx_trylock",
    "mtx_unlock",
    "emscripten_futex_wait",
    "emscripten_futex_wake",
    "futex_wait_main_browser_thread",
    "lock",
    "unlock",
    "unlock_requeue",  // static ones of pthread_cond_timedwait.c
    // musl's stdio looks at a stream's lock before it takes it
    "close_file",
    "clearerr",
    "do_getc",
    "do_putc",
    "fclose",
    "feof",
    "ferror",
    "fflush",
    "fgetc",
    "fgets",
    "fputc",
    "fputs",
    "fread",
    "fseek",
    "fseeko",
    "ftell",
    "ftello",
    "fwrite",
    "getc",
    "getchar",
    "locking_getc",
    "locking_putc",
    "perror",
    "putc",
    "putchar",
    "puts",
    "rewind",
    "setvbuf",
    "ungetc",
    "vfprintf",
    "vfscanf",
    "__fseeko",
    "__ftello",
    "__stdio_exit",
    "__stdio_exit_needed",
    "fflush_unlocked",
});
/// pthread_mutex_lock, and what it is called behind its alias: __pthread_mutex_lock.
constexpr auto kSynchronisePrefixes = std::to_array<std::string_view>({
    "pthread_barrier_",
    "pthread_cond_",
    "pthread_create",
    "pthread_detach",
    "pthread_exit",
    "pthread_join",
    "pthread_mutex_",
    "pthread_once",
    "pthread_rwlock_",
    "pthread_spin_",
    "pthread_timedjoin_np",
    "pthread_tryjoin_np",
    "sem_",
});

constexpr auto kAllocate = std::to_array<std::string_view>({
    "aligned_alloc",     "calloc",           "free",      "malloc",        "memalign",
    "posix_memalign",    "realloc",          "dlcalloc",  "dlfree",        "dlmalloc",
    "dlmemalign",        "dlposix_memalign", "dlrealloc", "dispose_chunk", "internal_memalign",
    "prepend_alloc",     "sys_alloc",        "sys_trim",  "tmalloc_large", "tmalloc_small",
    "try_realloc_chunk",
});

bool is_in(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Trust trust_in(std::string_view function) {
  if (is_in(kSynchronise, function)) return Trust::synchronises;
  if (is_in(kAllocate, function)) return Trust::allocates;
  const std::string_view public_name = function.starts_with("__") ? function.substr(2) : function;
  const auto begins = [public_name](std::string_view prefix) { return public_name.starts_with(prefix); };
  if (std::any_of(kSynchronisePrefixes.begin(), kSynchronisePrefixes.end(), begins)) return Trust::synchronises;
  return Trust::none;
}

/// Whether a load into a local is there, and the next instruction that accesses memory, or calls, is a cmpxchg of the
/// same width, behind a use of that local.
bool loads_for_cmpxchg(const Function& function, uint32_t offset) {
  const std::vector<Instr>& body = function.code.body;
  const auto load =
      std::find_if(body.begin(), body.end(), [offset](const Instr& each) { return each.offset == offset; });
  if (load == body.end() || info(load->op).instr_class != InstrClass::load) return false;
  const auto set = load + 1;
  if (set == body.end() || (set->op != Op::local_set && set->op != Op::local_tee)) return false;
  bool used = false;
  for (auto next = set + 1; next != body.end(); ++next) {
    const InstrInfo& row = info(next->op);
    used = used || (next->op == Op::local_get && next->a == set->a);
    if (row.instr_class == InstrClass::atomic_cmpxchg) return used && row.access == info(load->op).access;
    if (row.access != 0 || row.text.find("call") != std::string_view::npos) return false;
  }
  return false;
}

}  // namespace

Trust trust_in(const Module& module, uint32_t function, uint32_t offset) {
  if (const Trust trust = trust_in(module.function_name(function)); trust != Trust::none) return trust;
  const uint32_t imported = module.imported(ExternKind::func);
  const bool loads = loads_for_cmpxchg(module.functions[function - imported], offset);
  return loads ? Trust::synchronises : Trust::none;
}

}  // namespace weft
