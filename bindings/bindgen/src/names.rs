//! How each language writes a name.

/// `ChangeIdea` as documents write it: `change_idea`.
pub fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// `change_idea` or `ChangeIdea` as `changeIdea`.
pub fn camel(name: &str) -> String {
    let snake = snake(name);
    let mut words = snake.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let (initial, rest) = word.split_at(1);
        camel + &initial.to_ascii_uppercase() + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_each_language_writes_them() {
        assert_eq!(snake("ChangeIdea"), "change_idea");
        assert_eq!(camel("ChangeIdea"), "changeIdea");
        assert_eq!(camel("did_at"), "didAt");
    }
}
