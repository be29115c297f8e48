//! What is declared of a plan as a whole, in Swift.

use anyhow::{Result, bail};
use uniffi_bindgen::interface::Type;

use super::super::{Checked, Item, Project, names::camel};

/// What is the same for everything in a plan.
pub(super) fn whole(project: &Project) -> String {
    let lines = |line: &dyn Fn(&Item) -> String| project.items.iter().map(line).collect::<String>();
    let joined = |line: &dyn Fn(&Item) -> String| {
        project.items.iter().map(line).collect::<Vec<_>>().join(",\n")
    };
    let with = joined(&|Item { key, .. }| {
        let list = camel(key);
        format!("      {list}: {list}With(edits)")
    });
    let without = joined(&|Item { key, .. }| {
        let list = camel(key);
        format!("      {list}: {list}.filter {{ !ids.contains($0.id) }}")
    });
    let texts = lines(&|Item { key, .. }| {
        format!("    for item in {} {{ texts.append((item.id, item.words)) }}\n", camel(key))
    });
    let text = lines(&text_of);
    format!(
        "
extension ChangeProject {{
  /// The plan as it would be with what these edits say of the things in it. A thing that lacks what
  /// it needs is not in it; what is taken back or put back is for `withoutItems`.
  public func withItems(_ edits: [ProjectEdit]) -> ChangeProject {{
    copy(
{with})
  }}

  /// The plan without the things that have these ids.
  public func withoutItems(_ ids: Set<ItemId>) -> ChangeProject {{
    copy(
{without})
  }}

  /// What was written in words in each thing of the plan, in the order of its parts.
  public var itemTexts: [(id: ItemId, texts: [String])] {{
    var texts: [(id: ItemId, texts: [String])] = []
{texts}    return texts
  }}

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
fn text_of(Item { noun, key, name, declared, .. }: &Item) -> String {
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
        list = camel(key),
        name = camel(name),
    )
}

/// What is the same for every edit.
pub(super) fn of_edits(project: &Project) -> String {
    let lines = |line: &dyn Fn(&Item) -> String| project.items.iter().map(line).collect::<String>();
    let edit = lines(&|Item { noun, declared, .. }| {
        if declared.texts().next().is_none() {
            return String::new();
        }
        let case = camel(noun);
        format!("    case .{case}: {noun}Text(rawValue: field)?.edit(id, text)\n")
    });
    let nouns = lines(&|Item { noun, .. }| {
        let case = camel(noun);
        format!("    case .{case}(let id, _): (.{case}, id)\n")
    });
    let paths = lines(&|Item { noun, key, .. }| {
        let case = camel(noun);
        format!("    case .{case}(let id, let edit): \"{key}/\\(id)/\\(edit.key)\"\n")
    });
    let replacing =
        project.replacing().map(|(edit, key)| format!("    case .{}: \"{key}\"\n", camel(edit)));
    let replacing: String = replacing.collect();
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

extension ProjectEdit {{
  /// The thing in a plan that this is an edit of, by its kind and id; nil if it is of no such thing.
  public var item: (noun: Noun, id: ItemId)? {{
    switch self {{
    case .add(let noun, let id), .takeBack(let noun, let id, _), .putBack(let noun, let id):
      (noun, id)
{nouns}    default: nil
    }}
  }}

  /// Where it writes, as disagreements and `fieldAuthors` name it: `status`, `aim/to`,
  /// `measures/{{id}}/unit`. Nil where it puts nothing in the place of something else.
  public var path: String? {{
    switch self {{
    case .move: \"status\"
{replacing}    case .aim(let edit): \"aim/\\(edit.key)\"
{paths}    default: nil
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

/// What Kotlin has of the language: the plan with something else in the place of some fields.
pub(super) fn copy(project: &Project) -> Result<String> {
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for (field, of) in &project.fields {
        let (name, of) = (camel(field), written(project, field, of)?);
        parameters.push(format!("    {name}: {of}? = nil"));
        values.push(format!("      {name}: {name} ?? self.{name}"));
    }
    Ok(format!(
        "
extension ChangeProject {{
  /// The plan with something else in the place of some fields.
  public func copy(
{}
  ) -> ChangeProject {{
    ChangeProject(
{})
  }}
}}
",
        parameters.join(",\n"),
        values.join(",\n")
    ))
}

/// A type as Swift writes it.
fn written(project: &Project, field: &str, of: &Type) -> Result<String> {
    Ok(match of {
        Type::String => "String".to_owned(),
        Type::Optional { inner_type } => written(project, field, inner_type)? + "?",
        Type::Sequence { inner_type } => format!("[{}]", written(project, field, inner_type)?),
        Type::Record { name, .. } | Type::Enum { name, .. } => name.clone(),
        Type::Custom { name, .. } => match project.item(field) {
            Some(item) => format!("[{}]", item.of),
            None => name.clone(),
        },
        other => bail!("a plan has {field}, of a type without a rule here: {other:?}"),
    })
}
