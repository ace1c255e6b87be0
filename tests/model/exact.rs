//! The exact decimal: every step against an independent arithmetic of any length, then rounding, text and range.

use bigdecimal::{BigDecimal, RoundingMode};
use muster::units::{Exact, ExactError, Total};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Digits that every step carries.
const DIGITS: u64 = 28;

/// A number of up to 28 digits with up to 28 of them behind the point, and often many zeros or nines.
fn numbers() -> impl Strategy<Value = Exact> {
    let mantissa = prop_oneof![
        0..10_i128,
        -1_000_000..1_000_000_i128,
        -9_999_999_999_999_999_999_999_999_999..=9_999_999_999_999_999_999_999_999_999_i128,
        (0..28_u32, -9..=9_i128).prop_map(|(k, by)| 10_i128.pow(k) * by),
        (0..28_u32, -3..=3_i128).prop_map(|(k, by)| 10_i128.pow(k) + by),
        (0..27_u32, 0..10_i128).prop_map(|(k, by)| 5 * 10_i128.pow(k) + by),
    ];
    (mantissa, 0..=28_u32).prop_map(|(m, scale)| Exact::from(Decimal::from_i128_with_scale(m, scale)))
}

/// Numbers as they come out of a step: longer behind the point than any that is read.
fn results() -> impl Strategy<Value = Exact> {
    prop_oneof![
        numbers(),
        (numbers(), numbers()).prop_map(|(a, b)| a * b),
        (numbers(), numbers()).prop_map(|(a, b)| a / b),
        (numbers(), numbers(), numbers()).prop_map(|(a, b, c)| a * b * c),
    ]
    .prop_filter("in range", |number| number.is_in_range())
}

/// Numbers like those of a plan: from billions down to a few billionths, not below zero, some with 28 digits.
fn plausible() -> impl Strategy<Value = Exact> {
    let short = (0..=999_999_999_i128, 0..=9_u32);
    let long = (10_i128.pow(27)..10_i128.pow(28), 19..=28_u32);
    prop_oneof![short, long].prop_map(|(m, scale)| Exact::from(Decimal::from_i128_with_scale(m, scale)))
}

fn big(number: Exact) -> BigDecimal {
    number.to_string().parse().unwrap()
}

/// What a step has to give, when its result in full is this one: 28 digits, ties to even. Out of range is what has more
/// before the point, and what would lose digits of which fewer than 11 decimals are left.
fn rounded(full: &BigDecimal) -> Option<BigDecimal> {
    let short = full.with_precision_round(DIGITS.try_into().unwrap(), RoundingMode::HalfEven);
    let limit = BigDecimal::new(1.into(), -28);
    // 28 digits of a number from 10^17 on have fewer than 11 decimals.
    let is_right = short == *full || full.abs() < BigDecimal::new(1.into(), -17);
    (short.abs() < limit && is_right).then_some(short)
}

fn same(step: Exact, full: &BigDecimal) {
    let expected = rounded(full);
    let found = step.is_in_range().then(|| big(step));
    assert_eq!(found, expected, "{step} is not {full} to 28 digits");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn each_step_rounds_its_full_result_once(a in results(), b in results()) {
        same(a + b, &(big(a) + big(b)));
        same(a - b, &(big(a) - big(b)));
        same(a * b, &(big(a) * big(b)));
        same(-a, &-big(a));
    }

    #[test]
    fn a_quotient_times_its_divisor_is_within_half_a_last_digit(a in results(), b in results()) {
        prop_assume!(!b.is_zero());
        let quotient = a / b;
        // In whole numbers: |a − q b| ≤ |b| × half a unit in the last digit of q; on the tie q is even.
        if quotient.is_in_range() && !a.is_zero() {
            let q = big(quotient);
            let (_, scale) = q.as_bigint_and_exponent();
            let digits = i64::try_from(q.digits()).unwrap();
            let unit = BigDecimal::new(1.into(), scale - digits + 28);
            let error = (big(a) - &q * big(b)).abs() * 2;
            let allowed = big(b).abs() * unit;
            prop_assert!(error <= allowed, "{a} ÷ {b} = {quotient}");
            prop_assert!(error < allowed || even(&q), "{a} ÷ {b} = {quotient}");
        } else {
            prop_assert!(a.is_zero() || (big(a) / big(b)).abs() >= BigDecimal::new(1.into(), -17) * BigDecimal::new(99.into(), 2));
        }
    }

    #[test]
    fn a_total_rounds_its_sum_once(
        parts in prop::collection::vec((plausible(), prop_oneof![Just(Exact::ONE), plausible()]), 0..20),
    ) {
        let mut total = Total::ZERO;
        for (a, b) in &parts {
            if *b == Exact::ONE {
                total.add(*a);
            } else {
                total.add_product(*a, *b);
            }
        }
        same(total.sum(), &parts.iter().map(|(a, b)| big(*a) * big(*b)).sum());
    }

    #[test]
    fn a_total_of_anything_is_the_sum_of_its_parts(parts in prop::collection::vec((results(), results()), 0..5)) {
        let mut total = Total::ZERO;
        let mut sum = BigDecimal::from(0);
        let mut size = BigDecimal::from(0);
        for (a, b) in parts {
            total.add_product(a, b);
            sum += big(a) * big(b);
            size += (big(a) * big(b)).abs();
        }
        let total = total.sum();
        if total.is_in_range() {
            // Steps may each lose half a digit of the largest sum on the way.
            let error = (big(total) - &sum).abs();
            prop_assert!(error <= size * BigDecimal::new(1.into(), 26), "{total} is not {sum}");
        } else {
            prop_assert!(size >= BigDecimal::new(1.into(), -16));
        }
    }

    #[test]
    fn numbers_compare_by_value(a in results(), b in results()) {
        prop_assert_eq!(a.cmp(&b), big(a).cmp(&big(b)));
        prop_assert_eq!(a.min(b), if big(b) < big(a) { b } else { a });
        prop_assert_eq!(a.max(b), if big(b) > big(a) { b } else { a });
    }

    #[test]
    fn rounding_takes_ties_away_from_zero(a in results(), places in 0..12_u32) {
        let first = big(a).with_scale_round(i64::from(places) + 6, RoundingMode::HalfUp);
        let expected = first.with_scale_round(i64::from(places), RoundingMode::HalfUp);
        prop_assert_eq!(big(a.round(places)), expected);
    }

    #[test]
    fn text_loses_nothing(mantissa in -9_999_999_999_999_999_999_999_999_999..=9_999_999_999_999_999_999_999_999_999_i128, scale in 0..=28_u32) {
        let text = Decimal::from_i128_with_scale(mantissa, scale).to_string();
        prop_assert_eq!(exact(&text).to_string(), text.clone());
        prop_assert_eq!(exact(&text).value().map(|d| d.to_string()), Some(text));
    }
}

fn even(number: &BigDecimal) -> bool {
    let (mantissa, _) = number.with_prec(DIGITS).as_bigint_and_exponent();
    (mantissa % 2_u8) == 0.into()
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

#[test]
fn ties_round_away_from_zero() {
    for (input, places, expected) in [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("2.5", 0, "3"),
        ("0.1249999", 2, "0.12"),
        ("-0.001", 2, "0.00"),
        ("-0.5", 6, "-0.500000"),
        ("9999999999999999999999999999", 6, "9999999999999999999999999999.000000"),
        ("0.0000000000000000000000000005", 27, "0.000000000000000000000000001"),
        ("0.0000000000000000000000000004", 27, "0.000000000000000000000000000"),
    ] {
        assert_eq!(exact(input).fixed(places), expected, "{input}");
    }
}

#[test]
fn thousands_are_separated() {
    for (input, places, expected) in
        [("0", 0, "0"), ("999.5", 0, "1,000"), ("-1234567.5", 2, "-1,234,567.50"), ("100000", 0, "100,000")]
    {
        assert_eq!(exact(input).grouped(places), expected);
    }
}

#[test]
fn a_half_is_one_however_it_is_worked_out() {
    let (three, twelve) = (Exact::from(3_u32), Exact::from(12_u32));
    let third = Exact::ONE / three;
    // Each is half a cent over a whole one in truth; some steps end just below it, some just above it.
    for (found, expected) in [
        (third * exact("0.015"), "0.01"),
        (third * exact("0.375"), "0.13"),
        (exact("1000.5") / twelve * exact("0.12"), "10.01"),
        (exact("0.12") * exact("1000.5") / twelve, "10.01"),
        (exact("12000000.06") / twelve, "1000000.01"),
        (exact("12000000.06") * (Exact::ONE / twelve), "1000000.01"),
        (exact("100000.05") / (Exact::ONE - third) * third, "50000.03"),
        (exact("100000.05") * third * three / Exact::from(2_u32), "50000.03"),
        (-(exact("0.375") / three), "-0.13"),
    ] {
        assert_eq!(found.fixed(2), expected, "{found}");
        assert_eq!(found.times_rounded(Exact::ONE, 2).fixed(2), expected, "{found} in one step");
    }
}

#[test]
fn rounding_goes_over_six_more_decimals() {
    for (input, places, expected) in [
        ("0.004999995", 2, "0.01"),
        ("0.00499999499", 2, "0.00"),
        ("0.00499999", 2, "0.00"),
        ("0.0049999949999999999999", 2, "0.00"),
        ("0.4999995", 0, "1"),
        ("0.4999994", 0, "0"),
        ("-0.4999995", 0, "-1"),
        ("0.999999999999499999", 6, "1.000000"),
        ("0.0000004999995", 6, "0.000001"),
    ] {
        assert_eq!(exact(input).fixed(places), expected, "{input}");
    }
}

#[test]
fn a_sum_has_the_digits_of_its_parts_or_is_out_of_range() {
    let digits = |count: usize| exact(&"9".repeat(count));
    let cents = |count: usize| digits(count) + exact("0.99");
    assert_eq!((cents(25) + cents(25)).to_string(), format!("1{}.98", "9".repeat(25)));
    assert_eq!((digits(27) + digits(27)).to_string(), format!("1{}8", "9".repeat(26)));
    // With cents these have 29 digits and more.
    for sum in [cents(26) + exact("0.01") + cents(26), digits(27) + exact("0.01"), digits(28) + exact("0.5")] {
        assert!(!sum.is_in_range(), "{sum}");
    }
    let mut total = Total::ZERO;
    for part in [digits(27), exact("0.25"), exact("0.5")] {
        total.add(part);
    }
    assert!(!total.sum().is_in_range(), "{}", total.sum());
}

#[test]
fn compound_months_are_those_of_the_reference() {
    // facts.md, worked example 3
    for (annual, monthly) in [("0.10", "0.00874"), ("0.15", "0.01345"), ("0.20", "0.01842"), ("0.30", "0.02929")] {
        assert_eq!(exact(annual).compound_month().fixed(5), monthly);
    }
    assert_eq!(exact("1").compound_month().fixed(12), "1.000000000000");
    assert_eq!(exact("0.5").compound_month().fixed(12), "0.056125687318");
}

#[test]
fn overflow_and_division_by_zero_stay_out_of_range() {
    let big = exact("9999999999999999999999999999");
    assert_eq!((big * big).value(), None);
    assert_eq!((big / Exact::ZERO + Exact::ONE).value(), None);
}

#[test]
fn text_that_would_lose_a_digit_is_refused() {
    assert!(matches!("0.12345678901234567890123456789012".parse::<Exact>(), Err(ExactError::TooManyDigits(_))));
    for text in ["", "1e3", "1,5", " 1", "+1", ".5", "5.", "1_000", "1.2.3", "--1"] {
        assert!(matches!(text.parse::<Exact>(), Err(ExactError::NotANumber(_))), "{text}");
    }
}
