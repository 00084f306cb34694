//! The functions with one loop that leave outputs, reductions and exits. What they return is all
//! they know.

use std::collections::{BTreeMap, HashSet};

use super::{Refused, Run, Step, Twins, Way};
use crate::parallel_for;

pub(super) fn family() -> Vec<Twins> {
    vec![
        collections::twins(),
        pushing_once::twins(),
        pushing_once_or_leaving::twins(),
        reductions::twins(),
        failing::twins(),
        optional::twins(),
        returning::twins(),
        breaking::twins(),
        every_way_out::twins(),
        owned::twins(),
        endless::twins().without_blocks(),
    ]
}

twins! {
    fn collections(steps: &[Step]) -> (Vec<u32>, String, BTreeMap<i64, usize>) {
        let mut values = vec![7];
        let mut text = String::from("start");
        let mut latest = BTreeMap::new();
        for (place, step) in steps.iter().enumerate() {
            step.work();
            text.push(',');
            if step.way == Way::Skip {
                continue;
            }
            for value in &step.values {
                values.push(*value);
            }
            text.push_str(&step.number.to_string());
            latest.insert(step.number % 5, place);
        }
        (values, text, latest)
    }
}

twins! {
    fn pushing_once(steps: &[Step]) -> (Vec<i64>, Vec<String>, Vec<()>) {
        let (mut numbers, mut texts, mut nothing) = (vec![7], Vec::new(), Vec::new());
        for step in steps {
            numbers.push(step.number);
            step.work();
            if step.way == Way::Skip {
                texts.push(String::new());
                nothing.push(());
                continue;
            }
            texts.push(format!("{:?}", step.values));
            nothing.push(());
        }
        (numbers, texts, nothing)
    }
}

twins! {
    fn pushing_once_or_leaving(steps: &[Step]) -> Result<(Vec<String>, Vec<i64>), Refused> {
        let (mut texts, mut numbers) = (vec![String::from("before")], vec![1, 2, 3]);
        for step in steps {
            texts.push(format!("{:?}", step.values));
            step.work();
            if step.way == Way::Break {
                break;
            }
            numbers.push(step.checked()?);
        }
        Ok((texts, numbers))
    }
}

twins! {
    fn reductions(steps: &[Step]) -> String {
        let mut sum = 0.1;
        let mut balance = 1e6;
        let mut product = 1.0;
        let mut total = 5_i64;
        let mut count = 0_usize;
        let mut bits = 0;
        let (mut highest, mut lowest) = (f64::NEG_INFINITY, 1.5);
        let mut best = (i64::MIN, 0);
        let mut any = false;
        let mut last = None;
        for (place, step) in steps.iter().enumerate() {
            step.work();
            sum += step.float();
            for value in &step.values {
                sum += f64::from(*value) / 3.0;
                total += i64::from(*value);
            }
            if step.way == Way::Skip {
                balance -= step.float();
                continue;
            }
            balance += step.float() / 9.0;
            product *= 1.0 + step.float() / 1e9;
            total -= step.number;
            count += 1;
            bits ^= step.number;
            highest = highest.max(step.float());
            lowest = f64::min(lowest, step.float());
            if (step.number % 7, place) > best {
                best = (step.number % 7, place);
            }
            any |= step.number == 77;
            last = Some(place);
        }
        format!("{sum} {balance} {product} {total} {count} {bits} {highest} {lowest} {best:?} {any} {last:?}")
    }
}

twins! {
    fn failing(steps: &[Step]) -> Result<(Vec<u32>, i64), Refused> {
        let mut values = Vec::new();
        let mut total = 0;
        for step in steps {
            values.extend(&step.values);
            step.work();
            total += step.checked()?;
            values.push(1000);
        }
        Ok((values, total))
    }
}

twins! {
    fn optional(steps: &[Step]) -> Option<HashSet<i64>> {
        let mut numbers = HashSet::new();
        for step in steps {
            step.work();
            let number = step.found()?;
            numbers.insert(number % 2);
        }
        (numbers.len() > 1).then(HashSet::new)
    }
}

twins! {
    fn returning(steps: &[Step]) -> (usize, Option<u32>, Vec<u32>) {
        let mut values = vec![3, 4];
        for (place, step) in steps.iter().enumerate() {
            values.extend_from_slice(&step.values);
            step.work();
            match step.way {
                Way::Return => return (place, values.last().copied(), values),
                Way::Fail => return (values.len(), None, Vec::new()),
                _ => values.push(1),
            }
        }
        (steps.len(), None, values)
    }
}

twins! {
    fn breaking(steps: &[Step]) -> (Vec<u32>, f64, usize) {
        let mut values = Vec::new();
        let mut sum = 0.0;
        let mut count = 0;
        'steps: for step in steps {
            sum += step.float();
            for value in &step.values {
                values.push(*value);
                if step.way == Way::BreakInside {
                    count += 10;
                    break 'steps;
                }
                if value % 7 == 0 {
                    continue 'steps;
                }
            }
            step.work();
            if step.way == Way::Break {
                break;
            }
            count += 1;
            sum -= step.float() / 3.0;
        }
        (values, sum, count)
    }
}

twins! {
    fn every_way_out(steps: &[Step]) -> Result<Option<Vec<i64>>, Refused> {
        let mut numbers = vec![-1];
        for step in steps {
            step.work();
            numbers.push(step.checked()?);
            match step.way {
                Way::Break => break,
                Way::Return if step.number % 2 == 0 => return Ok(None),
                Way::Return => return Ok(Some(numbers)),
                Way::BreakOuter => return Err(Refused(step.number.to_string().into())),
                _ => numbers.push(2),
            }
        }
        Ok(Some(numbers))
    }
}

twins! {
    fn owned(steps: &[Step]) -> Result<Vec<u32>, (Step, usize)> {
        let steps = steps.to_vec();
        let mut values = Vec::new();
        for mut step in steps {
            step.work();
            step.number += 1;
            if step.way == Way::Return {
                return Err((step, values.len()));
            }
            values.extend(step.values);
        }
        Ok(values)
    }
}

twins! {
    fn endless(steps: &[Step]) -> Option<Vec<i64>> {
        let mut numbers = Vec::new();
        for i in 0.. {
            let Some(step) = steps.get(i) else {
                break;
            };
            step.work();
            numbers.push(step.found()?);
        }
        Some(numbers)
    }
}
