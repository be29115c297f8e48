//! Numbers without rounding: what people type, what a point is worth, and what lines are at.

mod decimal;
mod exact;
mod quantity;

pub(super) use self::exact::Level;
pub use self::{
    decimal::{Decimal, DecimalError},
    exact::Exact,
    quantity::Quantity,
};

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    #[test]
    fn a_decimal_reads_what_it_prints() {
        for text in ["0", "-3", "4.75", "0.000000001", "-0.5", "999999999999999"] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
        assert_eq!(Decimal::from_thousandths(-1_250).to_string(), "-1.25");
        assert_eq!("007.10".parse::<Decimal>().unwrap().to_string(), "7.1");
        for text in ["", "-", ".5", "5.", "1e3", "+1", "1,5", " 1", "١", "--1", "1.2.3"] {
            assert!(matches!(text.parse::<Decimal>(), Err(DecimalError::NotANumber(_))), "{text}");
        }
        assert!(matches!("1234567890123456".parse::<Decimal>(), Err(DecimalError::TooLarge(_))));
        assert!("999999999999999.999999999".parse::<Decimal>().is_err());
    }

    #[test]
    fn numbers_round_away_from_zero_at_the_half() {
        let half = Exact::from(Quantity::quotient(1, 8).unwrap());
        assert_eq!(half.to_fixed(2), "0.13");
        let negative = Exact::from(Quantity::from("-0.125".parse::<Decimal>().unwrap()));
        assert_eq!(negative.to_fixed(2), "-0.13");
        assert_eq!(negative.to_fixed(0), "0");
        assert_eq!(negative.to_fixed(3), "-0.125");
    }

    #[test]
    fn a_point_a_hair_from_a_line_is_on_its_own_side() {
        let third = Exact::sum([(1, 3)]);
        let level = Level::new(&third);
        let near = |text: &str| Quantity::from(text.parse::<Decimal>().unwrap());
        assert_eq!(level.compare(near("0.333333333")), Ordering::Less);
        assert_eq!(level.compare(near("0.333333334")), Ordering::Greater);
        assert_eq!(level.compare(Quantity::quotient(4, 12).unwrap()), Ordering::Equal);
        let close = Quantity::quotient(1_431_655_765, 4_294_967_294).unwrap();
        assert_eq!(level.compare(close), Exact::from(close).cmp(&third));
        let below = Exact::sum([(-1, 3)]);
        assert_eq!(Level::new(&below).compare(near("-0.333333333")), Ordering::Greater);
        assert_eq!(Level::new(&below).compare(near("-0.333333334")), Ordering::Less);
    }
}
