//! Functions with several loops, or with loops around the distributed one. A mark on a `for` is
//! only possible under the attribute, so what differs between the twins is given to a macro.

use super::{Refused, Run, Step, Twins, Way};
use crate::parallel_for;

macro_rules! twins_of {
    ($function:ident $($option:ident)?) => {
        Twins {
            name: stringify!($function),
            plain: run_of!($function {} {}),
            distributed: vec![
                run_of!($function {#[parallel_for]} {#[parallel_for($($option)?)]}),
                run_of!($function {#[parallel_for(threads = 1)]} {#[parallel_for($($option)?)]}),
                run_of!($function {#[parallel_for]} {#[parallel_for($($option,)? schedule = managed(chunk = 2))]}),
                run_of!($function {#[parallel_for]} {#[parallel_for($($option,)? schedule = round_robin)]}),
                run_of!($function {#[parallel_for]} {#[parallel_for($($option,)? schedule = blocks)]}),
            ],
        }
    };
}

macro_rules! run_of {
    ($function:ident $attribute:tt $mark:tt) => {{
        $function! { $attribute $mark }
        (|steps| format!("{:?}", run(steps))) as Run
    }};
}

macro_rules! rounds {
    ({$($attribute:tt)*} {$($mark:tt)*}) => {
        $($attribute)*
        fn run(steps: &[Step]) -> Result<(Vec<i64>, f64, Vec<usize>), Refused> {
            let mut numbers = Vec::new();
            let mut sum = 0.1;
            let mut ends = vec![steps.len(); 8];
            'rounds: for (round, page) in steps.chunks(9).enumerate() {
                sum *= 0.9;
                $($mark)*
                for step in page {
                    sum += step.float();
                    step.work();
                    numbers.push(step.checked()?);
                    match step.way {
                        Way::BreakOuter => break 'rounds,
                        Way::ContinueOuter => continue 'rounds,
                        Way::Break => break,
                        Way::Return => return Ok((numbers, sum, ends)),
                        _ => numbers.push(1),
                    }
                }
                ends[round] = numbers.len();
            }
            Ok((numbers, sum, ends))
        }
    };
}

macro_rules! one_after_the_other {
    ({$($attribute:tt)*} {$($mark:tt)*}) => {
        $($attribute)*
        fn run(steps: &[Step]) -> (Vec<f64>, f64, Option<usize>) {
            let mut floats: Vec<f64> = steps.iter().map(Step::float).collect();
            let mut sum = 0.0;
            $($mark)*
            for (float, step) in floats.iter_mut().zip(steps) {
                *float -= f64::from(step.way == Way::Skip);
                sum += *float;
                if step.way == Way::Break {
                    break;
                }
            }
            let mut mean = 0.0;
            $($mark)*
            for float in &floats {
                mean += float / 9.0;
            }
            for float in &mut floats {
                *float -= mean;
            }
            $($mark)*
            for (place, step) in steps.iter().enumerate() {
                step.work();
                if step.way == Way::Return {
                    return (floats, mean, Some(place));
                }
            }
            (floats, sum, None)
        }
    };
}

macro_rules! pairs {
    ({$($attribute:tt)*} {$($mark:tt)*}) => {
        $($attribute)*
        fn run(steps: &[Step]) -> Result<(Vec<(usize, i64)>, f64, Vec<i64>), Refused> {
            let mut numbers = Vec::new();
            let mut sum = 0.1;
            let mut columns = vec![0; 4];
            $($mark)*
            'rows: for (row, step) in steps.iter().enumerate() {
                for column in (1..3_usize).rev() {
                    step.work();
                    sum += step.float() * f64::from(u8::try_from(column).expect("few"));
                    columns[column] += step.number;
                    numbers.push((row, step.checked()?));
                    if matches!(step.way, Way::Skip | Way::ContinueOuter) {
                        continue;
                    }
                    match step.way {
                        Way::BreakOuter => break 'rows,
                        Way::Return if column == 1 => return Ok((numbers, sum, columns)),
                        _ => {
                            for value in &step.values {
                                if step.way == Way::BreakInside {
                                    break;
                                }
                                numbers.push((column, i64::from(*value)));
                            }
                        }
                    }
                }
            }
            Ok((numbers, sum, columns))
        }
    };
}

pub(super) fn family() -> Vec<Twins> {
    vec![
        twins_of!(rounds),
        twins_of!(one_after_the_other),
        twins_of!(pairs collapse),
    ]
}
