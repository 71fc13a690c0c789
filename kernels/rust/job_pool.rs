// SPDX-License-Identifier: Apache-2.0
//
// A pool of threads takes jobs from a ring; the main thread puts them there, at most as many ahead as the ring has
// slots, and takes their results in the order of submission, whichever order they end in. A mutex holds the ring, so
// that no thread can have it without; two condition variables say what there is to do. A lost wake-up hangs it; a job
// that is run twice or not at all, or a result that is seen before it is there, ends it or changes the checksum.
#![no_std]

mod kernel;

use kernel::sync::{Condition, Mutex};

const SIZE: u64 = 300_000;
const SLOTS: u64 = 64;
const STEPS: u64 = 40;

#[derive(Clone, Copy)]
struct Job {
    function: fn(u64) -> u64,
    argument: u64,
}

#[derive(Clone, Copy)]
enum Slot {
    Empty,
    Waiting(Job),
    Running,
    Done(u64),
}

struct Ring {
    slots: [Slot; SLOTS as usize],
    submitted: u64,
    begun: u64,
    closed: bool,
}

static RING: Mutex<Ring> =
    Mutex::new(Ring { slots: [Slot::Empty; SLOTS as usize], submitted: 0, begun: 0, closed: false });
static SUBMITTED: Condition = Condition::new();
static FINISHED: Condition = Condition::new();

impl Ring {
    /// Of the job with the number.
    fn slot(&mut self, number: u64) -> &mut Slot {
        &mut self.slots[(number % SLOTS) as usize]
    }

    fn is_done(&self, number: u64) -> bool {
        matches!(self.slots[(number % SLOTS) as usize], Slot::Done(_))
    }
}

fn hashes(number: u64) -> u64 {
    (0..STEPS).fold(number, |number, _| kernel::hash(number))
}

fn collatz(number: u64) -> u64 {
    let next = |&number: &u64| (number != 1).then(|| if number % 2 == 0 { number / 2 } else { 3 * number + 1 });
    core::iter::successors(Some(number % 1000 + 1), next).count() as u64
}

fn digits(number: u64) -> u64 {
    let next = |&number: &u64| (number >= 10).then(|| number / 10);
    core::iter::successors(Some(kernel::hash(number)), next).map(|number| number % 10).sum()
}

fn job(number: u64) -> Job {
    const FUNCTIONS: [fn(u64) -> u64; 3] = [hashes, collatz, digits];
    Job { function: FUNCTIONS[(number % 3) as usize], argument: number }
}

fn submit(job: Job) {
    let mut ring = RING.lock();
    let number = ring.submitted;
    *ring.slot(number) = Slot::Waiting(job);
    ring.submitted += 1;
    SUBMITTED.signal();
}

/// Waits for it.
fn take_result(number: u64) -> u64 {
    let mut ring = RING.lock();
    ring.wait_until(&FINISHED, |ring| ring.is_done(number));
    match core::mem::replace(ring.slot(number), Slot::Empty) {
        Slot::Done(result) => result,
        _ => panic!("job {number} was done, and is no longer"),
    }
}

/// Runs jobs until there are no more to come.
fn work(jobs_run: &mut u64) {
    loop {
        let mut ring = RING.lock();
        ring.wait_until(&SUBMITTED, |ring| ring.begun < ring.submitted || ring.closed);
        if ring.begun == ring.submitted {
            return;
        }
        let number = ring.begun;
        ring.begun += 1;
        let Slot::Waiting(job) = core::mem::replace(ring.slot(number), Slot::Running) else {
            panic!("job {number} has been run");
        };
        drop(ring);
        let result = (job.function)(job.argument);
        *RING.lock().slot(number) = Slot::Done(result);
        *jobs_run += 1;
        FINISHED.signal(); // it is the main thread alone that waits there
    }
}

fn run(args: &kernel::Arguments) -> bool {
    let mut jobs_run = [0; kernel::MAX_THREADS];
    let mut checksum = 0;
    let started = kernel::now();
    kernel::team(&mut jobs_run[..args.threads], &work, || {
        let submit_and_take = |number: u64| {
            if number < args.size {
                submit(job(number));
            }
            number.checked_sub(SLOTS - 1).map(take_result)
        };
        checksum = kernel::checksum((0..args.size + SLOTS - 1).filter_map(submit_and_take));
        RING.lock().closed = true;
        SUBMITTED.broadcast();
    });
    kernel::report_time(started);

    let jobs_run: u64 = jobs_run.iter().sum();
    kernel::print(format_args!("jobs {jobs_run}\nchecksum {checksum:016x}\n"));
    let expected = (0..args.size).map(job).map(|job| (job.function)(job.argument));
    jobs_run == args.size && checksum == kernel::checksum(expected)
}
