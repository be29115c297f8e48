//! What is declared of a plan as a whole, in Kotlin.

use super::super::{
    Checked, Item, Project,
    names::{camel, snake},
};

/// What is the same for everything in a plan.
pub(super) fn whole(project: &Project) -> String {
    let lines = |line: &dyn Fn(&Item) -> String| project.items.iter().map(line).collect::<String>();
    let with = lines(&|Item { key, .. }| {
        let list = camel(key);
        format!("    {list} = {list}With(edits),\n")
    });
    let without = lines(&|Item { key, .. }| {
        let list = camel(key);
        format!("    {list} = {list}.filter {{ it.id !in ids }},\n")
    });
    let texts = lines(&|Item { key, name, .. }| {
        format!("    {}.forEach {{ put(it.id, it.{}.words()) }}\n", camel(key), camel(name))
    });
    let text = lines(&text_of);
    format!(
        "
/**
 * The plan as it would be with what these edits say of the things in it. A thing that lacks what it
 * needs is not in it; what is taken back or put back is for [withoutItems].
 */
public fun ChangeProject.withItems(edits: List<ProjectEdit>): ChangeProject = copy(
{with})

/** The plan without the things that have these ids. */
public fun ChangeProject.withoutItems(ids: Set<ItemId>): ChangeProject = copy(
{without})

/** What was written in words in each thing of the plan, in the order of its parts. */
public fun ChangeProject.itemTexts(): Map<ItemId, List<String>> = buildMap {{
{texts}}}

/** What a text of a thing in the plan says; null if there is no such thing or text. */
public fun ChangeProject.text(of: TextOfItem): String? = when (of.noun) {{
{text}    else -> null
}}
"
    )
}

/// How a text of one of these things is found.
fn text_of(Item { noun, key, name, declared, .. }: &Item) -> String {
    let upper = snake(noun).to_uppercase();
    let fields = declared.texts().map(|field| {
        let name = field.key.to_uppercase();
        format!("            {noun}Text.{name} -> it.{}\n", camel(&field.key))
    });
    let fields: String = fields.collect();
    if fields.is_empty() {
        return String::new();
    }
    format!(
        "    Noun.{upper} -> {list}.find {{ it.id == of.id }}?.{name}?.let {{
        when ({noun}Text.of(of.field)) {{
{fields}            null -> null
        }}
    }}
",
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
        let upper = snake(noun).to_uppercase();
        format!("    Noun.{upper} -> {noun}Text.of(field)?.edit(id, text)\n")
    });
    let nouns = lines(&|Item { noun, .. }| {
        let upper = snake(noun).to_uppercase();
        format!("        is ProjectEdit.{noun} -> Noun.{upper} to id\n")
    });
    let paths = lines(&|Item { noun, key, .. }| {
        format!("        is ProjectEdit.{noun} -> \"{key}/$id/${{edit.key}}\"\n")
    });
    let replacing = project
        .replacing()
        .map(|(edit, key)| format!("        is ProjectEdit.{edit} -> \"{key}\"\n"));
    let replacing: String = replacing.collect();
    format!(
        "
/** The edit that makes this text read so; null if a thing of this kind has no such text. */
public fun TextOfItem.edit(text: String): ProjectEdit? = when (noun) {{
{edit}    else -> null
}}

/** The thing in a plan that this is an edit of, by its kind and id; null if it is of no such thing. */
public val ProjectEdit.item: Pair<Noun, ItemId>?
    get() = when (this) {{
        is ProjectEdit.Add -> noun to id
        is ProjectEdit.TakeBack -> noun to id
        is ProjectEdit.PutBack -> noun to id
{nouns}        else -> null
    }}

/**
 * Where it writes, as disagreements and [LearningCoreApi.fieldAuthors] name it: `status`, `aim/to`,
 * `measures/{{id}}/unit`. Null where it puts nothing in the place of something else.
 */
public val ProjectEdit.path: String?
    get() = when (this) {{
        is ProjectEdit.Move -> \"status\"
{replacing}        is ProjectEdit.Aim -> \"aim/${{edit.key}}\"
{paths}        else -> null
    }}
"
    )
}

/// What the checks of a plan ask for.
pub(super) fn checks(checks: &[Checked]) -> String {
    let sentences = checks.iter().map(|Checked { check, sentence, .. }| {
        let upper = snake(check).to_uppercase();
        format!("        PlanCheckKind.{upper} -> {sentence:?}\n")
    });
    let parts = checks.iter().map(|Checked { check, part, .. }| {
        let (check, part) = (snake(check).to_uppercase(), snake(part).to_uppercase());
        format!("        PlanCheckKind.{check} -> ProjectPart.{part}\n")
    });
    format!(
        "
/** What would satisfy this check of a plan. */
public val PlanCheckKind.sentence: String
    get() = when (this) {{
{}    }}

/** Where to go for that. */
public val PlanCheckKind.part: ProjectPart
    get() = when (this) {{
{}    }}
",
        sentences.collect::<String>(),
        parts.collect::<String>(),
    )
}
