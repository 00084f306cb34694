use super::*;

const LONG: u64 = 100_000;

fn micros(micros: u64) -> Duration {
    Duration::from_micros(micros)
}

/// Another rank's chunk of so many iterations, each of which takes 10 ns, from the grant to its parts.
fn bring(carrying: &mut Carrying, iterations: u64, time: Duration) {
    carrying.lent();
    carrying.back();
    carrying.carried(iterations, time, Some(10.0));
}

fn allows(carrying: &mut Carrying) -> Allowance {
    carrying.allows(Duration::ZERO, Some(10.0))
}

/// One by which carrying an item takes ten times as long as running it.
fn at_home() -> Carrying {
    let mut carrying = Carrying::default();
    for _ in 0..IN_A_ROW {
        bring(&mut carrying, LONG, micros(10_000));
    }
    carrying
}

#[test]
fn chunks_grow_as_they_pay() {
    let mut carrying = Carrying::default();
    assert_eq!(carrying.allows(Duration::ZERO, None), Allowance::Any);
    assert_eq!(allows(&mut carrying), Allowance::Few(2_000), "20 us");
    bring(&mut carrying, 2_000, micros(30));
    assert_eq!(allows(&mut carrying), Allowance::Few(16_000));
    bring(&mut carrying, LONG, micros(300));
    assert_eq!(allows(&mut carrying), Allowance::Any);
    assert_eq!(carrying.too_much(), None);
}

#[test]
fn few_chunks_are_out_before_one_has_paid() {
    let mut carrying = Carrying::default();
    for _ in 0..SAMPLES {
        assert_eq!(allows(&mut carrying), Allowance::Few(2_000));
        carrying.lent();
    }
    assert_eq!(allows(&mut carrying), Allowance::None);
    let later = carrying.allows(PATIENCE, Some(10.0));
    assert_eq!(later, Allowance::Few(2_000), "they may be long ones");
    carrying.back();
    assert_eq!(allows(&mut carrying), Allowance::Few(2_000));
    carrying.lent();
    assert_eq!(allows(&mut carrying), Allowance::None);
    let long = carrying.allows(Duration::ZERO, Some(1e6));
    assert_eq!(long, Allowance::Any, "iterations of 1 ms need no proof");
}

#[test]
fn what_does_not_pay_stays_but_for_samples_that_get_rare() {
    let mut carrying = at_home();
    assert_eq!(carrying.too_much().map(f64::round), Some(100.0));
    let mut due = LATEST;
    for _ in 0..5 {
        assert_eq!(allows(&mut carrying), Allowance::None);
        carrying.ran(due.saturating_sub(micros(1)));
        assert_eq!(allows(&mut carrying), Allowance::None);
        carrying.ran(micros(1));
        assert_eq!(allows(&mut carrying), Allowance::Few(2_000));
        bring(&mut carrying, 2_000, micros(1_040));
        due = (micros(1_040) * SELDOM * carrying.home.unwrap().seldom).min(LATEST);
    }
    assert_eq!(carrying.home.unwrap().seldom, SELDOMER);
    carrying.ran(due);
    bring(&mut carrying, 2_000, micros(45));
    assert_eq!(allows(&mut carrying), Allowance::Few(16_000), "a good one");
    assert_eq!(carrying.too_much(), None);
}

#[test]
fn iterations_that_get_longer_are_shared_out_at_once() {
    let mut carrying = at_home();
    assert_eq!(
        carrying.allows(Duration::ZERO, Some(110.0)),
        Allowance::None
    );
    assert_ne!(
        carrying.allows(Duration::ZERO, Some(130.0)),
        Allowance::None
    );
}

#[test]
fn a_rank_that_brings_nothing_back_is_helped() {
    let mut carrying = at_home();
    let ms = Duration::from_millis;
    assert_eq!(carrying.allows(ms(100), Some(10.0)), Allowance::None);
    assert_eq!(carrying.allows(ms(199), Some(10.0)), Allowance::None);
    assert_ne!(carrying.allows(ms(200), Some(10.0)), Allowance::None);
    carrying.lent();
    assert_eq!(carrying.allows(ms(201), Some(10.0)), Allowance::None);
    assert_ne!(carrying.allows(ms(301), Some(10.0)), Allowance::None);
    carrying.ran(ms(2));
    assert_eq!(carrying.allows(ms(301), Some(10.0)), Allowance::None);
}

#[test]
fn one_slow_measurement_is_the_machines_fault() {
    let mut carrying = Carrying::default();
    bring(&mut carrying, LONG, micros(200));
    bring(&mut carrying, LONG, micros(50_000));
    bring(&mut carrying, LONG, micros(200));
    assert_eq!(allows(&mut carrying), Allowance::Any);
}

#[test]
fn what_is_known_of_a_loop_before_is_tried_again() {
    let mut carrying = Carrying::known(100.0);
    assert_eq!(carrying.too_much(), Some(100.0));
    assert_eq!(carrying.allows(Duration::ZERO, None), Allowance::None);
    assert_eq!(allows(&mut carrying), Allowance::None);
    carrying.ran(PROVEN * 4);
    assert_eq!(allows(&mut carrying), Allowance::Few(2_000));
}

#[test]
fn any_figures_are_fine() {
    let mut carrying = Carrying::default();
    for time in [Duration::ZERO, Duration::MAX] {
        for iterations in [0, 1, u64::MAX] {
            for cost in [None, Some(0.0), Some(f64::MAX)] {
                carrying.lent();
                carrying.back();
                carrying.carried(iterations, time, cost);
                carrying.ran(time / 8);
                carrying.allows(time, cost);
            }
        }
    }
}
