//! The functions whose loops change what is there: arrays in place, and scratch.

use std::collections::BTreeMap;

use super::{Refused, Run, Step, Twins, Way};
use crate::parallel_for;

type Floats = (Vec<f64>, Vec<i64>, f64);

pub(super) fn family() -> Vec<Twins> {
    vec![
        indexed::twins(),
        mutable_items::twins(),
        zipped::twins(),
        rows_in_chunks::twins(),
        values_of_a_map::twins(),
        part_backwards::twins(),
        pairs_of_rows::twins(),
        two_arrays::twins(),
        scratch::twins(),
        everything::twins(),
    ]
}

twins! {
    fn indexed(steps: &[Step]) -> Result<Floats, (usize, Vec<f64>)> {
        let mut floats: Vec<f64> = steps.iter().map(Step::float).collect();
        let mut numbers = vec![-7; steps.len() + 2];
        let mut sum = 0.0;
        for i in 0..steps.len() {
            floats[i] += 0.5;
            steps[i].work();
            sum += steps[i].float();
            if steps[i].way == Way::Skip {
                continue;
            }
            if steps[i].way == Way::Break {
                break;
            }
            numbers[i] = steps[i].number;
            if steps[i].way == Way::Fail {
                return Err((i, floats));
            }
            floats[i] *= floats[i];
        }
        Ok((floats, numbers, sum))
    }
}

twins! {
    fn mutable_items(steps: &[Step]) -> (Vec<Vec<u32>>, Vec<usize>) {
        let mut rows: Vec<Vec<u32>> = steps.iter().map(|step| step.values.clone()).collect();
        let mut long = Vec::new();
        for (i, row) in rows.iter_mut().enumerate() {
            row.push(1);
            steps[i].work();
            match steps[i].way {
                Way::Skip => continue,
                Way::Break => break,
                Way::Return => return (vec![vec![9]], long),
                _ => row.reverse(),
            }
            if row.len() > 2 {
                long.push(i);
            }
        }
        (rows, long)
    }
}

twins! {
    fn rows_in_chunks(steps: &[Step]) -> Result<Floats, (i64, f64)> {
        let mut table = [steps, steps, steps].concat().iter().map(Step::float).collect::<Vec<f64>>();
        let (mut sum, mut numbers) = (0.0, Vec::new());
        for (i, row) in table.chunks_exact_mut(3).enumerate() {
            row[0] += steps[i].float();
            steps[i].work();
            match steps[i].way {
                Way::Skip => continue,
                Way::Break => break,
                Way::Fail => return Err((steps[i].number, row[0] + sum)),
                _ => {}
            }
            row[2] = row[0] * row[1];
            row.swap(0, 1);
            sum += row[2];
            numbers.push(steps[i].number);
        }
        Ok((table, numbers, sum))
    }
}

twins! {
    fn values_of_a_map(steps: &[Step]) -> (BTreeMap<usize, Vec<u32>>, usize) {
        let mut map: BTreeMap<usize, Vec<u32>> =
            steps.iter().map(|step| step.values.clone()).enumerate().collect();
        let mut count = 0;
        for (values, step) in map.values_mut().zip(steps) {
            values.push(7);
            step.work();
            if step.way == Way::Skip {
                continue;
            }
            values.reverse();
            count += values.len();
        }
        (map, count)
    }
}

twins! {
    fn part_backwards(steps: &[Step]) -> Option<Vec<i64>> {
        let mut numbers: Vec<i64> = steps.iter().map(|step| step.number).collect();
        let length = numbers.len();
        for number in numbers[length / 4..].iter_mut().rev().step_by(2) {
            *number *= 3;
            let step = &steps[usize::try_from(number.unsigned_abs()).ok()? % length];
            step.work();
            *number += step.found()?;
        }
        Some(numbers)
    }
}

twins! {
    fn pairs_of_rows(steps: &[Step]) -> (Vec<u32>, Vec<Vec<u32>>) {
        let mut table = vec![1_u32; steps.len() * 2];
        let mut rows: Vec<Vec<u32>> = steps.iter().map(|step| step.values.clone()).collect();
        for ((pair, row), (i, step)) in
            table.chunks_mut(2).zip(rows.iter_mut()).zip(steps.iter().enumerate().take(40))
        {
            step.work();
            pair[i % 2] += row.first().map_or(1, |n| n % 9);
            row.extend_from_slice(pair);
            if step.way == Way::Break {
                break;
            }
        }
        (table, rows)
    }
}

twins! {
    fn zipped(steps: &[Step]) -> (Vec<f64>, usize) {
        let mut floats = vec![1.0; steps.len() / 2 + 3];
        let mut count = 0;
        for (float, step) in floats.iter_mut().zip(steps) {
            *float += step.float();
            step.work();
            if step.way == Way::Break {
                break;
            }
            *float *= 0.3;
            count += 1;
        }
        (floats, count)
    }
}

twins! {
    fn two_arrays(steps: &[Step]) -> Option<(Vec<f64>, Vec<usize>)> {
        let mut floats = vec![1.0; steps.len()];
        let mut places: Vec<usize> = (0..steps.len()).collect();
        for (float, place) in floats.iter_mut().zip(&mut places) {
            let step = &steps[*place];
            *float += step.float();
            step.work();
            *place *= 2;
            *float *= 1.0 / f64::from(i32::try_from(step.found()?).ok()?);
            if step.way == Way::Return {
                return Some((vec![*float], Vec::new()));
            }
            *place += step.values.len();
        }
        Some((floats, places))
    }
}

twins! {
    fn scratch(steps: &[Step]) -> Result<Vec<usize>, Vec<u32>> {
        let mut tape = Vec::new();
        let kept = String::from("kept");
        let mut name = String::from("old");
        let mut lengths = Vec::new();
        for step in steps {
            tape.clear();
            name = format!("{kept}{}", step.number);
            tape.extend(step.values.iter().map(|value| value % 10));
            tape.sort_unstable();
            step.work();
            if step.way == Way::Fail {
                tape.push(1000);
                return Err(tape);
            }
            tape.dedup();
            name.push('!');
            lengths.push(tape.len() * 10 + name.len());
        }
        Ok(lengths)
    }
}

twins! {
    fn everything(steps: &[Step]) -> Result<String, Refused> {
        let mut values = vec![1];
        let mut latest = BTreeMap::new();
        let mut sum = 0.3;
        let mut highest = i64::MIN;
        let mut floats = vec![0.5; steps.len()];
        let mut buffer = String::new();
        'steps: for (i, step) in steps.iter().enumerate() {
            buffer.clear();
            values.extend(&step.values);
            floats[i] += step.float();
            sum += floats[i];
            buffer.push_str(&step.number.to_string());
            step.work();
            highest = highest.max(step.checked()?);
            for value in &step.values {
                match step.way {
                    Way::Skip => continue 'steps,
                    Way::Break | Way::BreakInside => break 'steps,
                    Way::Return => return Ok(format!("{values:?} {sum} {}", floats[i])),
                    _ if value % 2 == 0 => break,
                    _ => {}
                }
            }
            latest.insert(buffer.len(), i);
            floats[i] *= 3.0;
            values.push(2);
        }
        Ok(format!("{values:?} {latest:?} {sum} {highest} {floats:?}"))
    }
}
