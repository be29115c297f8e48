//! A page as it is printed: one document that needs nothing but itself.

use std::fmt::Write;

use super::{ArcpPage, ArcpStamp, Part, day_in_words, style::STYLE};
use crate::{
    markup::escaped,
    printed::{BEGINNING, DIGEST, cut},
};

/// Characters of a cell that a sheet has room for; the record has all.
const CELL: usize = 280;
/// Sentences on what is missing, likewise.
const MISSING: usize = 24;
/// Characters of one of them.
const SENTENCE: usize = 400;
/// Characters of a name.
const NAME: usize = 80;

impl ArcpPage {
    /// The page, with [`DIGEST`] where its digest belongs.
    pub fn html(&self, stamp: &ArcpStamp) -> String {
        let mut html = String::with_capacity(64 << 10);
        html.push_str(BEGINNING);
        stamp.write(&mut html);
        let name = escaped(&cut(&self.trainee, NAME));
        let _ = write!(
            html,
            "<title>Annual review: {name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <main>\n<header>\n<h1>Annual review: {name}</h1>\n<p>{}",
            self.period.in_words()
        );
        if !self.programme.is_empty() {
            let _ = write!(html, " · {}", escaped(&cut(&self.programme, NAME)));
        }
        let _ = writeln!(html, " · Made on {}</p>\n</header>", day_in_words(self.made_on));
        self.write_missing(&mut html);
        self.parts.iter().for_each(|part| part.write(&mut html));
        let _ = write!(
            html,
            "<footer>SHA-256 of this page: <span>{DIGEST}</span>. Whether it still agrees with \
             the record it was made of: <code>enhance verify FILE</code>.</footer>\n</main>\n\
             </body>\n</html>\n"
        );
        html
    }

    fn write_missing(&self, html: &mut String) {
        html.push_str(
            "<section class=\"missing\" aria-labelledby=\"missing\">\n\
             <h2 id=\"missing\">What is missing</h2>\n",
        );
        if self.missing.is_empty() {
            html.push_str("<p>Nothing that the programme asks for.</p>\n");
        } else {
            html.push_str("<ul>\n");
            for sentence in self.missing.iter().take(MISSING) {
                let _ = writeln!(html, "<li>{}</li>", escaped(&cut(sentence, SENTENCE)));
            }
            html.push_str("</ul>\n");
            write_more(html, self.missing.len().saturating_sub(MISSING));
        }
        html.push_str("</section>\n");
    }
}

impl Part {
    fn write(&self, html: &mut String) {
        if self.is_left_out() {
            return;
        }
        let (key, title) = (escaped(&self.key), escaped(&cut(&self.title, NAME)));
        let _ =
            writeln!(html, "<section aria-labelledby=\"{key}\">\n<h2 id=\"{key}\">{title}</h2>");
        if !self.note.is_empty() {
            let _ = writeln!(html, "<p>{}</p>", escaped(&cut(&self.note, 2 * SENTENCE)));
        }
        if self.rows.is_empty() {
            if !self.if_empty.is_empty() {
                let _ = writeln!(html, "<p>{}</p>", self.if_empty);
            }
        } else {
            self.write_table(html);
        }
        write_more(html, self.rows.len().saturating_sub(self.most));
        html.push_str("</section>\n");
    }

    fn write_table(&self, html: &mut String) {
        html.push_str("<div class=\"table\">\n<table>\n<thead>\n<tr>");
        for column in self.columns {
            let _ = write!(html, "<th scope=\"col\">{}</th>", column.title);
        }
        html.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in self.rows.iter().take(self.most) {
            html.push_str("<tr>");
            for (index, cell) in row.iter().enumerate() {
                let words = escaped(&cut(&cell.in_words(), CELL));
                let _ = match index {
                    0 => write!(html, "<th scope=\"row\">{words}</th>"),
                    _ => write!(html, "<td>{words}</td>"),
                };
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n</table>\n</div>\n");
    }
}

fn write_more(html: &mut String, left: usize) {
    let verb = if left == 1 { "is" } else { "are" };
    if left > 0 {
        let _ = writeln!(html, "<p class=\"more\">{left} more {verb} in the record.</p>");
    }
}
