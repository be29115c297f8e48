extension LearningCore {
  /// Begins to take in what a person types into a field.
  ///
  /// - Parameters:
  ///   - base: The version whose text the field shows, or on which the draft that it shows was
  ///     typed.
  ///   - pause: How long nothing must be typed before the text becomes part of the document; the
  ///     usual time if none is named.
  public nonisolated func typing(
    _ id: DocumentId, field: DraftField, base: Version, pause: Duration? = nil
  ) -> Typing {
    let usual = usualPauses()
    let pauses = TypingPauses(alone: pause ?? usual.alone, together: usual.together)
    let handle = handle
    if let handle { typings.listen(to: handle) }
    let scribe = handle?.typing(id: id, field: field, base: base, pauses: pauses)
    return Typing(scribe, id: id, field: field, among: typings)
  }
}
