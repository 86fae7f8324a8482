use super::*;
use proptest::prelude::*;

const EVEN: Weights = Weights { ex: 1.0, cx: 1.0 };

fn inputs() -> impl Strategy<Value = Inputs> {
    let estimates =
        (0.0..=1.0f64, 0.05..1000.0f64, proptest::option::of(0.25..=3.0f64), proptest::option::of(0.1..100.0f64));
    (0..100_000i64, 0i16..=5, 0i16..=5, estimates).prop_map(
        |(reach, ex, cx, (confidence, effort, impact, delay_cost))| Inputs {
            reach,
            ex,
            cx,
            effort,
            confidence,
            impact,
            delay_cost,
        },
    )
}

fn weights() -> impl Strategy<Value = Weights> {
    (0.0..10.0f64, 0.0..10.0f64).prop_map(|(ex, cx)| Weights { ex, cx })
}

fn ranked() -> impl Strategy<Value = Vec<(Option<i32>, Option<f64>)>> {
    let item = (proptest::option::weighted(0.2, 1..20i32), proptest::option::weighted(0.9, 0.0..100.0f64));
    proptest::collection::vec(item, 0..30)
}

const EXAMPLE: Inputs =
    Inputs { reach: 20, ex: 4, cx: 5, effort: 1.5, confidence: 0.8, impact: Some(2.0), delay_cost: Some(6.0) };

#[test]
fn each_formula_is_the_one_of_its_name() {
    let weights = Weights { ex: 2.0, cx: 1.0 };
    let total = |method| EXAMPLE.total(method, weights).unwrap_or_default();
    assert!((total(Method::Priority) - 20.0 * 13.0 * 0.8 / 1.5).abs() < 1e-9);
    assert!((total(Method::Rice) - 20.0 * 2.0 * 0.8 / 1.5).abs() < 1e-9);
    assert!((total(Method::Wsjf) - 4.0).abs() < 1e-9);
}

#[test]
fn what_is_not_known_has_no_score_and_no_effort_is_worth_nothing() {
    let unknown = Inputs { impact: None, delay_cost: None, ..EXAMPLE };
    assert_eq!((unknown.total(Method::Rice, EVEN), unknown.total(Method::Wsjf, EVEN)), (None, None));
    for effort in [0.0, -1.0, f64::NAN] {
        let free = Inputs { effort, ..EXAMPLE };
        for method in Method::ALL {
            assert_eq!(free.total(*method, EVEN), Some(0.0), "{method} of {effort}");
        }
    }
}

#[test]
fn whoever_has_a_rank_stands_there() {
    let items = [(None, Some(9.0)), (None, Some(7.0)), (Some(1), Some(1.0)), (None, None), (Some(3), None)];
    assert_eq!(order(&items), [2, 0, 4, 1, 3]);
    assert_eq!(
        order(&[(Some(9), None), (Some(1), Some(1.0)), (Some(1), Some(2.0))]),
        [2, 1, 0],
        "two on one place, one far off"
    );
}

#[test]
fn the_nearest_move_of_a_weight_is_found() {
    let staff = Inputs { reach: 10, ex: 5, cx: 0, effort: 1.0, confidence: 1.0, impact: None, delay_cost: None };
    let customers = Inputs { reach: 15, ex: 0, cx: 4, ..staff };
    let crossing = nearest_crossing(&[staff, customers], EVEN, Side::Ex, true);
    assert_eq!(crossing, Some(Crossing { weight: 1.2, rises: 0, falls: 1 }));
    assert_eq!(nearest_crossing(&[staff, customers], EVEN, Side::Ex, false), None);
}

#[test]
fn ninety_days_are_fresh_and_one_more_is_not() {
    let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
    assert!(!is_stale(now - Duration::days(90), now) && is_stale(now - Duration::days(91), now));
}

proptest! {
    #[test]
    fn more_people_never_lower_a_score_and_more_effort_never_raises_it(change in inputs(), weights in weights()) {
        for method in Method::ALL {
            let Some(total) = change.total(*method, weights) else { continue };
            let more = Inputs { reach: change.reach + 1, ..change }.total(*method, weights);
            let harder = Inputs { effort: change.effort * 2.0, ..change }.total(*method, weights);
            prop_assert!(total.is_finite() && total >= 0.0);
            prop_assert!(more >= Some(total) && harder <= Some(total));
        }
    }

    #[test]
    fn everybody_stands_in_the_order_once(items in ranked()) {
        let mut places = order(&items);
        places.sort_unstable();
        prop_assert_eq!(places, (0..items.len()).collect::<Vec<_>>());
    }

    #[test]
    fn among_those_without_a_rank_the_score_decides(items in ranked()) {
        let free: Vec<f64> = order(&items).into_iter().filter(|i| items[*i].0.is_none())
            .map(|i| items[i].1.unwrap_or(f64::NEG_INFINITY)).collect();
        prop_assert!(free.windows(2).all(|pair| pair[0] >= pair[1]));
    }

    #[test]
    fn the_first_rank_is_the_top(items in ranked(), at in 0..30usize) {
        prop_assume!(!items.is_empty() && items.iter().all(|(rank, _)| *rank != Some(1)));
        let mut items = items;
        let at = at % items.len();
        items[at].0 = Some(1);
        prop_assert_eq!(order(&items)[0], at);
    }

    #[test]
    fn nothing_moves_before_the_nearest_crossing_and_something_behind_it(
        changes in proptest::collection::vec(inputs(), 2..8), weights in weights(), ex in any::<bool>(), up in any::<bool>(),
    ) {
        let side = if ex { Side::Ex } else { Side::Cx };
        let Some(crossing) = nearest_crossing(&changes, weights, side, up) else { return Ok(()) };
        let now = if ex { weights.ex } else { weights.cx };
        let at = |weight: f64| if ex { Weights { ex: weight, ..weights } } else { Weights { cx: weight, ..weights } };
        let total = |index: usize, weight: f64| changes[index].priority(at(weight)).total;
        let (rises, falls) = (crossing.rises, crossing.falls);
        prop_assert!(total(rises, now) <= total(falls, now));
        let (before, behind) = (now + (crossing.weight - now) * 0.99, crossing.weight + (crossing.weight - now) * 0.01);
        let close = total(falls, now).abs().max(1.0) * 1e-9;
        prop_assert!(total(rises, behind) >= total(falls, behind) - close);
        for a in 0..changes.len() {
            for b in 0..changes.len() {
                if total(a, now) > total(b, now) + close {
                    prop_assert!(total(a, before) >= total(b, before) - close);
                }
            }
        }
    }
}
