//! The picture of a chart as pixels, for a slide.
//!
//! Its letters are those of `fonts/`, which are shipped, and of no font of the machine: the same
//! chart is the same bytes everywhere. A letter that they lack is an empty box.

use std::sync::Arc;

use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

const LETTERS: [&[u8]; 2] = [
    include_bytes!("../fonts/EnhanceSans-Regular.ttf"),
    include_bytes!("../fonts/EnhanceSans-Bold.ttf"),
];
const FAMILY: &str = "Enhance Sans";

/// Pixels of the largest picture: four bytes each are held while it is drawn.
const MOST_PIXELS: u64 = 32 << 20;

/// A chart cannot be drawn in pixels.
#[derive(Debug, thiserror::Error)]
pub enum NoPicture {
    /// So wide, it would be higher than fits into a picture.
    #[error("{width} by {height} pixels are too many; a picture has at most {MOST_PIXELS}")]
    TooLarge { width: u32, height: u64 },
    /// The drawing says something that cannot be drawn.
    #[error("the chart cannot be drawn in pixels: {0}")]
    Drawing(String),
}

/// A drawing of SVG as PNG, so many pixels wide.
pub fn png(svg: &str, width: u16) -> Result<Vec<u8>, NoPicture> {
    let drawing = |error: &dyn std::fmt::Display| NoPicture::Drawing(error.to_string());
    let tree = Tree::from_str(svg, &options()).map_err(|error| drawing(&error))?;
    let scale = f32::from(width) / tree.size().width();
    let (width, height) = (u32::from(width), rows(tree.size().height() * scale));
    let too_large = || NoPicture::TooLarge { width, height };
    if u64::from(width) * height > MOST_PIXELS {
        return Err(too_large());
    }
    let height = u32::try_from(height).map_err(|_| too_large())?;
    let mut pixels = Pixmap::new(width, height).ok_or_else(too_large)?;
    // Where the drawing ends within a row of pixels nothing shines through.
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| drawing(&error))
}

/// Rows of pixels for a drawing so high, which is a small positive number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is cut to fit")]
fn rows(height: f32) -> u64 {
    height.round().max(1.0) as u64
}

fn options() -> Options<'static> {
    let mut fonts = Database::new();
    for letters in LETTERS {
        fonts.load_font_data(letters.to_vec());
    }
    // What the drawing asks for is not here, and comes down to its last word, sans-serif.
    fonts.set_sans_serif_family(FAMILY);
    Options { fontdb: Arc::new(fonts), font_family: FAMILY.to_owned(), ..Options::default() }
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::PathBuf};

    use super::*;

    fn kept(file: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)
    }

    /// `ENHANCE_BLESS=1` writes it anew. Look at it before you commit it.
    #[test]
    fn a_chart_with_everything_is_the_picture_that_it_was() {
        let drawn = kept("../core/model/tests/golden/everything-run.svg");
        let picture = png(&fs::read_to_string(drawn).unwrap(), 1_600).unwrap();
        let golden = kept("golden/everything-run.png");
        if env::var_os("ENHANCE_BLESS").is_some() {
            fs::write(&golden, &picture).unwrap();
        }
        assert!(fs::read(golden).unwrap() == picture, "the picture is another one");
    }

    fn square(inside: &str, height: u32) -> String {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\"";
        format!("{svg} height=\"{height}\">{inside}</svg>")
    }

    fn size(png: &[u8]) -> [u32; 2] {
        [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()))
    }

    #[test]
    fn a_picture_is_as_wide_as_was_asked_for() {
        assert_eq!(size(&png(&square("", 50), 1_600).unwrap()), [1_600, 800]);
        assert_eq!(size(&png(&square("", 50), 30).unwrap()), [30, 15]);
    }

    #[test]
    fn letters_are_drawn_whatever_the_machine_has() {
        let text = |words| square(&format!("<text x=\"5\" y=\"40\">{words}</text>"), 50);
        let drawn = |words| png(&text(words), 200).unwrap();
        assert_ne!(drawn("median"), drawn(""));
        assert_ne!(drawn("Zoë, ≥ 5 %"), drawn("Zo, 5 %"));
        // Not a letter of the fonts: a box, and no fault.
        assert_ne!(drawn("\u{6f22}"), drawn(""));
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused() {
        let refused = png(&square("", 2_000_000), 4_000).unwrap_err();
        assert!(matches!(refused, NoPicture::TooLarge { .. }), "{refused}");
        assert!(matches!(png("no drawing", 100), Err(NoPicture::Drawing(_))));
    }
}
