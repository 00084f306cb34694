// Before edition 2021 a closure captures all of `self`, also the field that the loop fills.

use parallel_for::parallel_for;

#[derive(Default)]
struct Model {
    scores: Vec<i64>,
    total: i64,
    best: Option<i64>,
    kept: Vec<i64>,
    out: Vec<i64>,
}

impl Model {
    #[parallel_for]
    fn add(&mut self) {
        for a in 0..self.scores.len() {
            self.total += (0..a).map(|b| self.scores[b]).sum::<i64>();
        }
    }

    #[parallel_for]
    fn keep(&mut self) {
        for a in 0..self.scores.len() {
            let twice = || (0..=a).filter(|b| self.scores[*b] > 1).count() as i64;
            self.kept.push(twice());
            self.best = Some(self.scores.iter().map(|score| score + self.scores[0]).sum());
        }
    }

    #[parallel_for]
    fn store(&mut self) {
        for i in 0..self.out.len() {
            self.out[i] = (0..=i).map(|b| self.scores[b] * 2).sum();
        }
    }

    #[parallel_for]
    fn try_keep(&mut self) -> Result<(), String> {
        for a in 0..self.scores.len() {
            let found = (0..a).position(|b| self.scores[b] == 4);
            self.kept.push(found.ok_or(a.to_string())? as i64);
        }
        Ok(())
    }
}

fn of_a_variable() -> i64 {
    #[parallel_for]
    fn inner(model: &mut Model) {
        for a in 0..model.scores.len() {
            model.total += (0..a).map(|b| model.scores[b]).sum::<i64>();
        }
    }
    let mut model = Model { scores: vec![5, 6], ..Model::default() };
    inner(&mut model);
    model.total
}

fn main() {
    let mut model = Model { scores: vec![1, 2, 3, 4], out: vec![0; 4], ..Model::default() };
    model.add();
    assert_eq!(model.total, 1 + 3 + 6);
    model.keep();
    assert_eq!((&model.kept[..], model.best), (&[0, 1, 2, 3][..], Some(14)));
    model.store();
    assert_eq!(model.out, [2, 6, 12, 20]);
    assert!(model.try_keep().is_err());
    assert_eq!(of_a_variable(), 5);
    println!("fine");
}
