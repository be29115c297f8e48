//! What is declared of a thing in a plan or a personal record, in Swift.

use super::{
    super::{
        Declared, Field, Item, Kind,
        blanks::Blank,
        names::{camel, snake},
    },
    written::{Names, value},
};

/// The texts of a thing, by name.
pub(super) fn texts(item: &Item) -> String {
    let Item { noun, declared, .. } = item;
    if declared.texts().next().is_none() {
        return String::new();
    }
    let (what, case) = (snake(noun).replace('_', " "), camel(noun));
    let names =
        declared.texts().map(|Field { key, .. }| format!("  case {} = \"{key}\"\n", camel(key)));
    let edits = declared.texts().map(|Field { key, variant, .. }| {
        let edit = camel(variant);
        format!("    case .{}: .{case}(id: id, edit: .{edit}(text))\n", camel(key))
    });
    format!(
        "
/// The texts of a {what} that people write together.
public enum {noun}Text: String, CaseIterable, Sendable {{
{names}
  /// This text of one of them, as fields that are typed into and authors are asked for it.
  public func of(_ id: ItemId) -> TextOfItem {{
    TextOfItem(noun: .{case}, id: id, field: rawValue)
  }}

  /// The edit that makes it read so.
  public func edit(_ id: ItemId, _ text: String) -> ProjectEdit {{
    switch self {{
{edits}    }}
  }}
}}
",
        names = names.collect::<String>(),
        edits = edits.collect::<String>(),
    )
}

/// The edits that write a record.
pub(super) fn edits(declared: &Declared) -> String {
    let Declared { record, edit, fields } = declared;
    let lines = fields.iter().map(|Field { key, variant, kind }| {
        let (name, case) = (camel(key), camel(variant));
        match kind {
            Kind::Text | Kind::String { .. } | Kind::Ids => {
                format!("    if !{name}.isEmpty {{ edits.append(.{case}({name})) }}\n")
            }
            Kind::Choice { .. } | Kind::Needed => format!("    edits.append(.{case}({name}))\n"),
            Kind::Optional => format!("    if let {name} {{ edits.append(.{case}({name})) }}\n"),
            Kind::Flag { word, otherwise, .. } => format!(
                "    edits.append(.{case}({name} ? .{} : .{}))\n",
                camel(word),
                camel(otherwise)
            ),
            Kind::Counts => format!(
                "    for (device, value) in {name} {{
      edits.append(.{case}(DeviceCount(device: device, value: value)))
    }}
"
            ),
        }
    });
    let keys = fields
        .iter()
        .map(|field| format!("    case .{}: \"{}\"\n", camel(&field.variant), field.path()));
    format!(
        "
extension {record} {{
  fileprivate var fieldEdits: [{edit}] {{
    var edits: [{edit}] = []
{lines}    return edits
  }}
}}

extension {edit} {{
  fileprivate var key: String {{
    switch self {{
{keys}    }}
  }}
}}
",
        lines = lines.collect::<String>(),
        keys = keys.collect::<String>(),
    )
}

/// What an edit of a record writes in words.
pub(super) fn words_written(declared: &Declared) -> String {
    let (words, short) = (declared.variants(Kind::is_words), declared.variants(Kind::is_short));
    let all = declared.fields.len();
    let otherwise = |cases: usize, value: &str| {
        if cases < all { format!("    default: {value}\n") } else { String::new() }
    };
    let (no_words, not_short) = (otherwise(words.len(), "nil"), otherwise(short.len(), "false"));
    let case = |variant: &str, value: &str| format!("    case .{}{value}\n", camel(variant));
    let words = words.into_iter().map(|variant| case(variant, "(let text): text"));
    let short = short.into_iter().map(|variant| case(variant, ": true"));
    format!(
        "
extension {edit} {{
  fileprivate var written: String? {{
    switch self {{
{words}{no_words}    }}
  }}

  fileprivate var isShort: Bool {{
    switch self {{
{short}{not_short}    }}
  }}
}}
",
        edit = declared.edit,
        words = words.collect::<String>(),
        short = short.collect::<String>(),
    )
}

/// A record with some edits of its fields.
pub(super) fn record(declared: &Declared) -> String {
    let Declared { record, edit, fields } = declared;
    let before = fields.iter().map(|Field { key, kind, .. }| {
        let name = camel(key);
        let blank = kind.blank().filter(|blank| !matches!(blank, Blank::Nothing));
        let otherwise = blank.map_or_else(String::new, |blank| format!(" ?? {}", value(&blank)));
        format!("    var {name} = before?.{name}{otherwise}\n")
    });
    let written = fields.iter().map(|Field { key, variant, kind }| {
        let (name, case) = (camel(key), camel(variant));
        match kind {
            Kind::Counts => {
                format!("      case .{case}(let new): {name}[new.device] = new.value\n")
            }
            Kind::Flag { word, .. } => {
                format!("      case .{case}(let new): {name} = new == .{}\n", camel(word))
            }
            _ => format!("      case .{case}(let new): {name} = new\n"),
        }
    });
    let needed: Vec<String> = fields
        .iter()
        .filter(|field| matches!(field.kind, Kind::Needed))
        .map(|field| format!("let {}", camel(&field.key)))
        .collect();
    let guard = if needed.is_empty() {
        String::new()
    } else {
        format!("    guard {} else {{ return nil }}\n", needed.join(", "))
    };
    let values = fields.iter().map(|field| {
        let name = camel(&field.key);
        format!("{name}: {name}")
    });
    format!(
        "
extension {record} {{
  fileprivate static func written(_ before: {record}?, _ edits: [{edit}]) -> {record}{perhaps} {{
{before}    for edit in edits {{
      switch edit {{
{written}      }}
    }}
{guard}    return {record}({values})
  }}
}}
",
        perhaps = if declared.is_needing() { "?" } else { "" },
        before = before.collect::<String>(),
        written = written.collect::<String>(),
        values = values.collect::<Vec<_>>().join(", "),
    )
}

/// The edits that add a thing with all it says.
pub(super) fn adding(item: &Item, document: &Names) -> String {
    let (Item { noun, of, name, declared, .. }, Names { edit, said, .. }) = (item, document);
    let (what, case) = (snake(noun).replace('_', " "), camel(noun));
    let texts = declared.fields.iter().filter(|field| field.kind.is_words());
    let texts: Vec<_> = texts.map(|field| camel(&field.key)).collect();
    format!(
        "
extension {record} {{
  /// The edits that add this {what} to a {said}, under a fresh id and with all it says.
  public func adding(_ id: ItemId) -> [{edit}] {{
    [.add(noun: .{case}, id: id)] + fieldEdits.map {{ .{case}(id: id, edit: $0) }}
  }}

  fileprivate var words: [String] {{ [{texts}] }}
}}

extension {of}: Identifiable {{
  fileprivate var words: [String] {{ {name}.words }}
}}
",
        record = declared.record,
        texts = texts.join(", "),
        name = camel(name),
    )
}

/// The things of a kind in a document, with some edits.
pub(super) fn items_with(item: &Item, document: &Names) -> String {
    let Item { noun, list, of, name, declared, .. } = item;
    let (case, list, name) = (camel(noun), camel(list), camel(name));
    let record = &declared.record;
    let written = format!("{record}.written(before[id], written[id] ?? [])");
    let shown = if declared.is_needing() {
        format!("{written}.map {{ {of}(id: id, {name}: $0) }}")
    } else {
        format!("{of}(id: id, {name}: {written})")
    };
    format!(
        "
extension {whole} {{
  fileprivate func {list}With(_ edits: [{whole_edit}]) -> [{of}] {{
    let before = Dictionary({list}.map {{ ($0.id, $0.{name}) }}) {{ $1 }}
    var ids = {list}.map(\\.id)
    var written: [ItemId: [{edit}]] = [:]
    for edit in edits {{
      switch edit {{
      case .add(.{case}, let id):
        if !ids.contains(id) {{ ids.append(id) }}
      case .{case}(let id, let edit):
        if !ids.contains(id) {{ ids.append(id) }}
        written[id, default: []].append(edit)
      default: continue
      }}
    }}
    return ids.compactMap {{ id in {shown} }}
  }}
}}
",
        edit = declared.edit,
        whole = document.record,
        whole_edit = document.edit,
    )
}
