// SPDX-License-Identifier: Apache-2.0
//
// Michael and Scott's lock-free queue of numbered nodes, and a stack of those that are not in use. Each link is the
// number of a node and a tag that each change increments, in one AtomicU64: whoever slept between reading and replacing
// it fails, even if the same node is there again (ABA). All threads put numbered items in and take items out, in
// bursts, so that the queue is full at times and empty at times. Each item has to come out once, and those of one
// producer in order; a compare-and-exchange that compares half of the word, or is not one step, loses items or repeats
// them.
#![no_std]

mod kernel;

use core::sync::atomic::Ordering::{Relaxed, SeqCst};
use core::sync::atomic::{AtomicU64, AtomicUsize};

const SIZE: u64 = 500_000;
const NODES: usize = 256; // numbered from 1; 0 is none
const NUMBER_BITS: u32 = 48; // the rest of an item says who made it

/// What an AtomicU64 holds as a link: a tag in the high half, a node in the low one.
#[derive(Clone, Copy, PartialEq)]
struct Link(u64);

impl Link {
    fn load(word: &AtomicU64) -> Self {
        Self(word.load(SeqCst))
    }

    fn node(self) -> usize {
        self.0 as u32 as usize
    }

    fn tag(self) -> u64 {
        self.0 >> 32
    }

    /// The next tag, with a node.
    fn to(self, node: usize) -> u64 {
        (self.tag() + 1) << 32 | node as u64
    }

    /// Makes the word link to the node, if it still is this link.
    fn replace(self, word: &AtomicU64, node: usize) -> bool {
        word.compare_exchange(self.0, self.to(node), SeqCst, SeqCst).is_ok()
    }
}

struct Node {
    next: AtomicU64,
    item: AtomicU64,
}

struct Queue {
    nodes: [Node; NODES + 1],
    head: AtomicU64,
    tail: AtomicU64,
    unused: AtomicU64,
}

impl Queue {
    const fn new() -> Self {
        let nodes = [const { Node { next: AtomicU64::new(0), item: AtomicU64::new(0) } }; NODES + 1];
        Self { nodes, head: AtomicU64::new(0), tail: AtomicU64::new(0), unused: AtomicU64::new(0) }
    }

    /// Fills the stack, and makes the node that is before the first; before any thread uses it.
    fn prepare(&self) {
        (1..=NODES).for_each(|node| self.release(node));
        let before_first = self.acquire().unwrap();
        for end in [&self.head, &self.tail] {
            Link::load(end).replace(end, before_first);
        }
    }

    fn next(&self, link: Link) -> &AtomicU64 {
        &self.nodes[link.node()].next
    }

    /// Replaces the node that a word links to. The tag goes on: who knew the node in a former life must not link to it.
    fn relink(word: &AtomicU64, node: usize) {
        word.store(Link::load(word).to(node), SeqCst);
    }

    fn release(&self, node: usize) {
        loop {
            let top = Link::load(&self.unused);
            Self::relink(&self.nodes[node].next, top.node());
            if top.replace(&self.unused, node) {
                return;
            }
        }
    }

    /// A node with nothing behind it, or none when all are in use.
    fn acquire(&self) -> Option<usize> {
        loop {
            let top = Link::load(&self.unused);
            if top.node() == 0 {
                return None;
            }
            // Of another time, when the node was taken meanwhile; then the tag has changed.
            let below = Link::load(self.next(top));
            kernel::dawdle(top.tag());
            if top.replace(&self.unused, below.node()) {
                Self::relink(self.next(top), 0);
                return Some(top.node());
            }
        }
    }

    /// False: it is full.
    fn put(&self, item: u64) -> bool {
        let Some(node) = self.acquire() else { return false };
        self.nodes[node].item.store(item, Relaxed); // published with the node
        loop {
            let last = Link::load(&self.tail);
            let behind = Link::load(self.next(last));
            if last != Link::load(&self.tail) {
                continue;
            }
            kernel::dawdle(last.tag());
            if behind.node() != 0 {
                last.replace(&self.tail, behind.node()); // somebody has linked a node, but not yet moved the tail
            } else if behind.replace(self.next(last), node) {
                last.replace(&self.tail, node);
                return true;
            }
        }
    }

    /// None: it is empty.
    fn take(&self) -> Option<u64> {
        loop {
            let (first, last) = (Link::load(&self.head), Link::load(&self.tail));
            let second = Link::load(self.next(first));
            if first != Link::load(&self.head) {
                continue;
            }
            kernel::dawdle(first.tag());
            if first.node() == last.node() {
                if second.node() == 0 {
                    return None;
                }
                last.replace(&self.tail, second.node());
                continue;
            }
            // Before the node is anybody else's to reuse; what was read too late goes with an exchange that fails.
            let item = self.nodes[second.node()].item.load(Relaxed);
            if first.replace(&self.head, second.node()) {
                self.release(first.node());
                return Some(item);
            }
        }
    }
}

static QUEUE: Queue = Queue::new();
static FINISHED: AtomicUsize = AtomicUsize::new(0); // threads that have put in all of theirs

/// What a thread took.
#[derive(Clone, Copy, Default)]
struct Taken {
    count: u64,
    hashes: u64,
    broken: bool,
}

impl Taken {
    /// `next`: the least number that may come, of each producer.
    fn account(&mut self, next: &mut [u64], item: u64) {
        let number = item & ((1 << NUMBER_BITS) - 1);
        match next.get_mut((item >> NUMBER_BITS) as usize) {
            Some(next) if *next <= number => *next = number + 1,
            _ => self.broken = true,
        }
        self.count += 1;
        self.hashes = self.hashes.wrapping_add(kernel::hash(number));
    }
}

fn put_and_take(args: &kernel::Arguments, thread: usize) -> Taken {
    let (mut taken, mut tries, mut finished) = (Taken::default(), 0, false);
    let mut next = [0; kernel::MAX_THREADS];
    kernel::meet(args.threads);
    let [mut begin, end] = [thread, thread + 1].map(|i| kernel::share(args.size, i, args.threads));
    loop {
        let burst = 1 + kernel::hash(begin) % 32;
        let (first, before) = (begin, taken.count);
        while begin < end && begin - first < burst && QUEUE.put((thread as u64) << NUMBER_BITS | begin) {
            begin += 1;
        }
        if begin == end && !finished {
            finished = true;
            FINISHED.fetch_add(1, SeqCst);
        }
        // Asked before the queue is: nothing comes into a queue that is found empty after all have finished.
        let all_finished = FINISHED.load(SeqCst) == args.threads;
        while taken.count - before < burst
            && let Some(item) = QUEUE.take()
        {
            taken.account(&mut next[..args.threads], item);
        }
        if (taken.count == before && all_finished) || taken.count > args.size {
            return taken; // or else it gives out the same again and again
        }
        if begin == first && taken.count == before {
            kernel::relax(&mut tries);
        }
    }
}

fn run(args: &kernel::Arguments) -> bool {
    QUEUE.prepare();
    let started = kernel::now();
    let taken = kernel::on_threads(args.threads, |thread| put_and_take(args, thread));
    kernel::report_time(started);

    let count: u64 = taken.iter().map(|taken| taken.count).sum();
    let hashes = taken.iter().fold(0, |sum: u64, taken| sum.wrapping_add(taken.hashes));
    kernel::print(format_args!("items {count}\nchecksum {hashes:016x}\n"));
    let expected = (0..args.size).fold(0, |sum: u64, number| sum.wrapping_add(kernel::hash(number)));
    count == args.size && hashes == expected && !taken.iter().any(|taken| taken.broken)
}
