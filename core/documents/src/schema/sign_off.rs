//! What is asked to be signed, and what was. Both are made by one change and never changed.

use enhance_model::{
    DeviceId, DocumentId, PersonId, Role, Sha256,
    field::{Field, Shape},
    record::Fields,
    sign_off::{
        Certificate, Decision, PublicKey, SignOff, SignOffRequest, Signature, Signer, Subject,
        SubjectKind, SupervisorRole,
    },
};

use super::{
    reader::Reader,
    root::{CREATED_AT, KIND, OWNER, SCHEMA_FIELD},
    scalar::of_moment,
    writer::Writer,
};
use crate::DocumentError;

/// What is declared of a request.
pub const REQUEST_FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.fixed(),
    Field::map("subject", SUBJECT),
    Field::string("title"),
    Field::passage("text"),
    Field::id("asked").optional(),
    Field::passage("message"),
    Field::moment("at"),
];

/// What is declared of a sign-off. It is about the request that it answers, whose readers read it.
pub const FIELDS: &[Field] = &[
    SCHEMA_FIELD,
    KIND,
    OWNER,
    CREATED_AT.fixed(),
    Field::id("about").needed().fixed(),
    Field::id("trainee"),
    Field::string("trainee_name"),
    Field::map("subject", SUBJECT),
    Field::string("text_sha256"),
    Field::word("decision", Decision::WORDS),
    Field::word("role", SupervisorRole::WORDS),
    Field::passage("statement"),
    Field::map("signer", SIGNER),
    Field::moment("at"),
    Field::id("supersedes").optional(),
    Field::map("certificate", CERTIFICATE),
    Field::string("signature"),
];

/// Whom no key is of.
const NOBODY: PersonId = PersonId::from_bytes([0; 16]);

const SUBJECT: &[Field] = &[
    Field::word("kind", SubjectKind::WORDS),
    Field::id("document").optional(),
    Field::string("key"),
    Field::ids("items"),
    Field::string("version"),
];

const SIGNER: &[Field] = &[
    Field::id("person").optional(),
    Field::string("name"),
    Field::passage("witnessed").optional(),
];

const CERTIFICATE: &[Field] = &[
    Field::id("person"),
    Field::string("name"),
    Field::string("role"),
    Field::id("device"),
    Field::string("key"),
    Field::moment("from"),
    Field::string("signature"),
];

/// Writes a request, complete.
pub fn create_request(
    root: &mut Writer<'_, '_>,
    request: &SignOffRequest,
) -> Result<(), DocumentError> {
    let SignOffRequest { subject, title, text, asked, message, at } = request;
    write_subject(root, subject)?;
    root.put("title", title.as_str())?;
    root.put("text", text.as_str())?;
    root.put_or_clear("asked", asked.map(|person| person.to_string()))?;
    root.put("message", message.as_str())?;
    root.put("at", of_moment(*at))
}

/// Writes a sign-off, complete.
pub fn create(root: &mut Writer<'_, '_>, sign_off: &SignOff) -> Result<(), DocumentError> {
    root.put("about", sign_off.request.to_string())?;
    root.put("trainee", sign_off.trainee.to_string())?;
    root.put("trainee_name", sign_off.trainee_name.as_str())?;
    write_subject(root, &sign_off.subject)?;
    root.put("text_sha256", sign_off.text_sha256.to_string())?;
    root.put("decision", sign_off.decision.as_str())?;
    root.put("role", sign_off.role.as_str())?;
    root.put("statement", sign_off.statement.as_str())?;
    let mut signer = root.map("signer")?;
    let Signer { person, name, witnessed } = &sign_off.signer;
    signer.put_or_clear("person", person.map(|person| person.to_string()))?;
    signer.put("name", name.as_str())?;
    signer.put_or_clear("witnessed", witnessed.as_deref())?;
    root.put("at", of_moment(sign_off.at))?;
    root.put_or_clear("supersedes", sign_off.supersedes.map(|id| id.to_string()))?;
    write_certificate(&mut root.map("certificate")?, &sign_off.certificate)?;
    root.put("signature", sign_off.signature.to_string())
}

fn write_subject(root: &mut Writer<'_, '_>, subject: &Subject) -> Result<(), DocumentError> {
    let Subject { kind, document, key, items, version } = subject;
    let mut map = root.map("subject")?;
    map.put("kind", kind.as_str())?;
    map.put_or_clear("document", document.map(|id| id.to_string()))?;
    map.put("key", key.as_str())?;
    map.put("version", version.to_string())?;
    items.iter().try_for_each(|item| map.put_at("items", Shape::Ids, &item.to_string(), true))
}

fn write_certificate(map: &mut Writer<'_, '_>, given: &Certificate) -> Result<(), DocumentError> {
    let Certificate { person, name, role, device, key, from, signature } = given;
    map.put("person", person.to_string())?;
    map.put("name", name.as_str())?;
    map.put("role", role.as_str())?;
    map.put("device", device.to_string())?;
    map.put("key", key.to_string())?;
    map.put("from", of_moment(*from))?;
    map.put("signature", signature.to_string())
}

/// Reads a request as it was made.
pub fn read_request(root: &Reader<'_>) -> SignOffRequest {
    SignOffRequest {
        subject: read_subject(root),
        title: root.string("title"),
        text: root.string("text"),
        asked: root.word("asked"),
        message: root.string("message"),
        at: root.moment("at").unwrap_or_default(),
    }
}

/// Reads a sign-off. What is missing reads as zeros, or as what says least, so that a broken one can
/// be shown: its signature does not fit.
pub fn read(root: &Reader<'_>) -> Result<SignOff, DocumentError> {
    let request: Option<DocumentId> = root.word("about");
    let signer = root.map("signer");
    Ok(SignOff {
        request: request.ok_or(DocumentError::NotADocument { field: "about" })?,
        trainee: root.word("trainee").unwrap_or(NOBODY),
        trainee_name: root.string("trainee_name"),
        subject: read_subject(root),
        text_sha256: root.word("text_sha256").unwrap_or(Sha256::from_bytes([0; 32])),
        decision: root.word("decision").unwrap_or(Decision::Returned),
        role: root.word("role").unwrap_or(SupervisorRole::Partner),
        statement: root.string("statement"),
        signer: Signer {
            person: signer.word("person"),
            name: signer.string("name"),
            witnessed: signer.optional_string("witnessed"),
        },
        at: root.moment("at").unwrap_or_default(),
        supersedes: root.word("supersedes"),
        certificate: read_certificate(&root.map("certificate")),
        signature: root.word("signature").unwrap_or(Signature::from_bytes([0; 64])),
    })
}

fn read_certificate(map: &Reader<'_>) -> Certificate {
    Certificate {
        person: map.word("person").unwrap_or(NOBODY),
        name: map.string("name"),
        role: map.word("role").unwrap_or(Role::Partner),
        device: map.word("device").unwrap_or(DeviceId::from_bytes([0; 16])),
        key: map.word("key").unwrap_or(PublicKey::from_bytes([0; 32])),
        from: map.moment("from").unwrap_or_default(),
        signature: map.word("signature").unwrap_or(Signature::from_bytes([0; 64])),
    }
}

fn read_subject(root: &Reader<'_>) -> Subject {
    let map = root.map("subject");
    Subject {
        kind: map.word("kind").unwrap_or(SubjectKind::Sessions),
        document: map.word("document"),
        key: map.string("key"),
        items: map.ids("items"),
        version: map.word("version").unwrap_or_default(),
    }
}
