//! What is declared of a plan and of a personal record as a whole, in Kotlin.

use super::{
    super::{
        Checked, Item,
        names::{camel, snake},
    },
    written::{Names, PLAN, RECORD},
};

/// What is the same for everything in a document.
pub(super) fn whole(items: &[Item], of: &Names) -> String {
    let Names { record, edit, said } = of;
    let with = lines(items, |Item { list, .. }| {
        let list = camel(list);
        format!("    {list} = {list}With(edits),\n")
    });
    let without = lines(items, |Item { list, .. }| {
        let list = camel(list);
        format!("    {list} = {list}.filter {{ it.id !in ids }},\n")
    });
    let texts = lines(items, |Item { list, name, .. }| {
        format!("    {}.forEach {{ put(it.id, it.{}.words()) }}\n", camel(list), camel(name))
    });
    format!(
        "
/**
 * The {said} as it would be with what these edits say of the things in it. A thing that lacks what it
 * needs is not in it; what is taken back or put back is for [withoutItems].
 */
public fun {record}.withItems(edits: List<{edit}>): {record} = copy(
{with})

/** The {said} without the things that have these ids. */
public fun {record}.withoutItems(ids: Set<ItemId>): {record} = copy(
{without})

/** What was written in words in each thing of the {said}, in the order of its parts. */
public fun {record}.itemTexts(): Map<ItemId, List<String>> = buildMap {{
{texts}}}
"
    )
}

/// The texts of things in a plan that are typed into.
pub(super) fn text_of(items: &[Item]) -> String {
    let text = lines(items, text_of_item);
    format!(
        "
/** What a text of a thing in the plan says; null if there is no such thing or text. */
public fun ChangeProject.text(of: TextOfItem): String? = when (of.noun) {{
{text}    else -> null
}}
"
    )
}

/// How a text of one of these things is found.
fn text_of_item(Item { noun, list, name, declared, .. }: &Item) -> String {
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
        let upper = snake(noun).to_uppercase();
        format!("    Noun.{upper} -> {noun}Text.of(field)?.edit(id, text)\n")
    });
    format!(
        "
/** The edit that makes this text read so; null if a thing of this kind has no such text. */
public fun TextOfItem.edit(text: String): ProjectEdit? = when (noun) {{
{edit}    else -> null
}}
"
    )
}

/// What is the same for every edit of a document, and how its paths are told of.
pub(super) struct OfEdits {
    names: &'static Names,
    /// The comment of `path`.
    path: &'static str,
    /// The lines of `path` that are of this document alone.
    own: &'static str,
    /// The lines of `written` and `isShort` that are of this document alone.
    words: [&'static str; 2],
}

pub(super) const OF_EDITS: OfEdits = OfEdits {
    names: &PLAN,
    path: "/**
 * Where it writes, as disagreements and [LearningCoreApi.fieldAuthors] name it: `status`, `aim/to`,
 * `measures/{id}/unit`. Null where it puts nothing in the place of something else.
 */",
    own: "        is ProjectEdit.Move -> \"status\"
        is ProjectEdit.Aim -> \"aim/${edit.key}\"
",
    words: [
        "        is ProjectEdit.Title -> title
        is ProjectEdit.Topic -> topic
        is ProjectEdit.Setting -> setting
        is ProjectEdit.Move -> note
        is ProjectEdit.Section -> text
        is ProjectEdit.Aim -> edit.written
",
        "        is ProjectEdit.Title, is ProjectEdit.Topic, is ProjectEdit.Setting -> true
        is ProjectEdit.Aim -> edit.isShort
",
    ],
};

pub(super) const OF_RECORD_EDITS: OfEdits = OfEdits {
    names: &RECORD,
    path: "/**
 * Where it writes, as disagreements name it: `placements/{id}/wte`. Null where it puts nothing in the
 * place of something else.
 */",
    own: "",
    words: ["", ""],
};

impl OfEdits {
    /// The members of the edit, with the edits that replace a field of the document itself.
    pub(super) fn of(
        &self,
        items: &[Item],
        replacing: impl IntoIterator<Item = (&'static str, String)>,
    ) -> String {
        let Self { names: Names { edit, said, .. }, path, own, .. } = self;
        let nouns = lines(items, |Item { noun, .. }| {
            let upper = snake(noun).to_uppercase();
            format!("        is {edit}.{noun} -> Noun.{upper} to id\n")
        });
        let paths = lines(items, |Item { noun, key, .. }| {
            format!("        is {edit}.{noun} -> \"{key}/$id/${{edit.key}}\"\n")
        });
        let replacing = replacing.into_iter();
        let replacing = replacing.map(|(of, key)| format!("        is {edit}.{of} -> \"{key}\"\n"));
        let replacing: String = replacing.collect();
        format!(
            "
/** The thing in a {said} that this is an edit of, by its kind and id; null if it is of no such thing. */
public val {edit}.item: Pair<Noun, ItemId>?
    get() = when (this) {{
        is {edit}.Add -> noun to id
        is {edit}.TakeBack -> noun to id
        is {edit}.PutBack -> noun to id
{nouns}        else -> null
    }}

{path}
public val {edit}.path: String?
    get() = when (this) {{
{replacing}{own}{paths}        else -> null
    }}
"
        ) + &self.words_written(items)
    }

    /// What each edit writes in words, by which a core in memory knows what is too long.
    fn words_written(&self, items: &[Item]) -> String {
        let (Names { edit, .. }, [written, short]) = (self.names, self.words);
        let of_items = |property: &str| {
            lines(items, |Item { noun, .. }| {
                format!("        is {edit}.{noun} -> edit.{property}\n")
            })
        };
        let (of_written, of_short) = (of_items("written"), of_items("isShort"));
        format!(
            "
/** What this writes in words; null if it writes none. */
public val {edit}.written: String?
    get() = when (this) {{
{written}{of_written}        else -> null
    }}

/** Whether what this writes in words stands in lists, and has to be short: a name, a title, a unit. */
public val {edit}.isShort: Boolean
    get() = when (this) {{
{short}{of_short}        else -> false
    }}
"
        )
    }
}

fn lines(items: &[Item], line: impl Fn(&Item) -> String) -> String {
    items.iter().map(line).collect()
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
