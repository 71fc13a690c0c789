// SPDX-License-Identifier: Apache-2.0
//
// Each of these programs has a data race, which `weft run --race` must report in every run.
#include "scenario.h"

// Plain accesses of every width and kind.
static void write_cell(void) { cell = 1; }
static void read_cell(void) { READ(cell); }
static void write_wide(void) { wide_cell = 1; }
static void read_wide(void) { READ(wide_cell); }
static void write_byte(void) { bytes[5] = 1; }
static void read_byte(void) { READ(bytes[5]); }
static volatile uint16_t halves[4];
static void write_half(void) { halves[1] = 1; }
static void read_half(void) { READ(halves[1]); }
static volatile float single;
static void write_float(void) { single = 1; }
static void read_float(void) { READ(single); }
static volatile double twice;
static void write_double(void) { twice = 1; }
static void read_double(void) { READ(twice); }
static void increment(void) { cell = cell + 1; }
static void write_word_of_bytes(void) { *(volatile uint32_t*)&bytes[4] = 1; }
static void write_upper_half(void) { ((volatile int32_t*)&wide_cell)[1] = 1; }
struct __attribute__((packed)) unaligned {
  uint8_t before;
  uint32_t value;
};
static volatile struct unaligned packed[2];
static void write_unaligned(void) { packed[0].value = 1; }
static void read_its_last_byte(void) { READ(((volatile uint8_t*)packed)[4]); }
static volatile struct {
  unsigned low : 3, high : 5;
} bits;
static void write_low_bits(void) { bits.low = 1; }
static void write_high_bits(void) { bits.high = 1; }

// Bulk instructions.
static uint8_t block[4096], other_block[4096];
static NEVER_INLINE void fill(size_t size) { memset(block, 1, size); }
static NEVER_INLINE void copy_from(size_t size) { memcpy(other_block, block, size); }
static NEVER_INLINE void copy_to(size_t size) { memcpy(block, other_block, size); }
static volatile size_t block_size = sizeof block;
static void fill_block(void) { fill(block_size); }
static void copy_from_block(void) { copy_from(block_size); }
static void copy_to_block(void) { copy_to(block_size); }
static void read_in_block(void) { READ(((volatile uint8_t*)block)[1000]); }
static void write_in_block(void) { ((volatile uint8_t*)block)[4095] = 1; }

// One side is atomic.
static void store_flag(void) { atomic_store(&flag, 1); }
static void load_flag(void) { READ(atomic_load(&flag)); }
static void add_to_flag(void) { atomic_fetch_add(&flag, 1); }
static void exchange_flag(void) {
  int expected = 0;
  atomic_compare_exchange_strong(&flag, &expected, 2);
}
static void write_flag_plainly(void) { *(volatile int*)&flag = 1; }
static void read_flag_plainly(void) { READ(*(volatile int*)&flag); }

// Both are, but not of the same bytes.
static _Atomic uint64_t mixed;
static void add_to_half(void) { atomic_fetch_add((_Atomic uint32_t*)&mixed, 1); }
static void add_to_all(void) { atomic_fetch_add(&mixed, 1); }
static void store_byte_of_it(void) { atomic_store((_Atomic uint8_t*)&mixed, 1); }
static void load_all(void) { READ(atomic_load(&mixed)); }

// Locks that do not exclude.
static void write_locked(void) {
  pthread_mutex_lock(&mutex);
  cell = 1;
  pthread_mutex_unlock(&mutex);
}
static void write_with_other_lock(void) {
  pthread_mutex_lock(&second_mutex);
  cell = 2;
  pthread_mutex_unlock(&second_mutex);
}
static void write_behind_the_lock(void) {
  pthread_mutex_lock(&mutex);
  pthread_mutex_unlock(&mutex);
  second_cell = 1;
}
static atomic_int inside;
static void write_as_reader(void) {
  pthread_rwlock_rdlock(&rwlock);
  scenario_meet(&inside);
  second_cell = 1;
  pthread_rwlock_unlock(&rwlock);
}
static sem_t room_for_two;
static atomic_int room_made;
static void write_with_semaphore(void) {
  if (atomic_fetch_add(&room_made, 1) == 0) {
    sem_init(&room_for_two, 0, 2);
    atomic_fetch_add(&room_made, 10);
  }
  while (atomic_load(&room_made) < 10) continue;
  sem_wait(&room_for_two);
  scenario_meet(&inside);
  second_cell = 1;
  sem_post(&room_for_two);
}
static void write_though_not_locked(void) {
  (void)pthread_mutex_trylock(&mutex);  // whether it is or not
  second_cell = 3;
}
static void lock_and_stay(void) {
  pthread_mutex_lock(&second_mutex);
  second_cell = 1;
}
static void write_second_cell(void) { second_cell = 2; }

// Messages that are sent without synchronisation.
static volatile int ready;
static void send_plainly(void) {
  cell = 42;
  ready = 1;
}
static void receive_plainly(void) {
  if (ready) READ(cell);
}
static int* volatile published;
static void publish_plainly(void) { published = (int*)&cell; }
static void read_published(void) {
  if (published != NULL) READ(*published);
}
static void send_too_late(void) {
  atomic_store(&flag, 1);
  cell = 42;
}
static void receive(void) {
  await(&flag, 1);
  READ(cell);
}
static void receive_too_early(void) {
  READ(cell);
  await(&flag, 1);
}
static void send(void) {
  cell = 42;
  atomic_store(&flag, 1);
}
static void send_by_fence(void) {
  cell = 42;
  atomic_thread_fence(memory_order_seq_cst);
}
static void receive_by_fence(void) {
  atomic_thread_fence(memory_order_seq_cst);
  READ(cell);
}
static void notify_then_write(void) {
  while (__builtin_wasm_memory_atomic_notify((int*)&flag, 1) == 0) continue;
  cell = 42;
}
static void wait_then_read(void) {
  __builtin_wasm_memory_atomic_wait32((int*)&flag, 0, -1);
  READ(cell);
}
static void time_out_and_read(void) {
  __builtin_wasm_memory_atomic_wait32((int*)&second_flag, 0, 1000);
  READ(cell);
}
static sem_t posted;
static void post_then_write(void) {
  atomic_store(&second_flag, sem_init(&posted, 0, 0) + 1);
  sem_post(&posted);
  cell = 42;
}
static void pend_then_read(void) {
  await(&second_flag, 1);
  sem_wait(&posted);
  READ(cell);
}

// Data structures.
static volatile int32_t* volatile lazy;
static void make_lazily(void) {
  if (lazy == NULL) lazy = &second_cell;
}
static void double_check(void) {
  if (!ready) {  // outside of the lock
    pthread_mutex_lock(&mutex);
    if (!ready) cell = 1, ready = 1;
    pthread_mutex_unlock(&mutex);
  }
}
struct node {
  struct node* next;
};
static struct node* volatile head;
static void push(struct node* node) {
  node->next = head;
  head = node;
}
static struct node nodes[2];
static void push_one(void) { push(&nodes[0]); }
static void push_other(void) { push(&nodes[1]); }
static volatile int ring[4];
static volatile unsigned ring_end, ring_begin;
static void produce(void) {
  ring[ring_end % 4] = 1;
  ring_end = ring_end + 1;
}
static void consume(void) {
  if (ring_begin != ring_end) READ(ring[ring_begin % 4]), ring_begin = ring_begin + 1;
}
static const char* name_of(int number) {
  static char name[16];
  snprintf(name, sizeof name, "%d", number);
  return name;
}
static void name_one(void) { READ(*(volatile const char*)name_of(1)); }
static void name_two(void) { READ(*(volatile const char*)name_of(2)); }
static volatile bool locked;
static void lock_by_hand(void) {
  if (!locked) {
    locked = true;
    cell = 1;
    locked = false;
  }
}
static atomic_uint version;
static void write_by_version(void) {
  atomic_fetch_add(&version, 1);
  scenario_meet(&inside);
  cell = 1;
  atomic_fetch_add(&version, 1);
}
static void read_by_version(void) {
  const unsigned before = atomic_load(&version);
  scenario_meet(&inside);
  const int32_t read = cell;
  READ(read + (int)(atomic_load(&version) == before));
}
static pthread_cond_t waited = PTHREAD_COND_INITIALIZER;
static void look_outside(void) {
  if (!ready) READ(cell);
}
static void signal_locked(void) {
  pthread_mutex_lock(&mutex);
  ready = 1;
  pthread_cond_signal(&waited);
  pthread_mutex_unlock(&mutex);
}
static volatile int shared_sum;
static void add_many(void) {
  for (int i = 0; i < 100; ++i) shared_sum = shared_sum + i;
}
static void* read_argument(void* argument) {
  READ(*(volatile int*)argument);
  return NULL;
}
static void pass_a_variable_that_changes(void) {
  pthread_t thread;
  volatile int i = 0;
  pthread_create(&thread, NULL, read_argument, (void*)&i);
  i = 1;
  pthread_join(thread, NULL);
}
static void* write_result(void* argument) {
  *(volatile int*)argument = 1;
  return NULL;
}
static void read_before_join(void) {
  pthread_t thread;
  volatile int result = 0;
  pthread_create(&thread, NULL, write_result, (void*)&result);
  READ(result);
  pthread_join(thread, NULL);
}
static void nothing(void) {}

static const struct scenario scenarios[] = {
    {"write-write", write_cell, write_cell},
    {"write-read", write_cell, read_cell},
    {"read-write", read_cell, write_cell},
    {"write-read-64", write_wide, read_wide},
    {"write-read-8", write_byte, read_byte},
    {"write-read-16", write_half, read_half},
    {"write-read-f32", write_float, read_float},
    {"write-read-f64", write_double, read_double},
    {"increments", increment, increment},
    {"word-over-byte", write_word_of_bytes, read_byte},
    {"half-of-a-wide-cell", write_upper_half, read_wide},
    {"across-granules", write_unaligned, read_its_last_byte},
    {"bit-fields", write_low_bits, write_high_bits},
    {"fill-read", fill_block, read_in_block},
    {"copy-write", copy_from_block, write_in_block},
    {"copy-read", copy_to_block, read_in_block},
    {"fill-copy", fill_block, copy_from_block},
    {"atomic-store-plain-read", store_flag, read_flag_plainly},
    {"plain-write-atomic-load", write_flag_plainly, load_flag},
    {"rmw-plain-read", add_to_flag, read_flag_plainly},
    {"cmpxchg-plain-write", exchange_flag, write_flag_plainly},
    {"atomic-store-plain-write", store_flag, write_flag_plainly},
    {"rmw-of-half", add_to_half, add_to_all},
    {"atomic-byte-in-atomic-word", store_byte_of_it, load_all},
    {"one-side-locks", write_locked, read_cell},
    {"two-locks", write_locked, write_with_other_lock},
    {"behind-the-lock", write_behind_the_lock, write_behind_the_lock},
    {"write-as-reader", write_as_reader, write_as_reader},
    {"semaphore-of-two", write_with_semaphore, write_with_semaphore},
    {"trylock-ignored", write_though_not_locked, write_though_not_locked},
    {"locked-never-unlocked", lock_and_stay, write_second_cell},
    {"plain-message", send_plainly, receive_plainly},
    {"plain-pointer", publish_plainly, read_published},
    {"flag-before-data", send_too_late, receive},
    {"data-before-flag", send, receive_too_early},
    {"fences-order-nothing", send_by_fence, receive_by_fence},
    {"write-behind-notify", notify_then_write, wait_then_read},
    {"timeout-orders-nothing", write_cell, time_out_and_read},
    {"write-behind-post", post_then_write, pend_then_read},
    {"lazy", make_lazily, make_lazily},
    {"double-checked-plainly", double_check, double_check},
    {"list-without-lock", push_one, push_other},
    {"ring-without-atomics", produce, consume},
    {"static-buffer", name_one, name_two},
    {"lock-by-hand", lock_by_hand, lock_by_hand},
    {"seqlock-of-plain-data", write_by_version, read_by_version},
    {"predicate-outside-the-lock", look_outside, signal_locked},
    {"sum", add_many, add_many},
    {"argument-that-changes", pass_a_variable_that_changes, nothing},
    {"read-before-join", read_before_join, nothing},
};

int main(int argc, char** argv) { return scenario_main(argc, argv, scenarios, sizeof scenarios / sizeof *scenarios); }
