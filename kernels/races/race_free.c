// SPDX-License-Identifier: Apache-2.0
//
// None of these programs has a data race: `weft run --race` must report nothing, in any run. Every idiom of C11
// atomics, pthreads and wait and notify that orders anything is among them.
#include "scenario.h"

// Nothing is shared that is written.
static _Thread_local volatile int own;
static void write_own(void) { own = 1; }
static void read_both(void) { READ(cell), READ(second_cell); }
static void write_first_byte(void) { bytes[0] = 1; }
static void write_second_byte(void) { bytes[1] = 1; }
static void write_low_word(void) { ((volatile int32_t*)&wide_cell)[0] = 1; }
static void write_high_word(void) { ((volatile int32_t*)&wide_cell)[1] = 1; }
static void write_even(void) {
  for (int i = 0; i < 64; i += 2) bytes[i] = 1;
}
static void write_odd(void) {
  for (int i = 1; i < 64; i += 2) bytes[i] = 1;
}
static uint8_t blocks[2][4096];
static volatile size_t block_size = sizeof blocks[0];
static void fill_first(void) { memset(blocks[0], 1, block_size); }
static void fill_second(void) { memset(blocks[1], 1, block_size); }

// Locks.
static void add_locked(void) {
  for (int i = 0; i < 20; ++i) {
    pthread_mutex_lock(&mutex);
    cell = cell + 1;
    pthread_mutex_unlock(&mutex);
  }
}
static void add_if_locked(void) {
  for (int done = 0; done < 20;) {
    if (pthread_mutex_trylock(&mutex) != 0) continue;
    cell = cell + 1;
    pthread_mutex_unlock(&mutex);
    ++done;
  }
}
static void add_if_locked_soon(void) {
  struct timespec deadline;
  clock_gettime(CLOCK_REALTIME, &deadline);
  deadline.tv_sec += 10;
  if (pthread_mutex_timedlock(&mutex, &deadline) != 0) return;
  cell = cell + 1;
  pthread_mutex_unlock(&mutex);
}
static pthread_mutex_t recursive;
static pthread_once_t recursive_once = PTHREAD_ONCE_INIT;
static void make_recursive(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&recursive, &attributes);
}
static void add_locked_twice(void) {
  pthread_once(&recursive_once, make_recursive);
  pthread_mutex_lock(&recursive);
  pthread_mutex_lock(&recursive);
  cell = cell + 1;
  pthread_mutex_unlock(&recursive);
  cell = cell + 1;
  pthread_mutex_unlock(&recursive);
}
static void write_exclusively(void) {
  for (int i = 0; i < 10; ++i) {
    pthread_rwlock_wrlock(&rwlock);
    cell = cell + 1;
    pthread_rwlock_unlock(&rwlock);
  }
}
static void read_together(void) {
  for (int i = 0; i < 10; ++i) {
    pthread_rwlock_rdlock(&rwlock);
    READ(cell);
    pthread_rwlock_unlock(&rwlock);
  }
}
static void write_if_alone(void) {
  if (pthread_rwlock_trywrlock(&rwlock) != 0) return;
  cell = 1;
  pthread_rwlock_unlock(&rwlock);
}
static sem_t semaphore;
static atomic_int semaphore_state;
static void prepare_semaphore(unsigned value) {
  int fresh = 0;
  if (atomic_compare_exchange_strong(&semaphore_state, &fresh, 1)) {
    sem_init(&semaphore, 0, value);
    atomic_store(&semaphore_state, 2);
  }
  await(&semaphore_state, 2);
}
static void add_by_semaphore(void) {
  prepare_semaphore(1);
  sem_wait(&semaphore);
  cell = cell + 1;
  sem_post(&semaphore);
}
static void write_and_post(void) {
  prepare_semaphore(0);
  cell = 1;
  sem_post(&semaphore);
}
static void pend_and_read(void) {
  prepare_semaphore(0);
  sem_wait(&semaphore);
  READ(cell);
}
static void try_and_read(void) {
  prepare_semaphore(0);
  while (sem_trywait(&semaphore) != 0) continue;
  READ(cell);
}
static void write_second_locked(void) {
  pthread_mutex_lock(&mutex);
  pthread_mutex_lock(&second_mutex);
  cell = 1, second_cell = 1;
  pthread_mutex_unlock(&second_mutex);
  pthread_mutex_unlock(&mutex);
}
static void read_second_locked(void) {
  pthread_mutex_lock(&second_mutex);
  READ(second_cell);
  pthread_mutex_unlock(&second_mutex);
}
static void set_and_signal(void) {
  pthread_mutex_lock(&mutex);
  cell = 1;
  pthread_cond_signal(&condition);
  pthread_mutex_unlock(&mutex);
}
static void set_and_broadcast(void) {
  pthread_mutex_lock(&mutex);
  cell = 1;
  pthread_mutex_unlock(&mutex);
  pthread_cond_broadcast(&condition);
}
static void await_condition(void) {
  pthread_mutex_lock(&mutex);
  while (cell == 0) pthread_cond_wait(&condition, &mutex);
  second_cell = cell;
  pthread_mutex_unlock(&mutex);
}
static void await_condition_for_a_while(void) {
  struct timespec deadline;
  clock_gettime(CLOCK_REALTIME, &deadline);
  deadline.tv_sec += 10;
  pthread_mutex_lock(&mutex);
  while (cell == 0 && pthread_cond_timedwait(&condition, &mutex, &deadline) == 0) continue;
  second_cell = cell;
  pthread_mutex_unlock(&mutex);
}
static pthread_barrier_t barrier;
static pthread_once_t barrier_once = PTHREAD_ONCE_INIT;
static void make_barrier(void) { pthread_barrier_init(&barrier, NULL, 2); }
static void write_then_read_other(volatile int32_t* mine, volatile int32_t* others) {
  pthread_once(&barrier_once, make_barrier);
  for (int i = 0; i < 5; ++i) {
    *mine = i;
    pthread_barrier_wait(&barrier);
    READ(*others);
    pthread_barrier_wait(&barrier);
  }
}
static void phases_of_one(void) { write_then_read_other(&cell, &second_cell); }
static void phases_of_other(void) { write_then_read_other(&second_cell, &cell); }
static pthread_once_t once = PTHREAD_ONCE_INIT;
static void initialise(void) { cell = 42; }
static void use_once(void) {
  pthread_once(&once, initialise);
  READ(cell);
}

// Threads.
static void* write_argument(void* argument) {
  *(volatile int*)argument += 1;
  return argument;
}
static void create_and_join(void) {
  pthread_t thread;
  volatile int variable = 1;
  pthread_create(&thread, NULL, write_argument, (void*)&variable);
  pthread_join(thread, NULL);
  READ(variable);
}
static void* create_another(void* argument) {
  pthread_t thread;
  pthread_create(&thread, NULL, write_argument, argument);
  pthread_join(thread, NULL);
  return argument;
}
static void create_a_chain(void) {
  pthread_t thread;
  volatile int variable = 1;
  pthread_create(&thread, NULL, create_another, (void*)&variable);
  pthread_join(thread, NULL);
  READ(variable);
}
static atomic_int detached_done;
static void* work_detached(void* argument) {
  (void)argument;
  cell = 1;
  atomic_store(&detached_done, 1);
  return NULL;
}
static void detach(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work_detached, NULL);
  pthread_detach(thread);
  await(&detached_done, 1);
  READ(cell);
}
static pthread_key_t key;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static void make_key(void) { pthread_key_create(&key, free); }
static void keep_under_key(void) {
  pthread_once(&key_once, make_key);
  volatile int* value = malloc(sizeof *value);
  *value = 1;
  pthread_setspecific(key, (void*)value);
  READ(*(volatile int*)pthread_getspecific(key));
}
static void nothing(void) {}

// C11 atomics.
static void send(void) {
  cell = 42;
  atomic_store_explicit(&flag, 1, memory_order_release);
}
static void receive(void) {
  await(&flag, 1);
  READ(cell);
}
static void send_relaxed(void) {
  cell = 42;
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&flag, 1, memory_order_relaxed);
}
static void receive_relaxed(void) {
  while (atomic_load_explicit(&flag, memory_order_relaxed) != 1) continue;
  atomic_thread_fence(memory_order_acquire);
  READ(cell);
}
static void receive_if_there(void) {
  if (atomic_load(&flag) == 1) READ(cell);
}
static void count(void) {
  for (int i = 0; i < 50; ++i) atomic_fetch_add_explicit(&flag, 1, memory_order_relaxed);
}
static void lock_by_exchange(void) {
  while (atomic_exchange(&flag, 1) != 0) continue;
  cell = cell + 1;
  atomic_store(&flag, 0);
}
static void lock_by_compare_exchange(void) {
  for (int expected = 0; !atomic_compare_exchange_weak(&flag, &expected, 1); expected = 0) continue;
  cell = cell + 1;
  atomic_store(&flag, 0);
}
static atomic_flag simple_lock = ATOMIC_FLAG_INIT;
static void lock_by_flag(void) {
  while (atomic_flag_test_and_set(&simple_lock)) continue;
  cell = cell + 1;
  atomic_flag_clear(&simple_lock);
}
static atomic_int next_ticket, now_served;
static void lock_by_ticket(void) {
  const int ticket = atomic_fetch_add(&next_ticket, 1);
  await(&now_served, ticket);
  cell = cell + 1;
  atomic_store(&now_served, ticket + 1);
}
static atomic_int wants[2];
atomic_int turn;  // not static: clang 14 gives each thread its own, as only one function uses it
static void lock_by_peterson(int self) {
  for (int i = 0; i < 5; ++i) {
    atomic_store(&wants[self], 1);
    atomic_store(&turn, 1 - self);
    while (atomic_load(&wants[1 - self]) && atomic_load(&turn) == 1 - self) continue;
    cell = cell + 1;
    atomic_store(&wants[self], 0);
  }
}
static void peterson_of_one(void) { lock_by_peterson(0); }
static void peterson_of_other(void) { lock_by_peterson(1); }
static void exclude_by_dekker(int self) {
  atomic_store(&wants[self], 1);
  if (atomic_load(&wants[1 - self]) == 0) cell = self;  // one of them, or none
}
static void dekker_of_one(void) { exclude_by_dekker(0); }
static void dekker_of_other(void) { exclude_by_dekker(1); }
static _Atomic(int*) published;
static int published_value;
static void publish(void) {
  published_value = 42;
  atomic_store(&published, &published_value);
}
static void read_published(void) {
  const int* pointer = atomic_load(&published);
  if (pointer != NULL) READ(*(volatile const int*)pointer);
}
static void ping(void) {
  for (int i = 0; i < 20; i += 2) {
    await(&flag, i);
    cell = i;
    atomic_store(&flag, i + 1);
  }
}
static void pong(void) {
  for (int i = 1; i < 20; i += 2) {
    await(&flag, i);
    cell = i;
    atomic_store(&flag, i + 1);
  }
}
static atomic_int passed_on;
static void* pass_on(void* argument) {
  await(&flag, 1);
  atomic_store(&passed_on, 1);
  return argument;
}
static void receive_from_a_third(void) {
  pthread_t third;
  pthread_create(&third, NULL, pass_on, NULL);
  await(&passed_on, 1);
  READ(cell);
  pthread_join(third, NULL);
}
static void add_to_what_is_there(void) {
  await(&flag, 1);
  atomic_fetch_add(&flag, 1);
}
static void* read_behind_the_rmw(void* argument) {
  await(&flag, 2);
  READ(cell);
  return argument;
}
static void send_through_rmw(void) {
  pthread_t third;
  pthread_create(&third, NULL, read_behind_the_rmw, NULL);
  send();
  pthread_join(third, NULL);
}
static atomic_int ring[4];
static atomic_uint ring_begin, ring_end;
static volatile int slots[4];
static void produce(void) {
  for (int i = 0; i < 20; ++i) {
    while (atomic_load(&ring_end) - atomic_load(&ring_begin) == 4) continue;
    slots[atomic_load(&ring_end) % 4] = i;
    atomic_fetch_add(&ring_end, 1);
  }
}
static void consume(void) {
  for (int i = 0; i < 20; ++i) {
    while (atomic_load(&ring_end) == atomic_load(&ring_begin)) continue;
    READ(slots[atomic_load(&ring_begin) % 4]);
    atomic_fetch_add(&ring_begin, 1);
  }
  (void)ring;
}
struct node {
  struct node* next;
  int value;
};
static _Atomic(struct node*) top;
static void push(void) {
  struct node* node = malloc(sizeof *node);
  node->value = 1;
  node->next = atomic_load(&top);
  while (!atomic_compare_exchange_weak(&top, &node->next, node)) continue;
}
static void take_all(void) {
  for (struct node* node = atomic_exchange(&top, NULL); node != NULL;) {
    struct node* next = node->next;
    READ(*(volatile int*)&node->value);
    free(node);
    node = next;
  }
}
static atomic_int sense, arrived;
static void barrier_by_hand(volatile int32_t* mine, volatile int32_t* others) {
  *mine = 1;
  const int before = atomic_load(&sense);
  if (atomic_fetch_add(&arrived, 1) == 1) {
    atomic_store(&arrived, 0);
    atomic_store(&sense, 1 - before);
  } else {
    await(&sense, 1 - before);
  }
  READ(*others);
}
static void sense_of_one(void) { barrier_by_hand(&cell, &second_cell); }
static void sense_of_other(void) { barrier_by_hand(&second_cell, &cell); }
static atomic_int checked;
static void double_check(void) {
  if (atomic_load(&checked) == 0) {
    pthread_mutex_lock(&mutex);
    if (atomic_load(&checked) == 0) {
      cell = 42;
      atomic_store(&checked, 1);
    }
    pthread_mutex_unlock(&mutex);
  }
  READ(cell);
}
static atomic_uint version;
static _Atomic int versioned;
static void write_by_version(void) {
  atomic_fetch_add(&version, 1);
  atomic_store_explicit(&versioned, 1, memory_order_relaxed);
  atomic_fetch_add(&version, 1);
}
static void read_by_version(void) {
  unsigned before;
  do {
    before = atomic_load(&version);
    READ(atomic_load_explicit(&versioned, memory_order_relaxed));
  } while (before % 2 != 0 || atomic_load(&version) != before);
}

// Wait and notify.
static void write_and_notify(void) {
  cell = 42;
  while (__builtin_wasm_memory_atomic_notify((int*)&flag, 1) == 0) continue;
}
static void wait_and_read(void) {
  if (__builtin_wasm_memory_atomic_wait32((int*)&flag, 0, -1) == 0) READ(cell);
}
static void store_and_notify(void) {
  cell = 42;
  atomic_store(&flag, 1);
  __builtin_wasm_memory_atomic_notify((int*)&flag, 1);
}
static void wait_for_the_store(void) {
  while (atomic_load(&flag) == 0) __builtin_wasm_memory_atomic_wait32((int*)&flag, 0, -1);
  READ(cell);
}
static void find_it_changed(void) {
  if (__builtin_wasm_memory_atomic_wait32((int*)&flag, 0, 1000000) == 1) READ(cell);
}
static _Atomic int64_t wide_flag;
static void write_and_notify_64(void) {
  cell = 42;
  while (__builtin_wasm_memory_atomic_notify((int*)&wide_flag, 1) == 0) continue;
}
static void wait_64_and_read(void) {
  if (__builtin_wasm_memory_atomic_wait64((int64_t*)&wide_flag, 0, -1) == 0) READ(cell);
}

// What libc does.
static void print_line(void) {
  for (int i = 0; i < 5; ++i) puts("a line");
}
static void allocate(void) {
  for (size_t i = 1; i < 50; ++i) {
    volatile char* block = malloc(i * 40);
    block[0] = 1;
    char* more = realloc((void*)block, i * 80);
    free(more);
  }
}
static _Atomic(volatile int*) handed_over;
static void hand_over_block(void) {
  volatile int* block = malloc(100);
  *block = 1;
  atomic_store(&handed_over, block);
}
static void free_block(void) {
  volatile int* block;
  while ((block = atomic_load(&handed_over)) == NULL) continue;
  READ(*block);
  free((void*)block);
}
static void ask_for_time(void) {
  struct timespec now;
  for (int i = 0; i < 10; ++i) clock_gettime(CLOCK_MONOTONIC, &now);
}
static void set_errno(void) {
  for (int i = 0; i < 10; ++i) errno = i;
  READ(errno);
}

static const struct scenario scenarios[] = {
    {"thread-local", write_own, write_own},
    {"read-only", read_both, read_both},
    {"neighbouring-bytes", write_first_byte, write_second_byte},
    {"neighbouring-words", write_low_word, write_high_word},
    {"every-other-byte", write_even, write_odd},
    {"blocks", fill_first, fill_second},
    {"mutex", add_locked, add_locked},
    {"mutex-trylock", add_locked, add_if_locked},
    {"mutex-timedlock", add_locked, add_if_locked_soon},
    {"mutex-recursive", add_locked_twice, add_locked_twice},
    {"mutexes-nested", write_second_locked, read_second_locked},
    {"rwlock", write_exclusively, read_together},
    {"rwlock-readers", read_together, read_together},
    {"rwlock-trywrlock", write_if_alone, write_exclusively},
    {"semaphore-as-lock", add_by_semaphore, add_by_semaphore},
    {"semaphore-as-signal", write_and_post, pend_and_read},
    {"semaphore-trywait", write_and_post, try_and_read},
    {"condition-signal", set_and_signal, await_condition},
    {"condition-broadcast", set_and_broadcast, await_condition},
    {"condition-timedwait", set_and_signal, await_condition_for_a_while},
    {"barrier", phases_of_one, phases_of_other},
    {"once", use_once, use_once},
    {"create-and-join", create_and_join, nothing},
    {"create-a-chain", create_a_chain, create_a_chain},
    {"detach", detach, nothing},
    {"key", keep_under_key, keep_under_key},
    {"release-acquire", send, receive},
    {"relaxed-with-fences", send_relaxed, receive_relaxed},
    {"acquire-if-there", send, receive_if_there},
    {"relaxed-counter", count, count},
    {"lock-by-exchange", lock_by_exchange, lock_by_exchange},
    {"lock-by-compare-exchange", lock_by_compare_exchange, lock_by_exchange},
    {"lock-by-flag", lock_by_flag, lock_by_flag},
    {"lock-by-ticket", lock_by_ticket, lock_by_ticket},
    {"peterson", peterson_of_one, peterson_of_other},
    {"dekker", dekker_of_one, dekker_of_other},
    {"publish-a-pointer", publish, read_published},
    {"ping-pong", ping, pong},
    {"through-a-third", send, receive_from_a_third},
    {"through-a-rmw", send_through_rmw, add_to_what_is_there},
    {"ring", produce, consume},
    {"stack", push, take_all},
    {"stack-of-pushes", push, push},
    {"sense-barrier", sense_of_one, sense_of_other},
    {"double-checked", double_check, double_check},
    {"seqlock", write_by_version, read_by_version},
    {"notify-alone", write_and_notify, wait_and_read},
    {"store-and-notify", store_and_notify, wait_for_the_store},
    {"wait-not-equal", store_and_notify, find_it_changed},
    {"wait-64", write_and_notify_64, wait_64_and_read},
    {"stdio", print_line, print_line},
    {"malloc", allocate, allocate},
    {"block-handed-over", hand_over_block, free_block},
    {"time", ask_for_time, ask_for_time},
    {"errno", set_errno, set_errno},
};

int main(int argc, char** argv) { return scenario_main(argc, argv, scenarios, sizeof scenarios / sizeof *scenarios); }
