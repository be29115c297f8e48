//! What a change names of the programme, for a server that knows what was published.

use automerge::ScalarValue;
use enhance_model::{DocumentKind, Tag, field::Shape, programme::Published};

use super::{
    law::{Act, Place},
    project, reflection, scalar,
};

/// What a change names of the programme. What it takes away again is not named.
#[derive(Debug, Default)]
pub struct Named {
    tags: Vec<String>,
    topics: Vec<String>,
    /// What a shared copy was written in, and what it answers.
    template: Option<String>,
    template_version: u64,
    prompts: Vec<String>,
}

impl Named {
    /// Notes what one operation puts at a key of a map, at a place of a document of this kind.
    pub fn note(
        &mut self,
        (kind, is_root): (DocumentKind, bool),
        place: Place,
        key: &str,
        act: &Act,
    ) {
        let Act::Put(value) = act else { return };
        match (kind, place) {
            (_, Place::Values(Shape::Tags)) if *value == ScalarValue::Boolean(true) => {
                self.tags.push(key.to_owned());
            }
            (DocumentKind::ChangeProject, _) if is_root && key == project::TOPIC => {
                self.topics.extend(scalar::string(value));
            }
            (DocumentKind::SharedReflection, Place::Values(Shape::Strings)) => {
                self.prompts.push(key.to_owned());
            }
            (DocumentKind::SharedReflection, _) if is_root && key == reflection::TEMPLATE => {
                self.template = scalar::string(value);
            }
            (DocumentKind::SharedReflection, _)
                if is_root && key == reflection::TEMPLATE_VERSION =>
            {
                self.template_version = scalar::number(value).unwrap_or_default();
            }
            _ => {}
        }
    }

    /// Whether all of it was published once.
    pub fn is_in(&self, published: &Published) -> bool {
        let is_tag = |tag: &String| tag.parse::<Tag>().is_ok_and(|tag| published.has_tag(&tag));
        self.tags.iter().all(is_tag)
            && self.topics.iter().all(|topic| published.has_topic(topic))
            && self.is_asked(published)
    }

    /// Whether a shared copy answers what its template asks. What was begun before any programme
    /// was there is of version 0, and may be of a template that nobody published.
    fn is_asked(&self, published: &Published) -> bool {
        let template = self.template.as_deref().unwrap_or_default();
        if !published.has_template(template) {
            return self.template_version == 0;
        }
        self.prompts.iter().all(|prompt| published.has_prompt(template, prompt))
    }
}
