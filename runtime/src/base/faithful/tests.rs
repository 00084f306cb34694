use std::collections::{HashMap, HashSet};

use super::names::{is_plain_name, short_name};
use super::outline::{Order, Outline, difference};
use super::*;

/// As an expansion asks, where the type is known.
macro_rules! check {
    ($type:ty) => {{
        fn by<P, C: Compare<P>>(_: C) -> Check<P> {
            Check::by::<C>()
        }
        by::<$type, _>(compared(0, 0))
    }};
}

#[derive(Clone, PartialEq)]
struct Equals(f64);

#[derive(Clone, Debug)]
struct Prints(#[expect(dead_code, reason = "it is printed")] f64);

#[derive(Clone)]
struct Neither;

#[derive(Clone, Debug)]
struct ById {
    id: u32,
    #[expect(dead_code, reason = "it is printed")]
    name: &'static str,
}

impl PartialEq for ById {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

#[test]
fn each_type_is_compared_by_the_means_it_has() {
    let equals = check!(Vec<Equals>);
    assert!(equals.known);
    let one = vec![Equals(1.0)];
    assert!((equals.compare)(&one, &one).lost.is_none());
    assert!((equals.compare)(&one, &vec![Equals(2.0)]).lost.is_some());
    let nan = vec![Equals(f64::NAN)];
    assert!((equals.compare)(&nan, &nan).unknown);

    let prints = check!(Vec<Prints>);
    let lost = (prints.compare)(&vec![Prints(1.5)], &vec![Prints(1.0)]).lost;
    let lost = lost.expect("they print differently");
    assert_eq!(lost.name, "Prints");
    let texts = ("[Prints(1.5)]".to_owned(), "[Prints(1.0)]".to_owned());
    assert_eq!(lost.texts, Some(texts));
    let nan = vec![Prints(f64::NAN)];
    assert!((prints.compare)(&nan, &nan).lost.is_none());

    let neither = check!(Vec<Neither>);
    assert!(!neither.known);
    assert!((neither.compare)(&vec![Neither], &vec![Neither]).unknown);

    let by_id = |name| vec![ById { id: 1, name }];
    let check = check!(Vec<ById>);
    assert!((check.compare)(&by_id("a"), &by_id("")).lost.is_some());
}

#[test]
fn outputs_are_compared_each_by_its_own_means() {
    fn by<P, C: Compare<P>>(_: C) -> Check<P> {
        Check::by::<C>()
    }
    type Parts = (Vec<Equals>, Vec<Neither>, Vec<Prints>);
    let check = by::<Parts, _>((compared(0, 0), compared(0, 0), compared(0, 0)));
    assert!(!check.known);
    let parts = |x, y| (vec![Equals(x)], vec![Neither], vec![Prints(y)]);
    let of = |x, y| (check.compare)(&parts(0.0, 0.0), &parts(x, y));
    assert!(of(0.0, 0.0).lost.is_none() && of(0.0, 0.0).unknown);
    assert!(of(1.0, 0.0).lost.is_some() && of(0.0, 1.0).lost.is_some());
}

#[test]
fn a_type_that_is_known_after_the_question() {
    fn ask<P, C: Compare<P>>(_: &P, _: C) -> bool {
        C::KNOWN
    }
    let mut late = vec![None];
    let known = ask(&late, compared(0, 0));
    late.push(Some(Neither));
    assert!(!known);
    let mut number = vec![None];
    assert!(ask(&number, compared(0, 0)));
    number.push(Some(1));
}

#[test]
fn generic_code_knows_nothing() {
    fn known<T>(values: &[T]) -> bool {
        fn ask<P, C: Compare<P>>(_: C) -> bool {
            C::KNOWN
        }
        !values.is_empty() && ask::<Vec<T>, _>(compared(0, 0))
    }
    assert!(!known(&[1]));
}

fn order(original: &str, copies: &[&str]) -> Order {
    let copies: Vec<Outline> = copies.iter().map(|copy| Outline::of(copy)).collect();
    Outline::of(original).order(&copies.iter().collect::<Vec<_>>())
}

#[test]
fn contents_are_told_apart_and_orders_are_not() {
    let same = |one, other| Outline::of(one).content() == Outline::of(other).content();
    assert!(same("[R { s: {1, 2}, n: 3 }]", "[R { s: {2, 1}, n: 3 }]"));
    assert!(!same("[12, 21]", "[12, 12]"));
    assert!(!same("[[1], [2, 3]]", "[[1, 2], [3]]"));
    assert!(!same("{1: 2, 2: 1}", "{1: 1, 2: 2}"));
    assert!(!same(r#"["a, b"]"#, r#"["b, a"]"#));
    assert!(!same(r#"["\", b"]"#, r#"["b, \""]"#));
    assert!(same("['\"', ',']", "[',', '\"']"));
    assert!(!same("[1]", "(1)"));
}

#[test]
fn a_set_changes_its_order_again_and_a_normalising_type_does_not() {
    assert_eq!(order("[2, 1]", &["[1, 2]", "[1, 2]"]), Order::Changed);
    assert_eq!(order("{2, 1}", &["{1, 2}", "{2, 1}"]), Order::Random);
    // A list that is sorted, beside a set and within one.
    let beside = ["({1, 2}, [1, 2])", "({2, 1}, [1, 2])"];
    assert_eq!(order("({2, 1}, [2, 1])", &beside), Order::Changed);
    let within = ["{R([1, 2]), R([3])}", "{R([3]), R([1, 2])}"];
    assert_eq!(order("{R([2, 1]), R([3])}", &within), Order::Changed);
    let fine = ["{R([2, 1]), R([3])}", "{R([3]), R([2, 1])}"];
    assert_eq!(order("{R([2, 1]), R([3])}", &fine), Order::Random);
}

#[test]
fn any_text_has_an_outline() {
    use proptest::prelude::*;
    proptest!(|(text in "[\\[\\](){},'\"\\\\aé ]{0,40}")| {
        prop_assert_eq!(Outline::of(&text).content(), Outline::of(&text.clone()).content());
        let quoted = format!("{:?}", (&text, vec![text.chars().collect::<Vec<_>>()]));
        prop_assert_eq!(order(&quoted, &[&quoted]), Order::Random);
    });
}

#[test]
fn names_are_short_and_plain_ones_known() {
    struct Mine;
    assert_eq!(short_name("alloc::vec::Vec<(u8, a::b::C)>"), "Vec<(u8, C)>");
    assert_eq!(element_name("alloc::vec::Vec<a::C>"), "C");
    assert_eq!(element_name("p::Window<'_, a::C>"), "C");
    assert_eq!(element_name("p::MapLog<u8, Vec<a::C>>"), "(u8, Vec<C>)");
    assert_eq!(element_name("p::Reduced<(u8, a::C), p::Sum>"), "(u8, C)");
    assert!(is_plain::<
        Vec<(u8, [String; 3], Option<HashMap<char, HashSet<()>>>)>,
    >());
    assert!(!is_plain::<Vec<Mine>>());
    assert!(is_plain_behind::<&mut [Vec<f64>]>() && is_plain_behind::<&&mut u8>());
    assert!(!is_plain_behind::<&mut Mine>() && !is_plain_behind::<&mut *const u8>());
    assert!(!is_plain::<fn(u8)>() && !is_plain::<&u8>() && !is_plain_name("mine::u8"));
}

#[test]
fn long_texts_are_shown_where_they_differ() {
    let text = |end: &str| format!("{}{end}", "x".repeat(500));
    let (one, other) = difference(&text("1 and"), &text("2"));
    assert_eq!(one, format!("…{}1 and", "x".repeat(40)));
    assert_eq!(other, format!("…{}2", "x".repeat(40)));
}
