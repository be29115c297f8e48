//! How a page looks, on a screen and on paper.

/// On paper text is 8 points high, so that a line of the whole width has some 135 letters and a
/// sheet some 80 lines; how much of each part fits is counted in those.
pub(super) const STYLE: &str = "\
@page { size: A4; margin: 10mm; }
:root { color-scheme: light dark; }
body { margin: 0; background: #fff; color: #212b32; overflow-wrap: anywhere; }
body { font: 15px/1.4 Arial, Helvetica, \"Liberation Sans\", sans-serif; }
main { max-width: 190mm; margin: 0 auto; padding: 12px; }
h1 { font-size: 1.5em; margin: 0 0 2px; line-height: 1.2; }
h2 { font-size: 1em; margin: 8px 0 2px; color: #004b8c; }
p, ul, ol { margin: 0 0 4px; }
ul, ol { padding-left: 1.6em; }
header { border-bottom: 3px solid #005eb8; padding-bottom: 4px; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 0 18px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 8px 18px; }
figure { margin: 0; break-inside: avoid; }
figure svg { width: 100%; height: auto; }
figcaption { font-size: 0.9em; }
.more { font-style: italic; }
details { font-size: 0.85em; overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #768692; padding: 2px 6px; text-align: left; }
footer { border-top: 1px solid #768692; margin-top: 8px; font-size: 0.75em; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 8pt; line-height: 1.2; background: #fff; color: #000; }
  main { padding: 0; max-width: none; }
  h1 { font-size: 13pt; line-height: 1.1; }
  h2 { margin: 4px 0 1px; }
  p, ul, ol { margin: 0 0 1px; }
  header { border-bottom-width: 2px; padding-bottom: 2px; }
  .two { grid-template-columns: 1fr 1fr; gap: 0 5mm; }
  .charts { grid-template-columns: 1fr 1fr 1fr; gap: 0 4mm; }
  details { display: none; }
  footer { margin-top: 4px; font-size: 6.5pt; }
}
@media screen and (prefers-color-scheme: dark) {
  body { background: #14191d; color: #f0f4f5; }
  h2 { color: #9cc9f5; }
}
";
