//! Sizes as people say them.

use crate::counted;

/// A number of bytes, in the unit that fits.
pub fn size(bytes: u64) -> String {
    if bytes < 1_000 {
        return counted(bytes, "byte");
    }
    let larger = [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000)];
    let fits = larger.into_iter().find(|(_, of)| bytes >= *of);
    let (unit, of) = fits.unwrap_or(("kB", 1_000));
    format!("{}.{} {unit}", bytes / of, bytes % of / (of / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_000), "1.0 kB");
        assert_eq!(size(456_789), "456.7 kB");
        assert_eq!(size(12_345_678), "12.3 MB");
        assert_eq!(size(u64::MAX), "18446744.0 TB");
    }
}
