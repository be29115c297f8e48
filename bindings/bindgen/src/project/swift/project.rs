//! What is declared of a plan and of a personal record as a whole, in Swift.

use anyhow::{Result, bail};
use uniffi_bindgen::interface::Type;

use super::{
    super::{Checked, Item, names::camel},
    written::Names,
};

/// What is the same for everything in a document. Swift wants arguments in the order in which the
/// document has its fields.
pub(super) fn whole(items: &[Item], fields: &[(String, Type)], document: &Names) -> String {
    let Names { record, edit, said, .. } = document;
    let lists = fields.iter().filter(|(field, _)| items.iter().any(|item| item.list == *field));
    let lists: Vec<String> = lists.map(|(list, _)| camel(list)).collect();
    let joined =
        |line: &dyn Fn(&String) -> String| lists.iter().map(line).collect::<Vec<_>>().join(",\n");
    let with = joined(&|list| format!("      {list}: {list}With(edits)"));
    let without = joined(&|list| format!("      {list}: {list}.filter {{ !ids.contains($0.id) }}"));
    let texts = lines(items, |Item { list, .. }| {
        format!("    for item in {} {{ texts.append((item.id, item.words)) }}\n", camel(list))
    });
    format!(
        "
extension {record} {{
  /// The {said} as it would be with what these edits say of the things in it. A thing that lacks
  /// what it needs is not in it; what is taken back or put back is for `withoutItems`.
  public func withItems(_ edits: [{edit}]) -> {record} {{
    copy(
{with})
  }}

  /// The {said} without the things that have these ids.
  public func withoutItems(_ ids: Set<ItemId>) -> {record} {{
    copy(
{without})
  }}

  /// What was written in words in each thing of the {said}, in the order of its parts.
  public var itemTexts: [(id: ItemId, texts: [String])] {{
    var texts: [(id: ItemId, texts: [String])] = []
{texts}    return texts
  }}
}}
"
    )
}

/// The texts of things in a plan that are typed into.
pub(super) fn text_of(items: &[Item]) -> String {
    let text = lines(items, text_of_item);
    format!(
        "
extension ChangeProject {{
  /// What a text of a thing in the plan says; nil if there is no such thing or text.
  public func text(_ text: TextOfItem) -> String? {{
    switch text.noun {{
{text}    default: return nil
    }}
  }}
}}
"
    )
}

/// How a text of one of these things is found.
fn text_of_item(Item { noun, list, name, declared, .. }: &Item) -> String {
    let fields = declared.texts().map(|field| {
        let name = camel(&field.key);
        format!("      case .{name}: return item.{name}\n")
    });
    let fields: String = fields.collect();
    if fields.is_empty() {
        return String::new();
    }
    format!(
        "    case .{case}:
      guard let item = {list}.first(where: {{ $0.id == text.id }})?.{name} else {{ return nil }}
      switch {noun}Text(rawValue: text.field) {{
{fields}      case nil: return nil
      }}
",
        case = camel(noun),
        list = camel(list),
        name = camel(name),
    )
}

/// The edits of the texts that are typed into.
pub(super) fn text_edits(items: &[Item]) -> String {
    let edit = lines(items, |Item { noun, declared, .. }| {
        if declared.texts().next().is_none() {
            return String::new();
        }
        let case = camel(noun);
        format!("    case .{case}: {noun}Text(rawValue: field)?.edit(id, text)\n")
    });
    format!(
        "
extension TextOfItem {{
  /// The edit that makes this text read so; nil if a thing of this kind has no such text.
  public func edit(_ text: String) -> ProjectEdit? {{
    switch noun {{
{edit}    default: nil
    }}
  }}
}}
"
    )
}

/// What is the same for every edit of a document: of which thing it is, and where it writes. Beside
/// what is in it, a plan has fields of its own that are replaced, here with their cases.
pub(super) fn of_edits(items: &[Item], document: &Names, replacing: &[(String, String)]) -> String {
    let Names { edit, said, .. } = document;
    let nouns = lines(items, |Item { noun, .. }| {
        let case = camel(noun);
        format!("    case .{case}(let id, _): (.{case}, id)\n")
    });
    let paths = lines(items, |Item { noun, key, .. }| {
        let case = camel(noun);
        format!("    case .{case}(let id, let edit): \"{key}/\\(id)/\\(edit.key)\"\n")
    });
    let own = replacing
        .iter()
        .fold(String::new(), |own, (case, path)| format!("{own}    case .{case}: {path}\n"));
    let examples = document.paths;
    format!(
        "
extension {edit} {{
  /// The thing in a {said} that this is an edit of, by its kind and id; nil if it
  /// is of no such thing.
  public var item: (noun: Noun, id: ItemId)? {{
    switch self {{
    case .add(let noun, let id), .takeBack(let noun, let id, _), .putBack(let noun, let id):
      (noun, id)
{nouns}    default: nil
    }}
  }}

  /// Where it writes, as disagreements name it: {examples}. Nil where it puts
  /// nothing in the place of something else.
  public var path: String? {{
    switch self {{
{own}{paths}    default: nil
    }}
  }}
}}
"
    )
}

/// What each edit of a document writes in words, by which a core in memory knows what is too long.
pub(super) fn words_of_edits(items: &[Item], document: &Names, own: [&str; 2]) -> String {
    let (edit, [written, short]) = (document.edit, own);
    let of_items = |property: &str| {
        lines(items, |Item { noun, .. }| {
            format!("    case .{}(_, let edit): edit.{property}\n", camel(noun))
        })
    };
    let (of_written, of_short) = (of_items("written"), of_items("isShort"));
    format!(
        "
extension {edit} {{
  /// What this writes in words; nil if it writes none.
  public var written: String? {{
    switch self {{
{written}{of_written}    default: nil
    }}
  }}

  /// Whether what this writes in words stands in lists, as a name does, and has to be short.
  public var isShort: Bool {{
    switch self {{
{short}{of_short}    default: false
    }}
  }}
}}
"
    )
}

/// What the checks of a plan ask for.
pub(super) fn checks(checks: &[Checked]) -> String {
    let sentences = checks.iter().map(|Checked { check, sentence, .. }| {
        format!("    case .{}: {sentence:?}\n", camel(check))
    });
    let parts = checks.iter().map(|Checked { check, part, .. }| {
        format!("    case .{}: .{}\n", camel(check), camel(part))
    });
    format!(
        "
extension PlanCheckKind {{
  /// What would satisfy this check of a plan.
  public var sentence: String {{
    switch self {{
{}    }}
  }}

  /// Where to go for that.
  public var part: ProjectPart {{
    switch self {{
{}    }}
  }}
}}
",
        sentences.collect::<String>(),
        parts.collect::<String>(),
    )
}

/// What Kotlin has of the language: the document with something else in the place of some fields.
pub(super) fn copy(fields: &[(String, Type)], items: &[Item], document: &Names) -> Result<String> {
    let Names { record, said, .. } = document;
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for (field, of) in fields {
        let (name, of) = (camel(field), written(items, field, of)?);
        parameters.push(format!("    {name}: {of}? = nil"));
        values.push(format!("      {name}: {name} ?? self.{name}"));
    }
    Ok(format!(
        "
extension {record} {{
  /// The {said} with something else in the place of some fields.
  public func copy(
{}
  ) -> {record} {{
    {record}(
{})
  }}
}}
",
        parameters.join(",\n"),
        values.join(",\n")
    ))
}

/// A type as Swift writes it.
fn written(items: &[Item], field: &str, of: &Type) -> Result<String> {
    Ok(match of {
        Type::String => "String".to_owned(),
        Type::Optional { inner_type } => written(items, field, inner_type)? + "?",
        Type::Sequence { inner_type } => format!("[{}]", written(items, field, inner_type)?),
        Type::Record { name, .. } | Type::Enum { name, .. } => name.clone(),
        Type::Custom { name, .. } => match items.iter().find(|item| item.list == field) {
            Some(item) => format!("[{}]", item.of),
            None => name.clone(),
        },
        other => bail!("{field} is of a type without a rule here: {other:?}"),
    })
}

fn lines(items: &[Item], line: impl Fn(&Item) -> String) -> String {
    items.iter().map(line).collect()
}
