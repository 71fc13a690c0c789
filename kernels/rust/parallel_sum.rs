// SPDX-License-Identifier: Apache-2.0
//
// Fills an array and adds it up, each thread its own part, then once more in sequence: both have to come to the same.
// Nothing is shared but the memory, and the compiler knows that: a part is a slice that its thread alone may write. A
// runtime that runs a thread twice or not at all, or lets join return before what it wrote can be seen, prints a wrong
// sum.
#![no_std]

mod kernel;

const SIZE: u64 = 10_000_000;

struct Part<'a> {
    begin: usize,
    numbers: &'a mut [u32],
    sums: (u64, u64),
}

/// The sum of the numbers, and of their hashes with their places.
fn add_up(begin: usize, numbers: &[u32]) -> (u64, u64) {
    (begin..).zip(numbers).fold((0, 0), |(sum, hashes), (i, &number)| {
        let number = u64::from(number);
        (sum + number, hashes.wrapping_add(kernel::hash((i as u64) << 32 ^ number)))
    })
}

fn fill_and_add_up(part: &mut Part) {
    for (i, number) in (part.begin..).zip(part.numbers.iter_mut()) {
        *number = kernel::hash(i as u64) as u32;
    }
    let (sum, hashes) = add_up(part.begin, part.numbers);
    part.sums.0 += sum; // += shows a thread that is run twice
    part.sums.1 = part.sums.1.wrapping_add(hashes);
}

fn run(args: &kernel::Arguments) -> bool {
    let mut numbers = kernel::Array::<u32>::new(args.size);
    let parts = kernel::parts(&mut numbers, args.threads);
    let mut parts = parts.map(|(begin, numbers)| Part { begin, numbers, sums: (0, 0) });
    let started = kernel::now();
    kernel::team(&mut parts[..args.threads], &fill_and_add_up, || {});
    kernel::report_time(started);

    let [sum, hashes] = [|part: &Part| part.sums.0, |part: &Part| part.sums.1]
        .map(|of| parts.iter().map(of).fold(0, u64::wrapping_add));
    kernel::print(format_args!("sum {sum}\nchecksum {hashes:016x}\n"));
    (sum, hashes) == add_up(0, &numbers)
}
