//! How a page looks, on a screen and on paper.

pub(super) const STYLE: &str = "\
@page { size: A4; margin: 12mm; }
:root { color-scheme: light dark; }
body { margin: 0; background: #fff; color: #212b32; overflow-wrap: anywhere; }
body { font: 15px/1.4 Arial, Helvetica, \"Liberation Sans\", sans-serif; }
main { max-width: 210mm; margin: 0 auto; padding: 12px; }
header { border-bottom: 3px solid #005eb8; padding-bottom: 4px; }
h1 { font-size: 1.5em; margin: 0 0 2px; line-height: 1.2; }
h2 { font-size: 1.05em; margin: 14px 0 4px; color: #004b8c; break-after: avoid; }
p, ul { margin: 0 0 4px; }
ul { padding-left: 1.4em; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9em; }
th, td { border: 1px solid #768692; padding: 3px 6px; text-align: left; vertical-align: top; }
thead th { background: #e8edee; }
tbody th { font-weight: normal; }
tr { break-inside: avoid; }
.more { font-style: italic; }
.missing { border-left: 4px solid #ed8b00; padding-left: 10px; }
footer { border-top: 1px solid #768692; margin-top: 12px; font-size: 0.75em; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 9pt; line-height: 1.25; background: #fff; color: #000; }
  main { padding: 0; max-width: none; }
  .table { overflow: visible; }
  thead { display: table-header-group; }
}
@media screen and (prefers-color-scheme: dark) {
  body { background: #14191d; color: #f0f4f5; }
  h2 { color: #9cc9f5; }
  thead th { background: #26323a; }
}
";
