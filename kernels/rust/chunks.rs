// SPDX-License-Identifier: Apache-2.0
//
// What one does with a large array, on all threads: map, filter and count, reduce, maximum, find, any, all. Who is done
// with a chunk takes the next from one atomic counter; results come by return value, by fetch_add, fetch_max,
// fetch_min, and by flags that stop the others. Each is compared with what an iterator says. A chunk that two threads
// get or none, a maximum or minimum that overwrites a better one, or a thread that stops before it should, shows in one
// of them.
#![no_std]

mod kernel;

use core::sync::atomic::Ordering::Relaxed;
use core::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};

const SIZE: u64 = 2_000_000;
const CHUNK: usize = 16;
const STEPS: usize = 8;

/// The chunks of an array, for threads to take. Relaxed everywhere: what is written is a number by itself, and read
/// after join.
struct Chunks<'a> {
    numbers: &'a [u32],
    taken: AtomicUsize,
    threads: usize,
}

impl<'a> Chunks<'a> {
    /// The next chunk that nobody has, and where it begins.
    fn take(&self) -> Option<(usize, &'a [u32])> {
        let begin = self.taken.fetch_add(CHUNK, Relaxed);
        let rest = self.numbers.get(begin..).filter(|rest| !rest.is_empty())?;
        Some((begin, &rest[..rest.len().min(CHUNK)]))
    }

    /// Calls `body` with every chunk and its begin, until it says false: then that thread takes no more.
    fn each(&self, body: impl Fn(usize, &[u32]) -> bool + Sync) {
        self.taken.store(0, Relaxed);
        kernel::on_threads(self.threads, |_| while self.take().is_some_and(|(begin, chunk)| body(begin, chunk)) {});
    }

    fn filter_count(&self, keep: impl Fn(u32) -> bool + Sync) -> usize {
        self.taken.store(0, Relaxed);
        let count = |chunk: &[u32]| chunk.iter().filter(|&&number| keep(number)).count();
        let chunks = || core::iter::from_fn(|| self.take());
        kernel::on_threads(self.threads, |_| chunks().map(|(_, chunk)| count(chunk)).sum::<usize>()).into_iter().sum()
    }

    fn sum(&self, weight: impl Fn(u32) -> u64 + Sync) -> u64 {
        let sum = AtomicU64::new(0);
        self.each(|_, chunk| {
            sum.fetch_add(chunk.iter().fold(0, |sum, &number| sum.wrapping_add(weight(number))), Relaxed);
            true
        });
        sum.into_inner()
    }

    fn max(&self, weight: impl Fn(u32) -> u64 + Sync) -> u64 {
        let max = AtomicU64::new(0);
        self.each(|_, chunk| {
            max.fetch_max(chunk.iter().fold(0, |max, &number| max.max(weight(number))), Relaxed);
            true
        });
        max.into_inner()
    }

    /// The index of the first that matches.
    fn find(&self, matches: impl Fn(u32) -> bool + Sync) -> Option<usize> {
        let first = AtomicUsize::new(usize::MAX);
        self.each(|begin, chunk| {
            if let Some(at) = chunk.iter().position(|&number| matches(number)) {
                first.fetch_min(begin + at, Relaxed);
            }
            begin < first.load(Relaxed)
        });
        Some(first.into_inner()).filter(|&first| first != usize::MAX)
    }

    fn any(&self, matches: impl Fn(u32) -> bool + Sync) -> bool {
        let found = AtomicBool::new(false);
        self.each(|_, chunk| {
            if chunk.iter().any(|&number| matches(number)) {
                found.store(true, Relaxed);
            }
            !found.load(Relaxed)
        });
        found.into_inner()
    }

    fn all(&self, matches: impl Fn(u32) -> bool + Sync) -> bool {
        !self.any(|number| !matches(number))
    }
}

/// Each thread its own part of the output, as a slice that nobody else has.
fn map(threads: usize, input: &[u32], output: &mut [u64]) {
    let map_part = |(begin, output): &mut (usize, &mut [u64])| {
        for (from, to) in input[*begin..].iter().zip(output.iter_mut()) {
            *to = image(*from);
        }
    };
    kernel::team(&mut kernel::parts(output, threads)[..threads], &map_part, || {});
}

fn image(number: u32) -> u64 {
    (0..STEPS).fold(number.into(), |image, _| kernel::hash(image))
}

fn run(args: &kernel::Arguments) -> bool {
    let (mut numbers, mut output) = (kernel::Array::<u32>::new(args.size), kernel::Array::<u64>::new(args.size));
    for (i, number) in numbers.iter_mut().enumerate() {
        *number = kernel::hash(i as u64) as u32 >> 1;
    }
    let mark = 1 << 31; // two of them, in the second half, so that the first is not found at once
    let (absent, half) = (mark + 1, numbers.len() / 2);
    numbers[half] = mark;
    numbers[half + half.saturating_sub(1).min(CHUNK)] = mark;
    let numbers = &*numbers;
    let even = |number: u32| image(number) % 2 == 0;
    let is = |wanted: u32| move |number: u32| image(number) == image(wanted);

    let started = kernel::now();
    map(args.threads, numbers, &mut output);
    let chunks = Chunks { numbers, taken: AtomicUsize::new(0), threads: args.threads };
    let (count, sum, max) = (chunks.filter_count(even), chunks.sum(image), chunks.max(image));
    let found = (chunks.find(is(mark)), chunks.find(is(absent)));
    let any = (chunks.any(is(mark)), chunks.any(is(absent)));
    let all = (chunks.all(|number| number <= mark), chunks.all(|number| number < mark));
    kernel::report_time(started);

    let checksum = kernel::checksum(output.iter().copied());
    kernel::print(format_args!("mapped {checksum:016x}\neven {count}\nsum {sum:016x}\nmaximum {max:016x}\n"));
    kernel::print(format_args!("found {found:?}\nany {any:?}\nall {all:?}\n"));
    let images = || numbers.iter().map(|&number| image(number));
    images().eq(output.iter().copied())
        && count == output.iter().filter(|&&image| image % 2 == 0).count()
        && sum == output.iter().fold(0, |sum: u64, image| sum.wrapping_add(*image))
        && Some(&max) == output.iter().max()
        && found == (Some(half), None)
        && any == (true, false)
        && all == (true, false)
}
