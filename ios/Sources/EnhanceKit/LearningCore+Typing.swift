extension LearningCore {
  public nonisolated func typing(
    _ id: DocumentId, field: DraftField, base: Version, pause: Duration?
  ) -> Typing {
    let usual = usualPauses()
    let pauses = TypingPauses(alone: pause ?? usual.alone, together: usual.together)
    let handle = handle
    if let handle { typings.listen(to: handle) }
    let scribe = handle?.typing(id: id, field: field, base: base, pauses: pauses)
    return Typing(scribe, id: id, field: field, among: typings)
  }
}
