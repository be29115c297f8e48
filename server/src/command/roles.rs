//! Roles as the command line has them.

use enhance_model::{PersonRole, person::NoRole};

use super::error::CommandError;

/// Roles as they were given, each within the organisation it names or else this one.
pub(super) fn roles_of(
    roles: Vec<PersonRole>,
    organisation: Option<&str>,
) -> Result<Vec<PersonRole>, CommandError> {
    let advice = |error: NoRole| CommandError::advice(error.to_string());
    let mut within: Vec<PersonRole> = Vec::new();
    for one in roles {
        let one = match organisation {
            Some(organisation) if one.organisation.is_empty() => {
                PersonRole::within(one.role, organisation).map_err(advice)?
            }
            _ => one,
        };
        if !within.iter().any(|known| known.is_same(&one)) {
            within.push(one);
        }
    }
    if within.len() > PersonRole::MOST {
        let most = PersonRole::MOST;
        return Err(CommandError::advice(format!("a person has at most {most} roles")));
    }
    Ok(within)
}

/// Roles one after the other, as people read them.
pub(super) fn in_words(roles: &[PersonRole]) -> String {
    let roles: Vec<String> = roles.iter().map(PersonRole::to_string).collect();
    roles.join(", ")
}
