// SPDX-License-Identifier: Apache-2.0
//
// core's atomics of every width under contention, by operations that Wasm has, and by some that it has not and a loop
// of compare-and-exchange stands for: maxima, products. Narrow ones wrap around beside neighbours that are none of
// their business. A lost update, a compare-and-exchange that succeeds when it must not, or a narrow one that writes its
// neighbours, changes a number.
#![no_std]

mod kernel;

use core::sync::atomic::Ordering::{Relaxed, SeqCst};
use core::sync::atomic::{AtomicBool, AtomicI64, AtomicU8, AtomicU16, AtomicU32, AtomicU64};

const SIZE: u64 = 4_000_000;

#[derive(Default)]
struct Counters {
    bytes: [AtomicU8; 4],
    halves: [AtomicU16; 2],
    mixed: AtomicU32,
    maximum: AtomicU32,
    lowered: AtomicBool, // the maximum, by somebody
    tickets: AtomicU64,
    difference: AtomicI64,
    narrow_product: AtomicU16,
    product: AtomicU64,
}

impl Counters {
    fn new() -> Self {
        Self { narrow_product: 1.into(), product: 1.into(), ..Self::default() }
    }

    /// All of them, by a number; the ticket. In whatever order numbers come, the same comes out at the end.
    fn count(&self, i: u64) -> u64 {
        let number = kernel::hash(i);
        self.bytes[number as usize % 4].fetch_add(1, Relaxed);
        self.halves[number as usize / 4 % 2].fetch_sub(3, Relaxed);
        self.mixed.fetch_xor(number as u32, Relaxed);
        let maximum = i as u32;
        self.maximum.fetch_max(maximum, Relaxed);
        if self.maximum.load(Relaxed) < maximum {
            self.lowered.store(true, Relaxed);
        }
        self.difference.fetch_sub(number as i64, Relaxed);
        let factor = number | 1; // odd, or the product would soon be zero
        let _ = self.product.fetch_update(SeqCst, Relaxed, |old| Some(old.wrapping_mul(factor)));
        let _ = self.narrow_product.fetch_update(SeqCst, Relaxed, |old| Some(old.wrapping_mul(factor as u16)));
        self.tickets.fetch_add(1, SeqCst)
    }

    fn values(&self) -> ([u8; 4], [u16; 2], [u32; 2], [u64; 2], i64, u16, bool) {
        (
            self.bytes.each_ref().map(|byte| byte.load(Relaxed)),
            self.halves.each_ref().map(|half| half.load(Relaxed)),
            [&self.mixed, &self.maximum].map(|word| word.load(Relaxed)),
            [&self.tickets, &self.product].map(|word| word.load(Relaxed)),
            self.difference.load(Relaxed),
            self.narrow_product.load(Relaxed),
            self.lowered.load(Relaxed),
        )
    }
}

/// The sum of the hashes of the tickets for every `step`-th number below `size` from `first` on.
fn tickets(counters: &Counters, size: u64, first: usize, step: usize) -> u64 {
    let numbers = (first as u64..size).step_by(step);
    numbers.fold(0, |sum, i| sum.wrapping_add(kernel::hash(counters.count(i))))
}

fn run(args: &kernel::Arguments) -> bool {
    let counters = Counters::new();
    let started = kernel::now();
    let hashes = kernel::on_threads(args.threads, |i| {
        kernel::meet(args.threads);
        tickets(&counters, args.size, i, args.threads)
    });
    kernel::report_time(started);

    let hashes = hashes.into_iter().fold(0, u64::wrapping_add);
    let (bytes, halves, [mixed, maximum], [count, product], difference, narrow_product, _) = counters.values();
    kernel::print(format_args!("tickets {count}, {hashes:016x}\nbytes {bytes:?}\nhalves {halves:?}\n"));
    kernel::print(format_args!("mixed {mixed:08x}\nmaximum {maximum}\ndifference {difference}\n"));
    kernel::print(format_args!("products {product:016x} {narrow_product:04x}\n"));

    let expected = Counters::new();
    hashes == tickets(&expected, args.size, 0, 1) && counters.values() == expected.values()
}
