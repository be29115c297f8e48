//! A chart as one picture in SVG that needs nothing beside it.
//!
//! Its title and description tell all to who does not see it; every meaning has a shape and a word;
//! colours follow the reader's light or dark setting. Coordinates are whole tenths of a pixel.

mod page;
mod pen;
mod plot;

use std::fmt::Write;

use self::pen::Pen;
use super::{super::ChartView, plain};
use crate::markup::escaped;

/// How wide a picture is, and what it is called on its page.
///
/// Text is 12 pixels high at whatever width, so a picture is made as wide as it will be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u16,
    id: String,
    /// Low, and without the sentences below.
    is_brief: bool,
}

impl Picture {
    /// As wide as a small phone.
    pub const PHONE: u16 = 320;
    /// As wide as the text of a printed page.
    pub const PAGE: u16 = 640;
    /// As wide as a slide.
    pub const SLIDE: u16 = 1_000;

    /// A picture so many pixels wide, from 240 to 4,000. The id must be one of its own on a page
    /// that has several; what is not a letter, a digit or a hyphen is left out of it.
    pub fn new(width: u16, id: &str) -> Self {
        let id: String =
            id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect();
        let id = if id.is_empty() { "chart".to_owned() } else { id };
        Self { width: width.clamp(240, 4_000), id, is_brief: false }
    }

    /// A picture that leaves room for others: low, and without the sentences below, which who shows
    /// it says beside it.
    pub fn brief(width: u16, id: &str) -> Self {
        Self { is_brief: true, ..Self::new(width, id) }
    }
}

/// The chart as an element of SVG, the same bytes on every machine. It is a document as it is, and
/// can stand within a page.
pub fn svg(view: &ChartView, picture: &Picture) -> String {
    let mut pen = Pen::default();
    let width = i64::from(picture.width) * 10;
    let height = page::draw(&mut pen, view, width, picture.is_brief);
    let id = &picture.id;
    let mut document = String::with_capacity(pen.elements.len() + 4_096);
    let _ = writeln!(
        document,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"enhance-chart\" role=\"img\" lang=\"en\" \
         aria-labelledby=\"{id}-title {id}-desc\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {width} {height}\">",
        picture.width,
        height / 10
    );
    let _ = writeln!(document, "<title id=\"{id}-title\">{}</title>", escaped(&plain(&view.title)));
    let description = plain(&view.summary.join(" "));
    let _ = writeln!(document, "<desc id=\"{id}-desc\">{}</desc>", escaped(&description));
    let _ = writeln!(document, "<style>{STYLE}</style>");
    let _ = writeln!(document, "<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>");
    document.push_str(&pen.elements);
    document.push_str("</svg>\n");
    document
}

/// Sizes are in tenths of a pixel. Contrast of words is 7:1 or more, of shapes 4.5:1 or more, on
/// both grounds.
const STYLE: &str = "
.enhance-chart{max-width:100%;height:auto;font-family:Frutiger,Arial,Helvetica,\"DejaVu Sans\",sans-serif}
.enhance-chart .back{fill:#fff}
.enhance-chart text{font-size:120px;fill:#212b32}
.enhance-chart .title{font-size:150px;font-weight:700}
.enhance-chart .soft{fill:#425563}
.enhance-chart .name{font-weight:700}
.enhance-chart .tag{font-weight:700;paint-order:stroke;stroke:#fff;stroke-width:40;stroke-linejoin:round}
.enhance-chart .end{text-anchor:end}
.enhance-chart .middle{text-anchor:middle}
.enhance-chart path,.enhance-chart line{fill:none;stroke:#425563;stroke-width:15}
.enhance-chart .grid{stroke:#d8dde0;stroke-width:10}
.enhance-chart .centre{stroke:#212b32;stroke-width:15}
.enhance-chart .limit{stroke-dasharray:60 40}
.enhance-chart .near{stroke-width:10;stroke-dasharray:10 40}
.enhance-chart .target{stroke:#00703c;stroke-width:20;stroke-dasharray:120 40 20 40}
.enhance-chart .phase{stroke-width:10}
.enhance-chart .note{stroke-width:10;stroke-dasharray:20 30}
.enhance-chart .series{stroke:#768692;stroke-width:12}
.enhance-chart .common{fill:#425563;stroke:none}
.enhance-chart .hollow{fill:#fff;stroke:#425563;stroke-width:14}
.enhance-chart .improvement{fill:#005eb8;stroke:none}
.enhance-chart .concern{fill:#b34a00;stroke:none}
.enhance-chart .change{fill:#6a3a9a;stroke:none}
@media screen and (prefers-color-scheme:dark){
.enhance-chart .back{fill:#12181c}
.enhance-chart text{fill:#f0f4f5}
.enhance-chart .soft{fill:#c3ccd2}
.enhance-chart path,.enhance-chart line{stroke:#aeb7bd}
.enhance-chart .tag{stroke:#12181c}
.enhance-chart .grid{stroke:#35414a}
.enhance-chart .centre{stroke:#f0f4f5}
.enhance-chart .target{stroke:#6fd69a}
.enhance-chart .series{stroke:#8b979f}
.enhance-chart .common{fill:#c3ccd2;stroke:none}
.enhance-chart .hollow{fill:#12181c;stroke:#c3ccd2}
.enhance-chart .improvement{fill:#6cb6ff;stroke:none}
.enhance-chart .concern{fill:#ff9f55;stroke:none}
.enhance-chart .change{fill:#cda9f5;stroke:none}
}
";
