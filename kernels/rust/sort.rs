// SPDX-License-Identifier: Apache-2.0
//
// Merge sort by any order, here up and down: one half on a new thread, the other on this one, and join, as deep as
// there are threads. The halves are slices that the compiler knows to be apart; what it cannot know is that join orders
// all that was written below it. A join that returns too early leaves the array unsorted, or with other numbers in it.
#![no_std]

mod kernel;

const SIZE: u64 = 1_000_000;
const SHORT: usize = 16;

trait Order: Fn(&u32, &u32) -> bool + Sync {}
impl<F: Fn(&u32, &u32) -> bool + Sync> Order for F {}

fn insertion_sort(numbers: &mut [u32], before: &impl Order) {
    for end in 1..numbers.len() {
        let mut at = end;
        while at > 0 && before(&numbers[at], &numbers[at - 1]) {
            numbers.swap(at, at - 1);
            at -= 1;
        }
    }
}

fn merge(numbers: &mut [u32], middle: usize, scratch: &mut [u32], before: &impl Order) {
    scratch.copy_from_slice(numbers);
    let (left, right) = scratch.split_at(middle);
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    for number in numbers {
        let next = right.next_if(|right| left.peek().is_none_or(|left| before(right, left)));
        *number = *next.or_else(|| left.next()).unwrap();
    }
}

/// Sorts on so many threads. The scratch is as long as the numbers.
fn sort(numbers: &mut [u32], scratch: &mut [u32], threads: usize, before: &impl Order) {
    if numbers.len() <= SHORT {
        return insertion_sort(numbers, before);
    }
    let middle = numbers.len() / 2;
    let (left, right) = numbers.split_at_mut(middle);
    let (left_scratch, right_scratch) = scratch.split_at_mut(middle);
    let mut sort_left = || sort(left, left_scratch, threads / 2, before);
    let mut sort_right = || sort(right, right_scratch, threads - threads / 2, before);
    if threads > 1 {
        kernel::join(sort_left, sort_right);
    } else {
        sort_left();
        sort_right();
    }
    merge(numbers, middle, scratch, before);
}

fn original(size: u64) -> impl Iterator<Item = u32> {
    (0..size).map(|i| kernel::hash(i) as u32)
}

/// Whether the numbers are in order and still the same ones; prints what depends on every place.
fn check(name: &str, numbers: &[u32], before: &impl Order) -> bool {
    let wide = || numbers.iter().map(|&number| u64::from(number));
    let expected = original(numbers.len() as u64).map(u64::from);
    kernel::print(format_args!("{name} {:016x}\n", kernel::checksum(wide())));
    numbers.is_sorted_by(|a, b| !before(b, a))
        && wide().map(kernel::hash).fold(0, u64::wrapping_add) == expected.map(kernel::hash).fold(0, u64::wrapping_add)
}

fn run(args: &kernel::Arguments) -> bool {
    let [mut ascending, mut descending, mut scratch] = core::array::from_fn(|_| kernel::Array::<u32>::new(args.size));
    for numbers in [&mut ascending, &mut descending] {
        numbers.iter_mut().zip(original(args.size)).for_each(|(to, number)| *to = number);
    }
    let (less, greater) = (|a: &u32, b: &u32| a < b, |a: &u32, b: &u32| a > b);
    let started = kernel::now();
    sort(&mut ascending, &mut scratch, args.threads, &less);
    sort(&mut descending, &mut scratch, args.threads, &greater);
    kernel::report_time(started);
    check("ascending", &ascending, &less) & check("descending", &descending, &greater)
}
