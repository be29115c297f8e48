//! A failure as `--json` prints it.

use serde::Serialize;

use super::{Exit, Failure};

/// An error as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct ErrorDocument {
    error: ErrorBody,
}

#[derive(Debug, Serialize)]
struct ErrorBody {
    code: &'static str,
    message: String,
    exit_code: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<String>,
}

impl ErrorDocument {
    /// The document for something wrong with the command line itself.
    pub fn usage(message: String) -> Self {
        let (code, exit_code) = ("invalid_input", Exit::Usage as u8);
        Self { error: ErrorBody { code, message, exit_code, hint: None, candidates: Vec::new() } }
    }
}

impl From<&Failure> for ErrorDocument {
    fn from(failure: &Failure) -> Self {
        let candidates = match failure {
            Failure::Ambiguous { candidates, .. } | Failure::Nobody { candidates, .. } => {
                candidates.clone()
            }
            _ => Vec::new(),
        };
        Self {
            error: ErrorBody {
                code: failure.code(),
                message: failure.said(),
                exit_code: failure.exit() as u8,
                hint: failure.hint(),
                candidates,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use enhance_client::{Errand, Error, Obstacle};

    use super::*;

    #[test]
    fn an_error_in_json_has_a_code_a_message_and_what_to_do() {
        let document = ErrorDocument::from(&Failure::Core(Error::Offline {
            obstacle: Obstacle::NoRoute,
            errand: Errand::Syncing,
            cause: None,
        }));
        let json = serde_json::to_value(&document).unwrap();
        assert_eq!(json["error"]["code"], "offline");
        assert_eq!(json["error"]["exit_code"], 4);
        assert!(json["error"]["message"].is_string() && json["error"]["hint"].is_string());
        assert!(json["error"].get("candidates").is_none());
    }
}
